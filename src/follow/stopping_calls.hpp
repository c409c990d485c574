// The filter that stops a program at the system calls that are logged.
#pragma once

#include <vector>

#include "ptop/decode/syscall_set.hpp"
#include "ptop/follow/follower.hpp"
#include "ptop/trace/call_filter.hpp"

namespace ptop::follow {

/// Those by which a program could see that it shares a processor with its tracer.
decode::SyscallSet affinity_calls();

/// Sharing a processor with a filter: where files are opened under its eyes anyway, nearly all that tell of
/// the affinity stop already.
bool shares_processor_with_filter(const Options& options);

/// What a filter has to stop at: what is logged, and for sharing what tells of it.
decode::SyscallSet stopping_calls(const Options& options);

/// Empty where there is nothing to gain: no call is logged, or each of them.
std::vector<sock_filter> stopping_filter(const decode::SyscallSet& calls);

}  // namespace ptop::follow
