#include "ptop/trace/sharing_policy.hpp"

#include <algorithm>

namespace ptop::trace {

/// Where more tasks are active than there is room for, some of them are not noticed: the others are enough to
/// tell that they are several.
void SharingPolicy::note(Tid tid, Way way) {
  auto place = std::ranges::find(seen_, tid, &Seen::tid);
  if (place == seen_.end()) place = std::ranges::find(seen_, Tid(), &Seen::tid);
  if (place == seen_.end()) place = std::ranges::find(seen_, false, &Seen::this_round);
  if (place == seen_.end()) return;
  *place = {.tid = tid, .computing = way == Way::out_of_call, .this_round = true};
}

void SharingPolicy::ended(Tid tid) {
  const auto place = std::ranges::find(seen_, tid, &Seen::tid);
  if (place != seen_.end()) *place = {};
  if (last_ == tid) last_ = {};
}

void SharingPolicy::begin_round(std::uint64_t now_ns) {
  begin_ns_ = now_ns;
  stops_ = beside_ = 0;
  for (Seen& seen : seen_) seen.this_round = false;
}

bool SharingPolicy::is_beside_others(Tid tid, Way way) const {
  if (way == Way::of_few) return last_ != tid && last_ != Tid();
  return std::ranges::any_of(seen_, [&](const Seen& s) { return s.computing && s.tid != tid; });
}

SharingPolicy::Advice SharingPolicy::stopped(Tid tid, Way way, std::uint64_t now_ns, bool shared) {
  if (begin_ns_ == 0) begin_round(now_ns);
  if (is_beside_others(tid, way)) ++beside_;
  note(tid, way);
  last_ = tid;
  if (++stops_ < round) return Advice::keep;
  const Advice advice = judge((now_ns - begin_ns_) / round, beside_ > round / 4, shared);
  begin_round(now_ns);
  return advice;
}

SharingPolicy::Advice SharingPolicy::judge(std::uint64_t interval_ns, bool side_by_side, bool shared) {
  const bool worth_it = interval_ns < (side_by_side ? busy_ns : slow_ns);
  if (settling_) {
    settling_ = false;
    return Advice::keep;
  }
  if (!shared) {
    if (rest_ > 0) {
      --rest_;
      return Advice::keep;
    }
    settling_ = worth_it;
    return worth_it ? Advice::share : Advice::keep;
  }
  if (worth_it) {
    next_rest_ = std::max(next_rest_ / 2, first_rest);
    return Advice::keep;
  }
  rest_ = next_rest_;
  next_rest_ = std::min(2 * next_rest_, longest_rest);
  return Advice::part;
}

}  // namespace ptop::trace
