// /proc/<pid>/syscall and /proc/<pid>/task/<tid>/syscall.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Source: proc_pid_syscall(5). Needs ptrace access; Linux 2.6.27.
struct SyscallState {
  enum class Where : std::uint8_t {
    running,  ///< on a CPU or about to be: nothing else is known
    outside,  ///< blocked, but not in a system call (a page fault, say): `sp` and `pc` only
    inside,   ///< blocked in `nr`. A kernel thread says so too, with every number 0: it has no user registers
  };
  Where where = Where::running;
  SyscallNo nr{-1};
  std::array<std::uint64_t, 6> args{};
  TraceeAddr sp, pc;
};
Result<SyscallState> parse_syscall(std::string_view text);

}  // namespace ptop::procfs
