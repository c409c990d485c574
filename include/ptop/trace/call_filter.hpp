// A seccomp(2) filter that makes a task stop for its tracer at some system calls, and at no other.
//
// A filter stays for ever and is inherited. Without a tracer the calls that would stop fail with ENOSYS
// instead: who gives a program such a filter stays its tracer to the end (Bond::for_life).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <linux/filter.h>

#include "ptop/base/result.hpp"

namespace ptop::trace {

/// Numbers of the machine's own convention, both ends included.
struct CallRange {
  std::uint32_t first = 0, last = 0;
};

/// `stops`: ascending, and apart from each other. Calls of other conventions (i386, x32) all stop, because
/// their numbers mean something else: who traces tells them apart. Empty when it would be longer than the
/// kernel takes.
std::vector<sock_filter> call_filter(std::span<const CallRange> stops);

/// Whether a program that we start can be given one. Errors: `unsupported` by this kernel, `denied` here.
Result<void> can_filter_calls();

/// For the calling process and what it becomes. Without CAP_SYS_ADMIN it takes no_new_privs along.
/// Async-signal-safe; false, with errno: it could not be.
bool install_call_filter(std::span<const sock_filter> filter);

}  // namespace ptop::trace
