// The value of a column: sort, filter, JSON and cell share it.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ptop::model {

/// Bytes chosen by strangers, borrowed from the snapshot; raw, escape at the edge.
struct Bytes {
  std::string_view text;
  friend auto operator<=>(const Bytes&, const Bytes&) = default;
};
/// Words we chose ourselves or text from a trusted table: plain printable ASCII.
using Word = std::string_view;

using ByteList = std::vector<Bytes>;
using WordList = std::vector<Word>;
using NumberList = std::vector<std::int64_t>;

/// monostate: unavailable, Column::unavailable() says why.
using Value = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, Word, Bytes, ByteList,
                           WordList, NumberList>;

/// Less-than for sorting: unavailable sorts last in either direction (the caller reverses only present
/// values).
bool value_less(const Value& a, const Value& b);

}  // namespace ptop::model
