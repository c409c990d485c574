// Tables of constants: the type. The tables themselves are in flag_tables.hpp.
#pragma once

#include <cstdint>
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

struct Table {
  std::span<const FlagName> rows;
  std::string_view family;  ///< what an unknown value is said to be: "SEEK_???"
};

}  // namespace ptop::decode
