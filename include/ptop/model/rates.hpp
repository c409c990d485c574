// Rates: a pure function of two samples and the time between. With one sample there is no rate, not zero.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/model/sample.hpp"

namespace ptop::model {

/// Per cent of one CPU, so a process with two busy threads is at 200.
std::optional<double> cpu_percent(const Sample& before, const Sample& now, double seconds,
                                  std::uint64_t clock_ticks);

/// CPU time over lifetime, the figure ps gives. nullopt for a process not older than one tick.
std::optional<double> lifetime_cpu_percent(const Sample& now, const HostSample& host);

/// Busy share 0…1 of each CPU between two readings, in the order of `now.cpus`, and of all together.
struct CpuUse {
  double all = 0;
  std::vector<double> cpus;
};
std::optional<CpuUse> cpu_use(const procfs::SystemStat& before, const procfs::SystemStat& now);

/// What several scans in a row know beyond the last one. Feed it each snapshot in turn.
class History {
 public:
  void observe(const Snapshot& now) { *this = next(now); }
  /// This and one more scan. Of a process that scan_again() did not ask, all stays as it was.
  History next(const Snapshot& now) const;
  /// CPU per cent between the last two observed scans; nullopt for a task seen once.
  std::optional<double> cpu_percent(TaskKey key) const;
  /// The parent this process had when first seen, if it has another now: it was adopted while we watched.
  std::optional<Pid> former_parent(ProcessKey key) const;
  std::optional<CpuUse> cpu_use() const { return use_; }

 private:
  using Time = std::chrono::steady_clock::time_point;
  /// Of each of tens of thousands.
  struct Known {
    Ticks start;
    std::uint64_t cpu_ticks = 0;
    Tid tid;
    float cpu_percent = -1;  ///< below 0: no rate yet
    Pid first_parent;
    std::uint16_t read_at = 0;  ///< into times_
    bool adopted = false;       ///< its parent is another one than the first
  };
  const Known* find(Tid tid, std::size_t guess) const;
  const Known* find(TaskKey key) const;
  Known known_of(const Sample& task, std::size_t guess, Time now, std::uint64_t clock_ticks) const;
  class Kept;

  std::vector<Known> known_;  // by tid
  std::vector<Time> times_;   // of the scans in which they were read: the last one, then earlier ones
  std::optional<procfs::SystemStat> last_stat_;
  std::optional<CpuUse> use_;
};

}  // namespace ptop::model
