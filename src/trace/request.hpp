// The one door to ptrace(2).
#pragma once

#include <cstdint>

#include <sys/ptrace.h>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::trace {

/// Makes the request; an error names it and the tid. Value: what ptrace(2) returned.
Result<long> ptrace_request(__ptrace_request request, const char* name, Tid tid, void* address, void* data);

/// ptrace takes small integers where its prototype has pointers.
inline void* as_pointer(std::uintptr_t number) { return reinterpret_cast<void*>(number); }

}  // namespace ptop::trace
