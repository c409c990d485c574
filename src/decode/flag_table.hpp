// Tables of constants: the type. The tables themselves are in flag_tables.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>

namespace ptop::decode {

/// One constant. With `mask`, the row names one value of a field of several bits (MAP_SHARED under MAP_TYPE),
/// and a value of 0 counts. Multi-bit values come before their parts.
struct FlagName {
  std::uint64_t value;
  std::string_view name;
  std::uint64_t mask = 0;
};

/// Where the program keeps a row: without a pointer, which the loader would have to write into memory before
/// main(), once for each process and thousands of them.
struct PackedName {
  std::uint64_t value, mask;
  std::uint32_t begin, size;  ///< of the name, in the text of all
};

/// The rows of a table, each made when it is asked for.
class NameRows {
 public:
  class Iterator;
  constexpr NameRows() = default;
  constexpr NameRows(std::span<const PackedName> rows, const char* text) : rows_(rows), text_(text) {}

  constexpr std::size_t size() const { return rows_.size(); }
  constexpr FlagName operator[](std::size_t i) const {
    const PackedName& row = rows_[i];
    return {row.value, {text_ + row.begin, row.size}, row.mask};
  }
  /// The first that has it; "": none.
  constexpr std::string_view name_of(std::uint64_t value) const {
    for (const PackedName& row : rows_) {
      if (row.value == value) return {text_ + row.begin, row.size};
    }
    return {};
  }
  constexpr Iterator begin() const;
  constexpr Iterator end() const;

 private:
  std::span<const PackedName> rows_;
  const char* text_ = nullptr;
};

class NameRows::Iterator {
 public:
  constexpr Iterator(const NameRows& rows, std::size_t at) : rows_(&rows), at_(at) {}
  constexpr FlagName operator*() const { return (*rows_)[at_]; }
  constexpr Iterator& operator++() { return ++at_, *this; }
  friend constexpr bool operator==(Iterator a, Iterator b) { return a.at_ == b.at_; }

 private:
  const NameRows* rows_;
  std::size_t at_;
};
constexpr NameRows::Iterator NameRows::begin() const { return {*this, 0}; }
constexpr NameRows::Iterator NameRows::end() const { return {*this, size()}; }

template <std::size_t rows, std::size_t characters>
struct PackedNames {
  std::array<PackedName, rows> names{};
  std::array<char, characters> text{};
};

template <const auto& rows>
constexpr auto pack_names() {
  constexpr std::size_t characters = [] {
    std::size_t all = 1;  // no array is empty
    for (const FlagName& row : rows) all += row.name.size();
    return all;
  }();
  PackedNames<std::size(rows), characters> packed;
  std::uint32_t used = 0;
  PackedName* to = packed.names.data();
  for (const FlagName& row : rows) {
    *to++ = {row.value, row.mask, used, static_cast<std::uint32_t>(row.name.size())};
    for (const char c : row.name) packed.text[used++] = c;
  }
  return packed;
}
template <const auto& rows>
inline constexpr auto packed_names = pack_names<rows>();

/// `rows`: an array of FlagName.
template <const auto& rows>
constexpr NameRows name_rows() {
  return {packed_names<rows>.names, packed_names<rows>.text.data()};
}

struct Table {
  NameRows rows;
  std::string_view family;  ///< what an unknown value is said to be: "SEEK_???"
};
template <const auto& rows>
constexpr Table table(std::string_view family) {
  return {name_rows<rows>(), family};
}

}  // namespace ptop::decode
