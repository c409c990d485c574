// Why a process cannot, or must not, be attached to.
#pragma once

#include <optional>
#include <string>

#include "ptop/base/ids.hpp"

namespace ptop::ptrace_fork {

/// Why nothing can be followed at all. nullopt: it may be tried.
std::optional<std::string> refusal_of_proc();

/// Ourselves, and our ancestors: a stop of theirs would be one of the terminal, the shell or the script that
/// waits for us. `number`: of any thread of it. nullopt: it may be tried.
std::optional<std::string> refusal(Pid number);

/// As follow::why_denied, escaped.
std::string why_denied(Pid number);

/// Who traces ptrace-fork itself, and with that what it starts: "ptrace-fork is traced itself, by 7 strace".
/// nullopt: nobody does.
std::optional<std::string> own_tracer();

}  // namespace ptop::ptrace_fork
