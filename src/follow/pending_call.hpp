// The system call a task is inside of.
#pragma once

#include <cstdint>
#include <optional>

#include "ptop/decode/decoder.hpp"
#include "ptop/trace/stop.hpp"

namespace ptop::follow {

/// Kept per task and reused from call to call; the arena holds the trees of one call at a time.
struct PendingCall {
  decode::Arena arena;
  decode::Call call;
  std::uint64_t entered_ns = 0;
  std::uint64_t system_ns = 0;  ///< of the task, when it entered
  std::optional<std::uint64_t> instruction;
  const decode::SyscallRow* before = nullptr;  ///< the call before this one; nullptr: not known
  bool inside = false;                         ///< between its enter stop and its exit stop
  bool logged = false;                         ///< the filter wants it
};

/// The calling convention by AUDIT_ARCH_* and number. nullopt: a machine this build has no name for.
std::optional<decode::Arch> call_arch(trace::AuditArch arch, SyscallNo nr);

}  // namespace ptop::follow
