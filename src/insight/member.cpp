// When ends may be told.
#include "member.hpp"

#include <algorithm>

namespace ptop::insight {

std::vector<HeldPtr> Telling::take() {
  std::ranges::stable_sort(events_, {}, [](const HeldPtr& held) { return held->event.seq; });
  return std::exchange(events_, {});
}

void settle(Member& member, Telling& telling) {
  member.birth->settled = true;
  if (member.birth->told) telling.add_birth(member.birth);
}

void close(Member& member, Telling& telling) {
  for (Member* at = &member; std::exchange(at->open, false) && at->parent;) {
    at = at->parent.get();
    if (--at->open_children != 0 || !at->over) return;
    settle(*at, telling);
  }
}

}  // namespace ptop::insight
