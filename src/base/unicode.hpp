// UTF-8 code points one at a time, and what a terminal makes of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ptop::unicode {

/// The code point at the beginning of some bytes, or the maximal invalid part there (Unicode section 3.9):
/// at most 3 bytes that could begin a code point but do not.
struct Decoded {
  char32_t code = 0;
  std::size_t length = 1;
  bool valid = false;
};

/// `bytes` must not be empty.
Decoded decode(std::string_view bytes);

/// Draws nothing, or makes the terminal do something: controls, format characters, separators, noncharacters.
bool is_invisible(char32_t code);

/// Columns on a terminal: 0 for combining marks, 2 for wide characters, else 1. By Unicode alone: wcwidth(3)
/// depends on the locale the program was started in.
std::size_t width(char32_t code);

constexpr bool is_plain_ascii(char c) { return c >= 0x20 && c <= 0x7e; }

}  // namespace ptop::unicode
