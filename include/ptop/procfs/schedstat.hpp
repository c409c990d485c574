// /proc/<pid>/schedstat and /proc/<pid>/task/<tid>/schedstat.
#pragma once

#include <cstdint>
#include <string_view>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Source: Documentation/scheduler/sched-stats.rst. Of one task: under /proc/<pid> that of the leader alone.
/// All zero when the kernel was told not to keep it. Linux 2.6.9.
struct Schedstat {
  std::uint64_t run_ns = 0;      ///< time on a CPU
  std::uint64_t wait_ns = 0;     ///< time on a run queue, waiting for a CPU
  std::uint64_t timeslices = 0;  ///< times it was given a CPU
};
Result<Schedstat> parse_schedstat(std::string_view text);

}  // namespace ptop::procfs
