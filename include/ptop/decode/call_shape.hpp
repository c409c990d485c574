// What the arguments of a call are, for who has the numbers and no memory to read.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ptop/decode/syscall_table.hpp"

namespace ptop::decode {

struct ArgumentShape {
  std::string_view name;         ///< the kernel's
  std::uint8_t in_register = 0;  ///< 0 to 5
  bool is_descriptor = false;    ///< AT_FDCWD included
  bool is_path = false;
};
std::vector<ArgumentShape> shape_of(const SyscallRow& row);

}  // namespace ptop::decode
