// A process that gives affinities back when the tracer cannot.
#pragma once

#include "affinity_ledger.hpp"
#include "ptop/base/fd.hpp"

namespace ptop::trace {

/// Starts it; it is nobody's child that waits for children, and ends when the last copy of what is returned
/// is closed. A byte written there says that sharing began. Invalid: it could not be started.
Fd start_affinity_guard(AffinityLedger& ledger);

}  // namespace ptop::trace
