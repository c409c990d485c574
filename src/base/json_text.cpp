// Characters of a JSON string that are written as escapes.
#include "ptop/base/json_text.hpp"

#include <cstdint>

#include "unicode.hpp"

namespace ptop {
namespace {

void append_unit(std::string& out, std::uint32_t utf16) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  out += "\\u";
  for (const int shift : {12, 8, 4, 0}) out += digits[utf16 >> shift & 0xf];
}

/// The letter of `\n` and its like; 0: there is none.
constexpr char short_escape(char32_t code) {
  switch (code) {
    case '"':
    case '\\':
      return static_cast<char>(code);
    case '\b':
      return 'b';
    case '\f':
      return 'f';
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    default:
      return 0;
  }
}

void append_code(std::string& out, char32_t code) {
  const auto number = static_cast<std::uint32_t>(code);
  if (number < 0x10000) return append_unit(out, number);
  append_unit(out, 0xd800 + ((number - 0x10000) >> 10));
  append_unit(out, 0xdc00 + ((number - 0x10000) & 0x3ff));
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto next = unicode::decode(text);
    if (const char letter = short_escape(next.code)) {
      out += '\\';
      out += letter;
    } else if (unicode::is_invisible(next.code)) {
      append_code(out, next.code);
    } else {
      out += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
  }
}

}  // namespace ptop
