// The shortest octal escape that the next byte allows, since \1 before the digit 2 would read as \12.
#include "ptop/base/c_notation.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

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

void append_hex(std::string& out, char c) { fmt::format_to(std::back_inserter(out), "\\x{:02x}", number(c)); }

bool makes_a_string_odd(char c) {
  const bool white = c >= '\t' && c <= '\r';
  return !is_printable(c) && !white;
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
    fmt::format_to(std::back_inserter(out), "\\{:0{}o}", number(c), digit_follows ? 3 : 1);
  }
}

}  // namespace

void append_c_bytes(std::string& out, std::string_view bytes, std::string_view special, HexBytes hex) {
  const bool all = hex == HexBytes::always ||
                   (hex == HexBytes::odd_strings && std::ranges::any_of(bytes, makes_a_string_odd));
  for (std::size_t i = 0; i < bytes.size(); ++i)
    all ? append_hex(out, bytes[i]) : append_byte(out, bytes[i], bytes.substr(i + 1, 1), special, hex);
}

}  // namespace ptop
