// /proc/<pid>/sched and /proc/<pid>/task/<tid>/sched: the scheduler's own account of a task.
#pragma once

#include <cstdint>
#include <string_view>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Source: kernel/sched/debug.c, proc_sched_show_task(). Of one task. Linux 2.6.23, where configured
/// (CONFIG_SCHED_DEBUG).
struct Sched {
  /// se.exec_start: when it last ran, or was given its CPU, by that CPU's scheduler clock, which begins at
  /// about boot and stands still while the CPU is stolen or (where so configured) serves interrupts. 0: it
  /// never ran.
  std::uint64_t last_ran_ns = 0;
};
/// Errors: `malformed` when that line is missing or does not fit.
Result<Sched> parse_sched(std::string_view text);

}  // namespace ptop::procfs
