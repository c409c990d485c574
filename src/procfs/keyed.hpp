// Files of `Key: value` lines whose values are all of one sort, read through a table of keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "cursor.hpp"

namespace ptop::procfs {

template <class T>
struct KeyedField {
  std::string_view key;
  std::optional<std::uint64_t> T::*member;
};

/// The row for `key`, trying `from` first: the kernel keeps its order, so the search nearly always ends at
/// the row after the last one.
template <class T, std::size_t N>
const KeyedField<T>* find_field(const KeyedField<T> (&fields)[N], std::string_view key, std::size_t& from) {
  for (std::size_t tried = 0; tried < N; ++tried) {
    const std::size_t row = (from + tried) % N;
    if (fields[row].key != key) continue;
    from = row + 1;
    return &fields[row];
  }
  return nullptr;
}

/// What became of a keyed text: how many known lines it had, and the line that did not fit, if any.
struct KeyedOutcome {
  std::size_t known = 0;
  std::optional<std::string_view> misfit;
};

/// Fills `out` from the lines of `text`; a key ends at `separator`. Unknown keys are passed over.
template <class T, std::size_t N>
KeyedOutcome parse_keyed(T& out, std::string_view text, char separator, const KeyedField<T> (&fields)[N],
                         bool (*parse_value)(std::optional<std::uint64_t>&, std::string_view)) {
  KeyedOutcome outcome;
  std::size_t next = 0;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view value = take_line(rest);
    const std::string_view line = value;
    const KeyedField<T>* field = find_field(fields, take_until(value, separator), next);
    if (!field) continue;
    if (!parse_value(out.*field->member, trimmed(value))) {
      outcome.misfit = line;
      return outcome;
    }
    ++outcome.known;
  }
  return outcome;
}

inline bool parse_count(std::optional<std::uint64_t>& out, std::string_view text) {
  return parse_into(out, text);
}

}  // namespace ptop::procfs
