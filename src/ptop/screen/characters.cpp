// UTF-8, one character at a time.
#include "characters.hpp"

#include "ptop/base/escape.hpp"

namespace ptop::app {

void append_character(std::string& out, Key c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  if (c >= 0x10000)
    out += static_cast<char>(0xf0 | c >> 18), out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
  else if (c >= 0x800)
    out += static_cast<char>(0xe0 | c >> 12);
  if (c >= 0x800)
    out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
  else
    out += static_cast<char>(0xc0 | c >> 6);
  out += static_cast<char>(0x80 | (c & 0x3f));
}

void erase_character(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
  if (!text.empty()) text.pop_back();
}

bool printable(Key key) { return key >= 32 && key != 0x7f && key < 0x110000 && !(key >= 0x80 && key < 0xa0); }

std::optional<Key> only_character(std::string_view text) {
  if (text.empty() || !is_valid_utf8(text)) return std::nullopt;
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (text.size() != length || escaped(text) != text || display_width(text) == 0) return std::nullopt;
  Key code = length == 1 ? lead : lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3fU);
  if (!printable(code)) return std::nullopt;
  return code;
}

}  // namespace ptop::app
