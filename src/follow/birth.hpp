// What the registers of a parent say about the child it just made.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ptop/decode/memory_reader.hpp"
#include "ptop/trace/stop.hpp"

namespace ptop::follow {

struct BirthCall {
  std::uint64_t flags = 0;                     ///< CLONE_*, without the exit signal
  std::optional<int> exit_signal;              ///< nullopt: a thread has none
  std::optional<std::uint64_t> pidfd_address;  ///< CLONE_PIDFD: where the kernel put the descriptor
  std::vector<Pid> set_tid;                    ///< clone3(2)
  std::optional<int> cgroup_fd;                ///< CLONE_INTO_CGROUP
  bool thread() const;                         ///< CLONE_THREAD
  bool parents_sibling() const;                ///< CLONE_PARENT: the caller's parent becomes the child's
};

/// At a PTRACE_EVENT_FORK, _VFORK or _CLONE stop the registers still hold the call and its arguments.
/// nullopt: not a call this build knows to make children.
std::optional<BirthCall> read_birth_call(const trace::Stopped& parent, decode::MemoryReader& memory);

/// The same from a call number and arguments of the 64-bit or the 32-bit convention.
std::optional<BirthCall> birth_call(const trace::SyscallEnter& call, bool compat,
                                    decode::MemoryReader& memory);

}  // namespace ptop::follow
