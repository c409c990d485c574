// Signals sent to ptrace-fork itself: remembered, so that the wait loop can act on them.
#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>

#include <sys/types.h>

namespace ptop::ptrace_fork {

/// A signal that asks us to end, and whether a process sent it (the terminal's reach the program by
/// themselves).
struct Asked {
  int signal = 0;
  bool by_process = false;
};

/// Catches SIGINT, SIGQUIT, SIGTERM and SIGHUP (unless ignored, as under nohup), and ignores SIGPIPE and the
/// terminal's stop signals: the program stops for those, not its tracer. Deaf: those that ask us to end are
/// ignored, too. What the caller had blocked of them is not any more: the program's mask is to be taken
/// before (trace::SignalSetup).
enum class Hearing : std::uint8_t { listening, deaf };
void catch_signals(Hearing hearing);

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

/// Ends this process by the signal, as the program ended, without a second core file.
[[noreturn]] void die_of(int signal);

}  // namespace ptop::ptrace_fork
