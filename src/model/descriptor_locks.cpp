// Locks as seen from a descriptor: fdinfo says which it holds, /proc/locks who waits.
#include <algorithm>

#include "ptop/model/descriptors.hpp"

namespace ptop::model {
namespace {

bool same_lock(const procfs::FileLock& a, const procfs::FileLock& b) {
  return a.kind == b.kind && a.access == b.access && a.device == b.device && a.inode == b.inode &&
         a.start == b.start && a.end == b.end;
}

bool is_on(const procfs::FileLock& lock, const Descriptor& d) {
  return d.file && lock.inode == d.file->inode && lock.device == d.file->device;
}

void add_pid(DescriptorLock& out, std::optional<Pid> pid) {
  if (pid && std::find(out.pids.begin(), out.pids.end(), *pid) == out.pids.end()) out.pids.push_back(*pid);
}

}  // namespace

/// Where a process waits: at the descriptor it was seen with in the system call, or at any it has of the
/// file.
bool DescriptorEnds::waits_at(Place place, const procfs::FileLock& wanted) const {
  const DescriptorOwner& process = owner(place);
  if (wanted.pid && *wanted.pid != process.key.pid) return false;
  if (!is_on(wanted, at(place))) return false;
  bool seen_elsewhere = false;
  for (const SeenWaiter& seen : snapshot_.waiters) {
    if (seen.key != process.key || seen.kind != wanted.kind) continue;
    if (seen.fd == at(place).fd) return true;
    seen_elsewhere = true;
  }
  return wanted.pid.has_value() && !seen_elsewhere;
}

/// With a pid one of its descriptors is enough; without one everybody seen waiting for such a lock counts.
void DescriptorEnds::add_waiter(DescriptorLock& out, const procfs::FileLock& wanted) const {
  const auto* all = files_of(wanted);
  bool named = false;
  for (std::size_t i = 0; all != nullptr && i < all->size(); ++i) {
    const Place place = (*all)[i];
    if (!waits_at(place, wanted)) continue;
    const bool listed = std::find(out.others.begin(), out.others.end(), place) != out.others.end();
    if (!listed) out.others.push_back(place);
    if (!listed || wanted.pid) {
      named = true;
      break;
    }
  }
  if (named) return;
  add_pid(out, wanted.pid);
  if (!wanted.pid) ++out.nameless;
}

void DescriptorEnds::add_holders(DescriptorLock& out, const procfs::FileLock& held) const {
  if (const auto* all = files_of(held)) {
    for (const Place place : *all) {
      const auto& info = at(place).info;
      const auto holds = [&](const procfs::FileLock& lock) { return same_lock(lock, held); };
      if (info && std::any_of(info->locks.begin(), info->locks.end(), holds)) out.others.push_back(place);
    }
  }
  if (out.others.empty()) add_pid(out, held.pid);
}

const DescriptorEnds::Places* DescriptorEnds::files_of(const procfs::FileLock& lock) const {
  const auto found = files_.find({lock.device, lock.inode});
  return found == files_.end() ? nullptr : &found->second;
}

std::vector<DescriptorLock> DescriptorEnds::locks(Place place) const {
  const Descriptor& d = at(place);
  std::vector<DescriptorLock> found;
  if (d.info) {
    for (const auto& lock : d.info->locks) found.push_back({.lock = lock});
  }
  for (const auto& held : snapshot_.locks) {
    for (DescriptorLock& mine : found) {
      if (mine.waiting || !same_lock(mine.lock, held.lock)) continue;
      for (const auto& waiter : held.waiters) add_waiter(mine, waiter.lock);
    }
    if (!is_on(held.lock, d)) continue;
    for (const auto& waiter : held.waiters) {
      const auto same = [&](const DescriptorLock& other) {
        return other.waiting && same_lock(other.lock, waiter.lock);
      };
      // Of waiters without a name each looks like the next: one descriptor is one of them, not all.
      const bool told = !waiter.lock.pid && std::any_of(found.begin(), found.end(), same);
      if (told || !waits_at(place, waiter.lock)) continue;
      DescriptorLock waiting{.lock = waiter.lock, .waiting = true, .others = {}, .pids = {}, .nameless = 0};
      add_holders(waiting, held.lock);
      found.push_back(std::move(waiting));
    }
  }
  return found;
}

}  // namespace ptop::model
