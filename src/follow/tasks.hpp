// The picture of who is who among the followed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "environment.hpp"
#include "pending_call.hpp"
#include "preparation.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::follow {

struct Process {
  ProcessKey key;
  Pid ppid;  ///< 0: unknown
  std::uint32_t depth = 0;
  std::optional<int> exit_signal =
      std::nullopt;               ///< for its parent, when it ends; 0: none. nullopt: not known
  std::vector<Tid> tasks;         ///< not yet waited for
  std::size_t running_tasks = 0;  ///< of those, not yet at their exit stop. 0: it waits for nobody any more
  bool end_unseen =
      false;  ///< a task of it was killed without an exit stop: when it stopped waiting is not known
  /// Faults of its children (cminflt), as far as it is told whom it has waited for; nullopt: not known.
  std::optional<std::uint64_t> waited_faults;
  /// The same of its parent, where that one is not followed: as of its own exit stop.
  std::optional<std::uint64_t> parents_faults = std::nullopt;
  std::vector<Pid> children;        ///< followed; may be dead by now, but empty only if there never was one
  std::uint64_t pid_namespace = 0;  ///< by inode; 0: it is ours, or not known
  EnvironmentPtr environment;       ///< of the program it runs; nullptr: not known
  std::optional<Credentials> credentials;  ///< the same: as that program began
  TraceeAddr start_stack;                  ///< the same; 0: not known
  std::unique_ptr<Execed> untold_exec;     ///< killed at it: what it started is asked at its exit stop
  std::uint64_t born_ns = 0;               ///< event time
  bool born_before = false;                ///< attached to: it lived before the log began
  bool group_stopped = false;
  std::uint32_t group_stops = 0;  ///< so far
  /// Most memory that an earlier program of it had, bytes; nullopt: not known.
  std::optional<std::uint64_t> peak_before = 0;
  Exited exit_facts;  ///< from the exit stop of its last task; how it ended is not among them yet
};

/// From its birth, or the exec of a program that prepares another, to the next exec.
class PreparationWindow {
 public:
  explicit PreparationWindow(std::unique_ptr<Preparation> preparation)
      : preparation_(std::move(preparation)) {}
  Preparation& preparation() { return *preparation_; }
  bool is_followed() const { return !followed_ns_; }
  /// It was let run, and stopped again.
  void ran(std::uint64_t for_ns) { own_ns_ += for_ns; }
  /// It leaves a call, with this error or 0. Whoever tries all numbers there can be, to close them, needs
  /// many calls and, but for us, no time.
  void left_call(int error_number);
  /// Who takes so long, or calls so often, does not prepare an exec.
  bool is_too_long() const;
  void give_up(std::uint64_t now_ns) { followed_ns_ = now_ns - preparation_->born_ns(); }
  /// As long as it was followed, which may be up to now.
  std::uint64_t followed_ns(std::uint64_t now_ns) const {
    return followed_ns_.value_or(now_ns - preparation_->born_ns());
  }

 private:
  std::unique_ptr<Preparation> preparation_;
  std::uint64_t own_ns_ = 0, counted_ns_ = 0;  ///< that it ran, without its stops; up to the last call
  std::optional<std::uint64_t> followed_ns_;   ///< given up
};

struct Task {
  Tid tid;
  Process* process = nullptr;
  std::uint64_t system_ns = 0;   ///< CPU time in the kernel, as of its last stop
  std::uint64_t resumed_ns = 0;  ///< when we last let it run on, since_boot_ns()
  /// Of its last system call; a child begins as its parent.
  decode::Arch convention = decode::machine_arches().front();
  bool leaves = false;                        ///< it is let go at the end of this stop
  bool newborn = false;                       ///< its first stop has not come yet
  bool exiting = false;                       ///< had its exit stop
  std::uint32_t group_stop = 0;               ///< the last that it took part in, of those of its process
  std::unique_ptr<PendingCall> call;          ///< the system call it is in, when calls are logged
  std::unique_ptr<PreparationWindow> window;  ///< when recipes are wanted
  std::optional<std::string> exec_path;       ///< of the execve(2) it is in, when it is seen entering calls
  std::optional<ExecFailed> failed_exec;      ///< not told yet: the next attempt may follow at once

  /// Its calls are followed for its recipe.
  bool is_preparing() const { return window && window->is_followed(); }
};

/// Owns both; addresses stay valid until erased.
class TaskTable {
 public:
  Process& add_process(Process process);
  /// Those of its children that are not its any more are forgotten now and then, but never the last.
  void add_child(Process& parent, Pid child);
  Task& add_task(Process& process, Tid tid);
  Task* find_task(Tid tid);
  Process* find_process(Pid pid);
  void erase_task(Tid tid);     ///< its process stays
  void erase_process(Pid pid);  ///< with its tasks
  bool empty() const { return tasks_.empty(); }
  std::size_t task_count() const { return tasks_.size(); }
  std::vector<Tid> tids() const;
  std::vector<Process*> processes();  ///< by age, the oldest first

 private:
  std::unordered_map<Tid, Task> tasks_;
  std::unordered_map<Pid, Process> processes_;
};

}  // namespace ptop::follow
