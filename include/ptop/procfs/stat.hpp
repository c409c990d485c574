// /proc/<pid>/stat and /proc/<pid>/task/<tid>/stat.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/task_state.hpp"

namespace ptop::procfs {

/// Source: proc_pid_stat(5); (n) is its field number. Under /proc/<pid> times and faults are of the whole
/// thread group, under task/<tid> of that task alone.
struct Stat {
  Tid tid;                   ///< (1)  of the directory: the pid under /proc/<pid>
  std::string comm;          ///< (2)  raw bytes; may hold spaces, newlines and ')'
  TaskState state{};         ///< (3)
  Pid ppid;                  ///< (4)  0: no parent in this pid namespace
  Pid pgid;                  ///< (5)  0: outside the reader's pid namespace; -1: the task is being reaped
  Pid sid;                   ///< (6)  the same
  std::uint32_t tty_nr = 0;  ///< (7)  0: no controlling terminal
  std::int32_t tpgid = -1;   ///< (8)  -1: no controlling terminal
  std::uint32_t flags = 0;   ///< (9)  PF_* of include/linux/sched.h; PF_KTHREAD is 0x00200000
  std::uint64_t minflt = 0, cminflt = 0, majflt = 0, cmajflt = 0;  ///< (10…13)
  Ticks utime, stime;                                              ///< (14, 15)
  Ticks cutime, cstime;                                            ///< (16, 17) of children waited for
  std::int32_t priority = 0, nice = 0;                             ///< (18, 19)
  std::int32_t threads = 0;                                        ///< (20)
  Ticks start;                                                     ///< (22) since boot; half of TaskKey
  std::uint64_t vsize = 0;                                         ///< (23) bytes
  std::uint64_t rss_pages = 0;                                     ///< (24) pages
  TraceeAddr start_stack;  ///< (28) where its stack began at its last exec; 0: not permitted to see it
  /// (33) of the process, signal n at bit n-1; none above 31 is in it
  std::uint32_t ignored_signals = 0;
  std::int32_t exit_signal = 0;   ///< (38)
  std::int32_t processor = 0;     ///< (39)
  std::uint32_t rt_priority = 0;  ///< (40)
  std::uint32_t policy = 0;       ///< (41) SCHED_*
  Ticks blkio_delay;              ///< (42)
  std::int32_t exit_code = 0;     ///< (52) in waitpid(2) form; 0 when not permitted to see it. Linux 3.5

  bool is_kernel_thread() const { return (flags & 0x00200000U) != 0; }
};

/// Errors: `malformed`, with the text that did not fit. Fields after (24) may be missing (old kernels) and
/// stay at their defaults; fields a newer kernel appends are ignored.
Result<Stat> parse_stat(std::string_view text);

}  // namespace ptop::procfs
