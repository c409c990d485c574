// The system call a task is in, by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/decode/syscall_table.hpp"
#include "ptop/procfs/syscall.hpp"

namespace ptop::model {

/// One argument as far as a number tells: what it points to is in another process's memory.
struct SyscallArgument {
  std::string_view name;
  std::uint64_t value = 0;
  bool is_descriptor = false;  ///< of the task that calls
};

/// Whose table the number is of. The kernel prints numbers of the task's own ABI and does not say which that
/// is: the stack of a 32-bit program is below 4 GiB, numbers of x32 have a bit of their own. A 64-bit program
/// in the middle of `int 0x80` cannot be told from others.
decode::Arch syscall_arch(const procfs::SyscallState& state);
/// "read"; "syscall_0x1f4" for a number that is in no table. "" for a task that is in no call.
std::string syscall_name(const procfs::SyscallState& state);
/// Those the call has; all six of one that is in no table. Empty where syscall_name() is.
std::vector<SyscallArgument> syscall_arguments(const procfs::SyscallState& state);
/// The descriptor a call is about: its first argument, where that is one. nullopt: none, or AT_FDCWD.
std::optional<int> syscall_descriptor(const procfs::SyscallState& state);

}  // namespace ptop::model
