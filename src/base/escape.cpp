// Bytes to text that is safe to show, and UTF-8 taken apart for it.
#include "ptop/base/escape.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "unicode.hpp"

namespace ptop {
namespace unicode {
namespace {

/// The Unicode standard's table 3-7: how many bytes a first byte announces, and the range of the second,
/// which alone keeps out overlong forms, surrogates and what lies above U+10FFFF.
struct Lead {
  std::size_t length;
  unsigned char second_first, second_last;
};

constexpr Lead lead_of(unsigned char byte) {
  if (byte < 0xc2) return {1, 0, 0};
  if (byte < 0xe0) return {2, 0x80, 0xbf};
  if (byte == 0xe0) return {3, 0xa0, 0xbf};
  if (byte == 0xed) return {3, 0x80, 0x9f};
  if (byte < 0xf0) return {3, 0x80, 0xbf};
  if (byte == 0xf0) return {4, 0x90, 0xbf};
  if (byte < 0xf4) return {4, 0x80, 0xbf};
  if (byte == 0xf4) return {4, 0x80, 0x8f};
  return {1, 0, 0};
}

}  // namespace

Decoded decode(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const Lead lead = lead_of(first);
  if (lead.length == 1) return {0, 1, false};
  char32_t code = first & (0x7fU >> lead.length);
  for (std::size_t i = 1; i < lead.length; ++i) {
    const unsigned char low = i == 1 ? lead.second_first : 0x80;
    const unsigned char high = i == 1 ? lead.second_last : 0xbf;
    if (i == bytes.size() || byte(i) < low || byte(i) > high) return {0, i, false};
    code = (code << 6) | (byte(i) & 0x3fU);
  }
  return {code, lead.length, true};
}

}  // namespace unicode

namespace {

std::size_t plain_prefix(std::string_view bytes) {
  const auto end = std::find_if_not(bytes.begin(), bytes.end(), unicode::is_plain_ascii);
  return static_cast<std::size_t>(end - bytes.begin());
}

void append_code_escape(std::string& out, char32_t code) {
  const auto number = static_cast<std::uint32_t>(code);
  if (code == '\n') {
    out += "\\n";
  } else if (code == '\t') {
    out += "\\t";
  } else if (code == '\r') {
    out += "\\r";
  } else if (code < 0x80) {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", number);
  } else if (code < 0x10000) {
    // C1 too: \x80 is kept for a byte that is no UTF-8 at all.
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", number);
  } else {
    fmt::format_to(std::back_inserter(out), "\\U{:08x}", number);
  }
}

void append_byte_escapes(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}",
                   static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
}

/// One character, or one invalid part, of `bytes`; returns how many bytes it took.
std::size_t append_character(std::string& out, std::string_view bytes) {
  const auto next = unicode::decode(bytes);
  const auto taken = bytes.substr(0, next.length);
  if (!next.valid) {
    append_byte_escapes(out, taken);
  } else if (unicode::is_invisible(next.code)) {
    append_code_escape(out, next.code);
  } else {
    out += taken;
  }
  return next.length;
}

bool needs_escape(std::string_view bytes) {
  bytes.remove_prefix(plain_prefix(bytes));
  while (!bytes.empty()) {
    const auto next = unicode::decode(bytes);
    if (!next.valid || unicode::is_invisible(next.code)) return true;
    bytes.remove_prefix(next.length);
  }
  return false;
}

/// No shell gives this byte a meaning of its own inside a word.
constexpr bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_@%+=:,./-").find(c) != std::string_view::npos ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// 'it'\''s'
void append_single_quoted(std::string& out, std::string_view word) {
  out += '\'';
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  out += '\'';
}

/// $'a\nb': the quoting in which a shell reads our escapes back to the same bytes.
void append_dollar_quoted(std::string& out, std::string_view word) {
  out += "$'";
  while (!word.empty()) {
    if (word[0] == '\'' || word[0] == '\\') out += '\\';
    word.remove_prefix(append_character(out, word));
  }
  out += '\'';
}

/// `first`: where a shell would take NAME=VALUE for an assignment.
void append_word(std::string& out, std::string_view word, bool first) {
  const bool bare = !word.empty() && std::all_of(word.begin(), word.end(), is_word_byte) &&
                    !(first && word.find('=') != std::string_view::npos);
  if (needs_escape(word)) return append_dollar_quoted(out, word);
  if (!bare) return append_single_quoted(out, word);
  out += word;
}

}  // namespace

void append_escaped(std::string& out, std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t plain = plain_prefix(bytes);
    out += bytes.substr(0, plain);
    bytes.remove_prefix(plain);
    if (!bytes.empty()) bytes.remove_prefix(append_character(out, bytes));
  }
}

std::string escaped(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  append_escaped(out, bytes);
  return out;
}

std::string escaped_command_line(std::string_view words) {
  std::string out;
  for (bool first = true; !words.empty(); first = false) {
    const std::size_t end = std::min(words.find('\0'), words.size());
    if (!first) out += ' ';
    append_word(out, words.substr(0, end), first);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return out;
}

bool is_valid_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto next = unicode::decode(bytes);
    if (!next.valid) return false;
    bytes.remove_prefix(next.length);
  }
  return true;
}

std::string replace_invalid_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const auto next = unicode::decode(bytes);
    out += next.valid ? bytes.substr(0, next.length) : std::string_view("\xef\xbf\xbd");
    bytes.remove_prefix(next.length);
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(3, bytes.size()))) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = (bits << 8) | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      out += i <= bytes.size() ? alphabet[(bits >> (18 - 6 * i)) & 63U] : '=';
    }
  }
  return out;
}

}  // namespace ptop
