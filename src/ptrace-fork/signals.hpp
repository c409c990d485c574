// Signals sent to ptrace-fork itself: remembered, so that the wait loop can act on them.
#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>

#include <sys/types.h>

namespace ptop::ptrace_fork {

/// A signal that asks us to end or, SIGTSTP, to stop.
struct Asked {
  int signal = 0;
  bool by_process = false;  ///< false: the terminal
  pid_t sender = 0;
  std::chrono::steady_clock::time_point at;
};

/// Catches SIGINT, SIGQUIT, SIGTERM and SIGHUP (unless ignored, as under nohup) and SIGTSTP, and ignores
/// SIGPIPE and the other stop signals of the terminal: the program stops for those, not its tracer. Deaf:
/// those that ask us to end are ignored, too. All are held back until hear_signals(), which lets through also
/// what the caller had blocked: take the program's mask before (trace::SignalSetup).
enum class Hearing : std::uint8_t { listening, deaf };
void catch_signals(Hearing hearing);
void hear_signals();

/// The next signal not yet taken. While one is waiting, blocking calls are interrupted again and again, so
/// none is lost between looking here and blocking there.
std::optional<Asked> take_asked();

/// A moment that ends a blocking wait4(2), and every one after it.
class Deadline {
 public:
  /// nullopt: never.
  explicit Deadline(std::optional<std::uint64_t> after_ns);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;
  bool passed() const;

 private:
  std::optional<std::chrono::steady_clock::time_point> at_;
  timer_t timer_{};
};

/// Stops this process as the signal does by default, until it is continued.
void stop_by(int signal);

/// Ends this process by the signal, as the program ended, without a second core file.
[[noreturn]] void die_of(int signal);

}  // namespace ptop::ptrace_fork
