// What is behind a tracee's descriptors, for those who want to see it (-y). follow/ asks /proc, tests make it
// up.
#pragma once

#include <cstdint>
#include <string_view>

#include "ptop/decode/decoded.hpp"

namespace ptop::decode {

class DescriptorNames {
 public:
  virtual ~DescriptorNames() = default;
  /// The path, "socket:[123]", "pipe:[4]"… raw, in `arena`. Empty: closed, or not known.
  virtual std::string_view name(std::int32_t fd, Arena& arena) = 0;
  virtual std::string_view working_directory(Arena& arena) = 0;
};

}  // namespace ptop::decode
