// The one part of this room that depends on the machine: another architecture is another .cpp behind it.
#pragma once

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/trace/stop.hpp"

namespace ptop::trace {

extern const AuditArch native_audit_arch;       ///< of a program like ourselves
extern const std::uint32_t first_foreign_call;  ///< numbers from here on belong to another convention

/// Tells the processor that this thread only waits for another one.
void pause_processor();

/// Call number and arguments of the system call a task is inside of. In the 32-bit convention (ebx, ecx…)
/// when the task runs 32-bit code.
Result<SyscallEnter> read_call_registers(Tid tid);

}  // namespace ptop::trace
