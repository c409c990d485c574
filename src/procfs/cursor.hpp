// Cutting /proc text into lines and words, without copying. For the parsers of this room only.
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/number.hpp"

namespace ptop::procfs {

inline constexpr std::string_view blanks = " \t";

/// Takes the text up to the first `separator`, and the separator, off the front of `rest`; all of it when
/// there is none.
inline std::string_view take_until(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const std::string_view head = rest.substr(0, end);
  rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  return head;
}

inline std::string_view take_line(std::string_view& rest) { return take_until(rest, '\n'); }

/// Takes the next word; empty when only blanks are left.
inline std::string_view take_word(std::string_view& rest) {
  const auto begin = rest.find_first_not_of(blanks);
  if (begin == rest.npos) {
    rest = {};
    return {};
  }
  rest.remove_prefix(begin);
  const auto end = rest.find_first_of(blanks);
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(word.size());
  return word;
}

inline std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// Parses `text` into `out`; false leaves `out` alone.
template <std::integral I>
bool parse_into(I& out, std::string_view text, int base = 10) {
  const auto value = parse_number<I>(text, base);
  if (value) out = *value;
  return value.has_value();
}
template <class Tag, class Rep>
bool parse_into(Id<Tag, Rep>& out, std::string_view text) {
  Rep raw{};
  if (!parse_into(raw, text)) return false;
  out = Id<Tag, Rep>(raw);
  return true;
}
template <class T>
bool parse_into(std::optional<T>& out, std::string_view text, int base = 10) {
  T value{};
  if (!parse_into(value, text, base)) return false;
  out = value;
  return true;
}

/// "1234 kB" as bytes. The kernel's kB are 1024 bytes.
inline std::optional<std::uint64_t> parse_kib(std::string_view text) {
  const auto number = parse_number<std::uint64_t>(take_word(text));
  if (!number || trimmed(text) != "kB" || *number > std::numeric_limits<std::uint64_t>::max() / 1024)
    return {};
  return *number * 1024;
}

inline bool parse_kib_into(std::optional<std::uint64_t>& out, std::string_view text) {
  return (out = parse_kib(text)).has_value();
}

/// Every word of `text` as a number.
template <class I>
bool parse_list(std::vector<I>& out, std::string_view text, int base = 10) {
  out.clear();
  for (auto word = take_word(text); !word.empty(); word = take_word(text)) {
    I value;
    if constexpr (std::integral<I>) {
      if (!parse_into(value, word, base)) return false;
    } else {
      if (!parse_into(value, word)) return false;
    }
    out.push_back(value);
  }
  return true;
}

/// A non-negative decimal such as "1071.50".
inline bool parse_decimal(double& out, std::string_view text) {
  double value = 0;
  const auto [end, ec] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (ec != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value < 0)
    return false;
  out = value;
  return true;
}

}  // namespace ptop::procfs
