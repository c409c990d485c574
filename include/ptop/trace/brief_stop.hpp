// Tasks held still for a moment, to be looked at: seized without any event, interrupted, and let go.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::trace {

/// ptrace belongs to a thread: all of it happens on one. Whoever is in a stop of ours when that thread ends
/// is let go by the kernel, too.
class BriefStop {
 public:
  BriefStop() = default;
  /// Lets all go that stand still. One that was stopped by a signal stays so; one that got a signal meanwhile
  /// gets it now.
  ~BriefStop();
  BriefStop(const BriefStop&) = delete;
  BriefStop& operator=(const BriefStop&) = delete;

  /// PTRACE_SEIZE and PTRACE_INTERRUPT. Errors: `denied`: not permitted, or traced by somebody; `gone`.
  Result<void> seize(Tid tid);
  /// Until all stand still or have ended, or that long. A task in uninterruptible sleep does not stop.
  void wait(std::chrono::milliseconds patience);

  enum class State : std::uint8_t { running, stopped, ended };
  State state(Tid tid) const;

 private:
  struct Task {
    State state = State::running;
    int signal = 0;  ///< that it was about to get
  };
  void look(Tid tid, Task& task);

  std::map<Tid, Task> tasks_;
};

/// Whether a stopped task has the registers of this program's own architecture: not those of a 32-bit
/// program.
bool has_native_registers(Tid tid);

}  // namespace ptop::trace
