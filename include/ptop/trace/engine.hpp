// Seizes tasks and waits for what happens to them. Keeps no picture of who is who: that is follow's work.
// ptrace belongs to a thread: one thread owns an Engine and all that it hands out.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include <sys/resource.h>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/trace/eager_wait.hpp"
#include "ptop/trace/stop.hpp"
#include "ptop/trace/wait_status.hpp"

namespace ptop::trace {

struct StopReport {
  Stopped task;
  Stop stop;
};
struct EndReport {
  Tid tid;
  std::variant<TaskExited, TaskKilled> how;
  int status = 0;  ///< as wait4(2) gave it
  rusage usage{};  ///< the same; of the whole process, with its waited-for children (RUSAGE_BOTH)
};

/// One answer of wait4(2) or waitid(2).
struct Report {
  Tid tid;
  std::variant<StopReport, EndReport> what;
  rusage usage{};  ///< of the whole process, with its waited-for children (RUSAGE_BOTH)
};

/// What becomes of a task when its tracer ends.
enum class Bond : std::uint8_t {
  loose,     ///< the kernel lets it go, and it runs on
  for_life,  ///< the kernel kills it: it has a filter that needs a tracer (call_filter.hpp)
};

enum class Wait : std::uint8_t { block, poll };

/// What becomes of a stop that is reported. An end is taken always, and so is an exec.
enum class Claim : std::uint8_t {
  taken,  ///< the kernel forgets it. Who is killed before it resumes the task takes a signal into the grave.
  left,   ///< as it is (WNOWAIT) until the task is resumed, listens or is let go; until then it is reported
          ///< again. The task of a tracer that is killed meanwhile gets its signal.
};

/// What becomes of the children and threads that a tracee makes.
enum class Newborns : std::uint8_t { seized, left_alone };

class Engine {
 public:
  explicit Engine(Newborns newborns = Newborns::seized) : newborns_(newborns) {}

  /// PTRACE_SEIZE with the events of exec and exit, and with Newborns::seized those of fork, vfork and clone:
  /// the kernel seizes what they make before it runs. The task is not stopped. Errors: `denied`, `gone` as
  /// ptrace(2).
  Result<void> seize(Tid tid, Bond bond = Bond::loose);

  /// Makes a running task stop soon (Interrupted), without a signal that it could see.
  Result<void> interrupt(Tid tid);

  /// The next report. nullopt: nothing now (poll), a signal handler ran (block), or no child is left.
  std::optional<Report> next(Wait wait, Claim claim = Claim::taken) { return next_of(-1, wait, claim); }
  /// The next report of one task only.
  std::optional<Report> next_from(Tid tid, Wait wait) { return next_of(tid.raw(), wait, Claim::taken); }

  /// Tracees that run on the processor of the caller cannot come to a stop while it asks: it sleeps at once.
  void set_shared_processor(bool shared) { shared_processor_ = shared; }

  /// True after next() found that there is nothing left to wait for (ECHILD); next_from() finds that never.
  bool childless() const { return childless_; }

 private:
  std::optional<Report> next_of(int which, Wait wait, Claim claim);
  Newborns newborns_;
  bool childless_ = false;
  bool among_calls_ = false;  ///< the last stop was at a system call: the next one is not far
  bool shared_processor_ = false;
  EagerWait eager_;
};

}  // namespace ptop::trace
