// The shortest octal escape that the next byte allows, since \1 before the digit 2 would read as \12.
#include "ptop/base/c_notation.hpp"

#include <algorithm>
#include <array>

namespace ptop {
namespace {

unsigned number(char c) { return static_cast<unsigned char>(c); }
bool is_printable(char c) { return number(c) >= 0x20 && number(c) < 0x7f; }
bool is_octal_digit(char c) { return c >= '0' && c <= '7'; }

char letter_of(char c) {
  constexpr std::string_view bytes = "\\\f\n\r\t\v", letters = "\\fnrtv";
  const auto at = bytes.find(c);
  return at == bytes.npos ? '\0' : letters[at];
}

void append_hex(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  const char text[] = {'\\', 'x', digits[number(c) >> 4U], digits[number(c) & 0xfU]};
  out.append(text, sizeof text);
}

/// With as few digits as there are, or with three.
void append_octal(std::string& out, char c, bool three) {
  const unsigned n = number(c);
  const char text[] = {'\\', static_cast<char>('0' + (n >> 6U)), static_cast<char>('0' + (n >> 3U & 7U)),
                       static_cast<char>('0' + (n & 7U))};
  const std::size_t left_out = three || n >= 0100 ? 0 : n >= 010 ? 1 : 2;
  out += '\\';
  out.append(text + 1 + left_out, 3 - left_out);
}

bool makes_a_string_odd(char c) {
  const bool white = c >= '\t' && c <= '\r';
  return !is_printable(c) && !white;
}

using Bytes = std::array<bool, 256>;

/// Those that stand for themselves.
constexpr Bytes plain_bytes = [] {
  Bytes plain{};
  for (unsigned c = 0x20; c < 0x7f; ++c) plain[c] = c != '\\';
  return plain;
}();

Bytes plain_without(std::string_view special) {
  Bytes plain = plain_bytes;
  for (const char c : special) plain[number(c)] = false;
  return plain;
}

/// `next`: the byte behind it, or nothing.
void append_byte(std::string& out, char c, std::string_view next, std::string_view special, HexBytes hex) {
  if (const char letter = letter_of(c); letter != '\0') {
    (out += '\\') += letter;
  } else if (c == '"' && special.find(c) != special.npos) {
    out += "\\\"";
  } else if (is_printable(c) && special.find(c) == special.npos) {
    out += c;
  } else if (hex == HexBytes::odd_bytes) {
    append_hex(out, c);
  } else {
    const bool digit_follows = !next.empty() && is_octal_digit(next.front());
    append_octal(out, c, digit_follows);
  }
}

}  // namespace

void append_c_bytes(std::string& out, std::string_view bytes, std::string_view special, HexBytes hex) {
  const bool all = hex == HexBytes::always ||
                   (hex == HexBytes::odd_strings && std::ranges::any_of(bytes, makes_a_string_odd));
  if (all) {
    for (const char c : bytes) append_hex(out, c);
    return;
  }
  const Bytes plain = plain_without(special);
  for (std::size_t i = 0, shown = 0; i <= bytes.size(); ++i) {
    if (i < bytes.size() && plain[number(bytes[i])]) continue;
    out.append(bytes.data() + shown, i - shown);
    if (i < bytes.size()) append_byte(out, bytes[i], bytes.substr(i + 1, 1), special, hex);
    shown = i + 1;
  }
}

}  // namespace ptop
