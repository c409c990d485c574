// Why a process cannot, or must not, be attached to.
#pragma once

#include <optional>
#include <string>

#include "ptop/base/ids.hpp"

namespace ptop::ptrace_fork {

/// Ourselves, and our ancestors: a stop of theirs would be one of the terminal, the shell or the script that
/// waits for us. `number`: of any thread of it. nullopt: it may be tried.
std::optional<std::string> refusal(Pid number);

/// What the kernel's EPERM means for this process: who traces it, or that it is a kernel thread, a zombie or
/// another user's.
std::string why_denied(Pid pid);

/// Who traces ptrace-fork itself, and with that what it starts: "ptrace-fork is traced itself, by 7 strace".
/// nullopt: nobody does.
std::optional<std::string> own_tracer();

}  // namespace ptop::ptrace_fork
