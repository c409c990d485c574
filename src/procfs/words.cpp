// Octal escapes back to bytes.
#include "words.hpp"

namespace ptop::procfs {
namespace {

bool is_octal(char c) { return c >= '0' && c <= '7'; }

/// The byte that `\ooo` at the front of `text` stands for.
std::optional<char> escaped_byte(std::string_view text) {
  if (text.size() < 4 || text[0] != '\\') return std::nullopt;
  if (text[1] > '3' || !is_octal(text[1]) || !is_octal(text[2]) || !is_octal(text[3])) return std::nullopt;
  return static_cast<char>((text[1] - '0') * 64 + (text[2] - '0') * 8 + (text[3] - '0'));
}

}  // namespace

std::string unescape_octal(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const auto byte = escaped_byte(text);
    plain.push_back(byte.value_or(text.front()));
    text.remove_prefix(byte ? 4 : 1);
  }
  return plain;
}

std::string unescape_newlines(std::string_view text) {
  constexpr std::string_view escape = "\\012";
  std::string plain(text);
  for (auto at = plain.find(escape); at != plain.npos; at = plain.find(escape, at + 1)) {
    plain.replace(at, escape.size(), 1, '\n');
  }
  return plain;
}

}  // namespace ptop::procfs
