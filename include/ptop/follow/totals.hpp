// What the last line of a log counts.
#pragma once

#include "ptop/follow/event.hpp"

namespace ptop::follow {

/// Adds an event to the numbers of processes, execs and exits, and what was lost to that. Not to `events`.
/// Threads are not counted.
void count(Trailer& totals, const Event& event);

}  // namespace ptop::follow
