// Who is bound to the shared processor, and what their own affinities are: in memory that tracer and guard
// share.
#pragma once

#include <sched.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "ptop/base/ids.hpp"

namespace ptop::trace {

/// nullopt: the task is gone, or there are more processors than a cpu_set_t has room for.
std::optional<cpu_set_t> affinity_of(Tid task);

/// Plain memory without constructors or locks: either side may be killed at any point. Entries are written by
/// the tracer only.
class AffinityLedger {
 public:
  static constexpr std::size_t most_tasks = 4096, most_masks = 32;
  using Slot = std::uint32_t;

  /// Sharing begins on this processor.
  void open(int processor);
  /// It ends. True for the one of both sides that ended it.
  bool close() { return sharing_.exchange(false); }
  bool is_open() const { return sharing_.load(); }

  /// Notes the affinity of `task` and binds it: one that has nothing but this processor is noted as well, so
  /// that it is known to be its own choice. nullopt: not to be bound, or no room.
  std::optional<Slot> bind(Tid task);
  /// A child that is bound already, since its parent is.
  std::optional<Slot> add_like(Slot parent, Tid child);
  void rename(Slot slot, Tid task);
  void restore(Slot slot);
  void forget(Slot slot) { entries_[slot].store(0); }

  /// All that are noted get theirs back; the notes stay.
  void restore_all() const;
  /// And their descendants that were born unseen. For the guard, when the tracer is gone.
  void restore_descendants() const;
  void forget_all() { used_.store(0); }

  /// A task that is bound though it is not noted (it was born while its parent's affinity was given back)
  /// gets this one.
  void release(Tid task, const cpu_set_t& own) const;

  void count_stop() { stops_.store(stops_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed); }
  std::uint64_t stops() const { return stops_.load(std::memory_order_relaxed); }

 private:
  std::optional<std::uint32_t> mask_number(const cpu_set_t& mask);
  std::optional<Slot> add(Tid task, std::uint32_t mask);
  bool is_bound(Tid task) const;

  std::atomic<bool> sharing_;
  std::atomic<std::uint64_t> stops_;
  cpu_set_t alone_;                                             ///< the shared processor
  std::array<cpu_set_t, most_masks> masks_;                     ///< never changed once counted
  std::atomic<std::uint32_t> mask_count_, used_;                ///< how far masks_ and entries_ are filled
  std::array<std::atomic<std::uint64_t>, most_tasks> entries_;  ///< tid, and the mask's number above; 0: free
};

}  // namespace ptop::trace
