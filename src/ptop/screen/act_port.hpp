// What the screen does to processes. Tests use a fake one.
#pragma once

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::app {

/// How a process shares the disks: ioprio_set(2).
struct IoPriority {
  enum class Kind : std::uint8_t { none, realtime, best_effort, idle };
  Kind kind = Kind::none;
  int level = 0;  ///< 0 first … 7 last, of realtime and best_effort
};

/// All of them act on that very process: when its pid belongs to another one by now, they fail with `gone`
/// and nothing is done. Errors otherwise: `denied`, and what the call says.
class ActPort {
 public:
  virtual ~ActPort() = default;
  virtual Result<void> send_signal(ProcessKey process, int signal) = 0;
  /// -20…19, for all its threads.
  virtual Result<void> set_nice(ProcessKey process, int nice) = 0;
  virtual Result<void> set_io_priority(ProcessKey process, IoPriority priority) = 0;
  /// The nice value of its autogroup, sched(7), up or down; `unsupported` when the kernel makes no such
  /// groups.
  virtual Result<void> change_autogroup_nice(ProcessKey process, int by) = 0;
};

}  // namespace ptop::app
