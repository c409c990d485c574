// The system call a task is in, by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/procfs/syscall.hpp"

namespace ptop::model {

/// One argument as far as a number tells: what it points to is in another process's memory.
struct SyscallArgument {
  std::string_view name;
  std::uint64_t value = 0;
  bool is_descriptor = false;  ///< of the task that calls
};

/// "read", of the x86-64 table; "syscall_0x1f4" for a number that is in none. "" for a task that is in no
/// call, and for one of another ABI (a 32-bit program: its stack lies below 4 GiB), whose numbers mean other
/// calls.
std::string syscall_name(const procfs::SyscallState& state);
/// Those the call has; all six of one that is in no table. Empty where syscall_name() is.
std::vector<SyscallArgument> syscall_arguments(const procfs::SyscallState& state);
/// The descriptor a call is about: its first argument, where that is one. nullopt: none, or AT_FDCWD.
std::optional<int> syscall_descriptor(const procfs::SyscallState& state);

}  // namespace ptop::model
