// The one part of this room that depends on the machine: another architecture is another .cpp behind it.
#pragma once

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/trace/stop.hpp"

namespace ptop::trace {

/// Call number and arguments of the system call a task is inside of. In the 32-bit convention (ebx, ecx…)
/// when the task runs 32-bit code.
Result<SyscallEnter> read_call_registers(Tid tid);

}  // namespace ptop::trace
