// Signals sent to ptrace-fork itself: remembered, so that the wait loop can act on them.
#pragma once

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
/// terminal's stop signals: the program stops for those, not its tracer.
void catch_signals();

/// The next signal not yet taken. While one is waiting, blocking calls are interrupted again and again, so
/// none is lost between looking here and blocking there.
std::optional<Asked> take_asked();

/// Ends this process by the signal, as the program ended, without a second core file.
[[noreturn]] void die_of(int signal);

}  // namespace ptop::ptrace_fork
