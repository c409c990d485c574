// Which events count.
#include "ptop/follow/totals.hpp"

namespace ptop::follow {

void count(Trailer& totals, const Event& event) {
  const What& what = event.what;
  if (const auto* forked = std::get_if<Forked>(&what))
    totals.processes += forked->thread ? 0 : 1;
  else if (std::holds_alternative<Attached>(what))
    totals.processes += event.task.tid == leader_of(event.pid) ? 1 : 0;
  else if (std::holds_alternative<Execed>(what))
    ++totals.execs;
  else if (const auto* exited = std::get_if<Exited>(&what))
    totals.exits += exited->thread ? 0 : 1;
  else if (const auto* lost = std::get_if<Lost>(&what))
    totals.lost += lost->count;
}

}  // namespace ptop::follow
