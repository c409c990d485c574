// Numbers to text, for lines of which there are millions: no format string is looked at.
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace ptop {

/// In `base` 2 to 36, without a prefix; `-` before what is negative.
template <std::integral I>
void append_digits(std::string& out, I value, int base = 10) {
  char digits[66];  // 64 bits and a sign
  const auto end = std::to_chars(digits, digits + sizeof digits, value, base).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
}

/// 0x1f
inline void append_hex_number(std::string& out, std::uint64_t value) {
  out.append("0x", 2);
  append_digits(out, value, 16);
}

}  // namespace ptop
