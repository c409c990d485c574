// Rounds of tries, and the pauses after those that were in vain.
#include "ptop/trace/eager_wait.hpp"

#include <algorithm>

#include <sched.h>

namespace ptop::trace {
namespace {

bool may_use_several_processors() {
  cpu_set_t mine;
  CPU_ZERO(&mine);
  return ::sched_getaffinity(0, sizeof mine, &mine) == 0 && CPU_COUNT(&mine) > 1;
}

}  // namespace

EagerWait::EagerWait() : EagerWait(may_use_several_processors()) {}

void EagerWait::settle(bool in_vain) {
  tries_ = missed_ = 0;
  if (!in_vain) {
    next_sleeps_ = first_sleeps;
    return;
  }
  sleeps_left_ = next_sleeps_;
  next_sleeps_ = std::min(2 * next_sleeps_, most_sleeps);
}

}  // namespace ptop::trace
