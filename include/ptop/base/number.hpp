// Text to numbers, strictly.
#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string_view>

namespace ptop {

/// The whole of `text` as an integer. Empty text, overflow and trailing junk are all nullopt.
template <std::integral I>
std::optional<I> parse_number(std::string_view text, int base = 10) {
  I value{};
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The same of a decimal fraction: "1.5", "10".
template <std::floating_point F>
std::optional<F> parse_number(std::string_view text) {
  F value{};
  const auto [end, ec] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace ptop
