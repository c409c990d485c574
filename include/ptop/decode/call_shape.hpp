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
  std::string_view kind;    ///< what it is decoded as, in a word: "path", "flags", "structure"…
  std::string_view family;  ///< of flags and constants: "O_???"; else empty
};
std::vector<ArgumentShape> shape_of(const SyscallRow& row);

/// How much of a call is shown. by_type: some argument points to data that is not; hex: numbers only.
enum class Depth : std::uint8_t { full, by_type, hex };
std::string_view depth_name(Depth depth);  ///< "full", "by type", "hex only"
Depth depth_of(const SyscallRow& row);
std::string_view return_kind_name(const SyscallRow& row);  ///< "fd", "pid", "address", "decoded"…

}  // namespace ptop::decode
