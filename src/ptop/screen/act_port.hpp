// What the screen does to processes. Tests use a fake one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "ptop/base/cpu_set.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::app {

/// How a process shares the disks: ioprio_set(2).
struct IoPriority {
  enum class Kind : std::uint8_t { none, realtime, best_effort, idle };
  Kind kind = Kind::none;
  int level = 0;  ///< 0 first … 7 last, of realtime and best_effort
};

/// Where a process may run.
struct CpuUse {
  CpuSet online;
  std::optional<CpuSet> cpuset;  ///< those that its control group gives it, cpuset(7); nullopt: not known
  CpuSet of_all, of_any;         ///< that all of its threads may use; that one of them may, at least
};

struct OomState {
  int score = 0;       ///< whose is highest is killed first
  int adjustment = 0;  ///< -1000: never, …1000
};

/// What a process does with signals: bit 0 is signal 1.
struct SignalUse {
  std::uint64_t caught = 0, ignored = 0;
  std::uint64_t blocked = 0;  ///< by all of its threads
};

/// A thread of a process.
struct ThreadKey {
  ProcessKey process;
  TaskKey task;
};

/// A process that is held by a pidfd: nobody else is meant, whoever has its pid later.
class HeldProcess {
 public:
  virtual ~HeldProcess() = default;
  virtual ProcessKey key() const = 0;
  virtual Result<void> send(int signal) = 0;
  /// Those that it has at this moment, zombies among them. Errors: `gone`; `unsupported` when the kernel
  /// lists no children (CONFIG_PROC_CHILDREN).
  virtual Result<std::vector<std::unique_ptr<HeldProcess>>> children() = 0;
};

/// Who is born on the whole machine, from when it was made on.
class BirthWatch {
 public:
  struct Birth {
    Pid parent, child;
  };
  virtual ~BirthWatch() = default;
  /// Those since the last call, as they came. Never blocks.
  virtual std::vector<Birth> take() = 0;
  /// Some are missing.
  virtual bool overrun() const = 0;
  /// Who has that pid now, unless it is older than this. nullptr: nobody.
  virtual std::unique_ptr<HeldProcess> hold(Pid pid) = 0;
};

/// All of them act on that very process: when its pid belongs to another one by now, they fail with `gone`
/// and nothing is done. Errors otherwise: `denied`, and what the call says.
class ActPort {
 public:
  virtual ~ActPort() = default;
  virtual Result<void> send_signal(ProcessKey process, int signal) = 0;
  /// It may not outlive this.
  virtual Result<std::unique_ptr<HeldProcess>> hold(ProcessKey process) = 0;
  /// nullptr: nobody tells us. It may not outlive this.
  virtual std::unique_ptr<BirthWatch> watch_births() = 0;
  /// -20…19, for all its threads.
  virtual Result<void> set_nice(ProcessKey process, int nice) = 0;
  virtual Result<void> set_io_priority(ProcessKey process, IoPriority priority) = 0;
  /// For that thread alone.
  virtual Result<void> set_thread_nice(ThreadKey thread, int nice) = 0;
  virtual Result<void> set_thread_io_priority(ThreadKey thread, IoPriority priority) = 0;
  /// The nice value of its autogroup, sched(7), up or down; `unsupported` when the kernel makes no such
  /// groups.
  virtual Result<void> change_autogroup_nice(ProcessKey process, int by) = 0;

  virtual Result<CpuUse> cpu_use(ProcessKey process) = 0;
  /// All threads get `chosen`, and of `kept` those that each of them has. `unsupported`: the kernel has bound
  /// it, or its cpuset has none of them.
  virtual Result<void> set_cpus(ProcessKey process, const CpuSet& chosen, const CpuSet& kept) = 0;
  /// Of that thread alone.
  virtual Result<CpuUse> thread_cpu_use(ThreadKey thread) = 0;
  virtual Result<void> set_thread_cpus(ThreadKey thread, const CpuSet& chosen, const CpuSet& kept) = 0;

  virtual Result<OomState> oom_state(ProcessKey process) = 0;
  /// -1000…1000.
  virtual Result<void> set_oom_adjustment(ProcessKey process, int adjustment) = 0;

  virtual Result<SignalUse> signal_use(ProcessKey process) = 0;
};

}  // namespace ptop::app
