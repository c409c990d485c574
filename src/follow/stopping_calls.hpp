// The filter that stops a program at the system calls that are logged.
#pragma once

#include <vector>

#include "ptop/decode/syscall_set.hpp"
#include "ptop/trace/call_filter.hpp"

namespace ptop::follow {

/// Empty where there is nothing to gain: no call is logged, or each of them.
std::vector<sock_filter> stopping_filter(const decode::SyscallSet& calls);

}  // namespace ptop::follow
