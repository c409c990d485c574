#include "affinity_ledger.hpp"

#include <fmt/format.h>

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <unordered_set>
#include <vector>

#include "ptop/base/number.hpp"

namespace ptop::trace {
namespace {

constexpr std::uint64_t entry_of(Tid task, std::uint32_t mask) {
  return std::uint64_t{mask} << 32 | static_cast<std::uint32_t>(task.raw());
}
constexpr Tid task_of(std::uint64_t entry) { return Tid(static_cast<std::int32_t>(entry & 0xffffffff)); }
constexpr std::uint32_t mask_of(std::uint64_t entry) { return static_cast<std::uint32_t>(entry >> 32); }

/// The kernel remembers an affinity that was asked for (user_cpus_ptr): a task that had all processors of its
/// control group would not get those that are added to the group later. Asking for all that may ever be there
/// leaves it as it was.
void give(Tid task, const cpu_set_t& own) {
  cpu_set_t all;
  std::fill_n(reinterpret_cast<unsigned char*>(&all), sizeof all, static_cast<unsigned char>(0xff));
  if (CPU_COUNT(&own) == ::sysconf(_SC_NPROCESSORS_ONLN) &&
      ::sched_setaffinity(task.raw(), sizeof all, &all) == 0)
    return;
  ::sched_setaffinity(task.raw(), sizeof own, &own);
}

/// Who may have the affinity of `task` because it was born of it: its children (CONFIG_PROC_CHILDREN; without
/// it none are found) and the threads beside it.
std::vector<Tid> relatives_of(Tid task) {
  std::vector<Tid> found;
  const std::string folder = fmt::format("/proc/{}/task", task.raw());
  const std::string path = fmt::format("{}/{}/children", folder, task.raw());
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "re"), std::fclose);
  int pid = 0;
  while (file && std::fscanf(file.get(), "%d", &pid) == 1) found.emplace_back(pid);
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator(folder, gone)) {
    if (const auto tid = parse_number<std::int32_t>(entry.path().filename().native()))
      found.emplace_back(*tid);
  }
  return found;
}

}  // namespace

std::optional<cpu_set_t> affinity_of(Tid task) {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (::sched_getaffinity(task.raw(), sizeof mask, &mask) != 0) return std::nullopt;
  return mask;
}

void AffinityLedger::open(int processor) {
  CPU_ZERO(&alone_);
  CPU_SET(static_cast<std::size_t>(processor), &alone_);
  sharing_.store(true);
}

bool AffinityLedger::is_bound(Tid task) const {
  const auto now = affinity_of(task);
  return now && CPU_EQUAL(&*now, &alone_);
}

std::optional<std::uint32_t> AffinityLedger::mask_number(const cpu_set_t& mask) {
  const std::uint32_t count = mask_count_.load();
  for (std::uint32_t n = 0; n < count; ++n) {
    if (CPU_EQUAL(&masks_[n], &mask)) return n;
  }
  if (count == most_masks) return std::nullopt;
  masks_[count] = mask;
  mask_count_.store(count + 1);
  return count;
}

std::optional<AffinityLedger::Slot> AffinityLedger::add(Tid task, std::uint32_t mask) {
  const std::uint32_t used = used_.load();
  Slot slot = used;
  for (Slot free = 0; free < used && slot == used; ++free) {
    if (entries_[free].load() == 0) slot = free;
  }
  if (slot == most_tasks) return std::nullopt;
  entries_[slot].store(entry_of(task, mask));
  if (slot == used) used_.store(used + 1);
  return slot;
}

std::optional<AffinityLedger::Slot> AffinityLedger::bind(Tid task) {
  const auto own = affinity_of(task);
  if (!own) return std::nullopt;
  cpu_set_t common;
  CPU_AND(&common, &*own, &alone_);
  if (CPU_COUNT(&common) == 0) return std::nullopt;
  const auto mask = mask_number(*own);
  if (!mask) return std::nullopt;
  const auto slot = add(task, *mask);  // before it is bound: we may be killed in between
  if (!slot) return std::nullopt;
  if (::sched_setaffinity(task.raw(), sizeof alone_, &alone_) == 0) return slot;
  forget(*slot);
  return std::nullopt;
}

std::optional<AffinityLedger::Slot> AffinityLedger::add_like(Slot parent, Tid child) {
  return add(child, mask_of(entries_[parent].load()));
}

void AffinityLedger::rename(Slot slot, Tid task) {
  entries_[slot].store(entry_of(task, mask_of(entries_[slot].load())));
}

void AffinityLedger::release(Tid task, const cpu_set_t& own) const {
  if (is_bound(task) && !CPU_EQUAL(&own, &alone_)) give(task, own);
}

void AffinityLedger::restore(Slot slot) {
  const std::uint64_t entry = entries_[slot].load();
  release(task_of(entry), masks_[mask_of(entry)]);
  forget(slot);
}

void AffinityLedger::restore_all() const {
  const std::uint32_t used = used_.load();
  for (Slot slot = 0; slot < used; ++slot) {
    if (const std::uint64_t entry = entries_[slot].load(); entry != 0)
      release(task_of(entry), masks_[mask_of(entry)]);
  }
}

void AffinityLedger::restore_descendants() const {
  const std::uint32_t used = used_.load();
  std::unordered_set<Tid> noted;
  for (Slot slot = 0; slot < used; ++slot) noted.insert(task_of(entries_[slot].load()));
  for (Slot slot = 0; slot < used; ++slot) {
    const std::uint64_t entry = entries_[slot].load();
    if (entry == 0) continue;
    for (std::vector<Tid> todo = relatives_of(task_of(entry)); !todo.empty();) {
      const Tid child = todo.back();
      todo.pop_back();
      if (noted.contains(child) || !is_bound(child)) continue;
      release(child, masks_[mask_of(entry)]);
      for (const Tid next : relatives_of(child)) todo.push_back(next);
    }
  }
}

}  // namespace ptop::trace
