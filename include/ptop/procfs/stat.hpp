// /proc/<pid>/stat and /proc/<pid>/task/<tid>/stat.
#pragma once

#include <cstdint>
#include <string_view>

#include "ptop/base/comm.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/base/shared.hpp"
#include "ptop/procfs/task_state.hpp"

namespace ptop::procfs {

/// What the children that a process waited for used: (n) is the field number of proc_pid_stat(5).
struct WaitedForUse {
  std::uint64_t minflt = 0, majflt = 0;  ///< (11, 13)
  Ticks utime, stime;                    ///< (16, 17)

  friend bool operator==(const WaitedForUse&, const WaitedForUse&) = default;
};

/// Source: proc_pid_stat(5); (n) is its field number. Under /proc/<pid> times and faults are of the whole
/// thread group, under task/<tid> of that task alone.
struct Stat {
  Tid tid;                   ///< (1)  of the directory: the pid under /proc/<pid>
  Comm comm;                 ///< (2)  raw bytes; may hold spaces, newlines and ')'
  TaskState state{};         ///< (3)
  Pid ppid;                  ///< (4)  0: no parent in this pid namespace
  Pid pgid;                  ///< (5)  0: outside the reader's pid namespace; -1: the task is being reaped
  Pid sid;                   ///< (6)  the same
  std::uint32_t tty_nr = 0;  ///< (7)  0: no controlling terminal
  std::int32_t tpgid = -1;   ///< (8)  -1: no controlling terminal
  std::uint32_t flags = 0;   ///< (9)  PF_* of include/linux/sched.h; PF_KTHREAD is 0x00200000
  std::uint64_t minflt = 0, majflt = 0;  ///< (10, 12)
  Ticks utime, stime;                    ///< (14, 15)
  Shared<WaitedForUse> waited_for;       ///< nothing: all of it is 0
  std::int32_t threads = 0;              ///< (20)
  std::int16_t priority = 0;             ///< (18)
  std::int8_t nice = 0;                  ///< (19)
  std::uint8_t rt_priority = 0;          ///< (40)
  Ticks start;                           ///< (22) since boot; half of TaskKey
  std::uint64_t vsize = 0;               ///< (23) bytes
  std::uint64_t rss_pages = 0;           ///< (24) pages
  TraceeAddr start_stack;  ///< (28) where its stack began at its last exec; 0: not permitted to see it
  /// (33) of the process, signal n at bit n-1; none above 31 is in it
  std::uint32_t ignored_signals = 0;
  std::int32_t processor = 0;    ///< (39)
  Ticks blkio_delay;             ///< (42)
  std::int32_t exit_code = 0;    ///< (52) in waitpid(2) form; 0 when not permitted to see it. Linux 3.5
  std::int16_t exit_signal = 0;  ///< (38)
  std::uint16_t policy = 0;      ///< (41) SCHED_*

  bool is_kernel_thread() const { return (flags & 0x00200000U) != 0; }
};

/// Errors: `malformed`, with the text that did not fit. Fields after (24) may be missing (old kernels) and
/// stay at their defaults; fields a newer kernel appends are ignored.
Result<Stat> parse_stat(std::string_view text);

}  // namespace ptop::procfs
