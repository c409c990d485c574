// The command line in strace's dialect: `ptrace-fork --strace …`, or a link to ptrace-fork called strace.
#pragma once

#include <optional>

#include "options.hpp"

namespace ptop::ptrace_fork {

bool asks_for_strace(int argc, char** argv);

/// As parse_options. Options of strace(1) that are not there yet are said to be missing: exit status 2.
std::optional<int> parse_strace_options(int argc, char** argv, Options& options);

}  // namespace ptop::ptrace_fork
