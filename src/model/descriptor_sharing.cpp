// Who has the same open file description: kcmp(2), asked as few times as an order allows.
#include <linux/kcmp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <numeric>

#include "ptop/model/descriptors.hpp"

namespace ptop::model {
namespace {

/// 0: the same; 1, 2: before, after, in an order that means nothing and lasts; negative: not allowed, or
/// gone.
long compare_files(const DescriptorOwner& a, const Descriptor& da, const DescriptorOwner& b,
                   const Descriptor& db) {
  return ::syscall(SYS_kcmp, a.key.pid.raw(), b.key.pid.raw(), KCMP_FILE, static_cast<unsigned long>(da.fd),
                   static_cast<unsigned long>(db.fd));
}

}  // namespace

/// One group for each open file among places with one target. A process may die between two comparisons,
/// which then contradict each other: the search below stays within its bounds whatever it is told, as
/// std::sort would not.
void DescriptorEnds::group_open_files(const Places& candidates, Sharing& sharing) const {
  std::vector<Places> groups;
  const auto compare = [&](Place a, Place b) { return compare_files(owner(a), at(a), owner(b), at(b)); };
  for (const Place place : candidates) {
    if (compare(place, place) != 0) continue;
    std::size_t low = 0, high = groups.size();
    bool found = false;
    while (low < high && !found) {
      const std::size_t middle = std::midpoint(low, high);
      const long order = compare(place, groups[middle].front());
      if (order == 0) {
        groups[middle].push_back(place);
        found = true;
      } else if (order == 1) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (!found) groups.insert(groups.begin() + static_cast<std::ptrdiff_t>(low), Places{place});
  }
  for (auto& group : groups) {
    for (const Place place : group) sharing.group[place] = sharing.groups.size();
    sharing.groups.push_back(std::move(group));
  }
}

std::optional<PlaceList> DescriptorEnds::same_open_file(Place place) const {
  const Descriptor& d = at(place);
  if (d.as != HeldAs::fd) return std::nullopt;
  if (d.type == DescriptorType::socket && d.link.inode) {  // a socket has one open file, ever
    const Places* all = holders_of_socket(*d.link.inode);
    return all != nullptr ? PlaceList(*all, place) : PlaceList();
  }
  if (!snapshot_.same_pids) return std::nullopt;
  const auto candidates = by_target_.find(d.link.target);
  if (candidates == by_target_.end()) return std::nullopt;
  if (sharing_.seen.insert(candidates->first).second) group_open_files(candidates->second, sharing_);
  const auto group = sharing_.group.find(place);
  if (group == sharing_.group.end()) return std::nullopt;
  return PlaceList(sharing_.groups[group->second], place);
}

}  // namespace ptop::model
