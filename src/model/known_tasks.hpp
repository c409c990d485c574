// Who can be taken over from the scan before. For the scan only.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "ptop/model/scan_again.hpp"

namespace ptop::model {

/// One of whom the last scan knows all that is wanted.
struct KnownTask {
  SampleList::Pointer sample;
  Snapshot::Look look;
};

class KnownTasks {
 public:
  /// Nobody.
  KnownTasks() = default;
  KnownTasks(LastScan last, const ScanOptions& options);

  /// `wanted`: what is to be known of it. nullopt: it is new, or all has to be asked anew. `guess`: where it
  /// probably is in the list.
  std::optional<KnownTask> find(Pid pid, std::size_t guess, Sources wanted, bool shown) const;
  /// For how long one that was asked anew has done nothing.
  Snapshot::Look look_of(const Sample& process, std::size_t guess) const;
  /// As find(), of one of its threads; none: all has to be asked anew.
  SampleList::Pointer find_thread(Pid pid, Tid tid, Sources wanted, bool shown) const;
  /// All threads it had.
  std::vector<SampleList::Pointer> threads_of(Pid pid) const;
  /// Whether this scan leaves it alone.
  bool rests(Pid pid, const KnownTask& known, bool shown) const;

 private:
  std::optional<ProcessIndex> index_of(Pid pid, std::size_t guess) const;
  bool is_due(std::int32_t number, bool shown) const;

  LastScan last_;
};

/// Whether all of them can be taken over from a process that did nothing.
bool can_be_kept(Sources sources);

/// The sample with a new stat, as far as it is known to hold still without asking; nullopt: ask.
std::optional<Sample> carried_on(const Sample& before, const procfs::Stat& now, Sources wanted);

}  // namespace ptop::model
