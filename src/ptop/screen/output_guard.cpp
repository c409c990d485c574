#include "output_guard.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>

namespace ptop::app {
namespace {

constexpr int tick_ms = 50;
constexpr int most_ticks = 20;  // a second

/// Interrupts a write, and nothing else: a signal that nobody uses, with a handler that does nothing.
int interrupting_signal() { return SIGRTMIN; }

void prepare_interruption() {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  sigemptyset(&action.sa_mask);
  sigaction(interrupting_signal(), &action, nullptr);
}

}  // namespace

OutputGuard::OutputGuard(int signals, TerminalOutput& output)
    : signals_(signals),
      output_(output),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      writer_(pthread_self()) {
  prepare_interruption();
  thread_ = std::thread([this] { run(); });
}

OutputGuard::~OutputGuard() {
  done_ = true;
  wake();
  thread_.join();
}

void OutputGuard::end() {
  ending_ = true;
  wake();
}

void OutputGuard::wake() const {
  const std::uint64_t one = 1;
  static_cast<void>(::write(wake_.get(), &one, sizeof one));
}

/// They are blocked here as in the thread that writes, and pending until that one reads them.
bool OutputGuard::wants_end() const {
  if (ending_) return true;
  sigset_t pending;
  if (sigpending(&pending) != 0) return false;
  return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGHUP) == 1 ||
         sigismember(&pending, SIGQUIT) == 1;
}

/// True when there is a signal, of those that the loop takes.
bool OutputGuard::wait(int patience_ms, bool for_signals) {
  pollfd fds[] = {{wake_.get(), POLLIN, 0}, {for_signals ? signals_ : -1, POLLIN, 0}};
  ::poll(fds, 2, patience_ms);
  std::uint64_t count = 0;
  if (fds[0].revents != 0) static_cast<void>(::read(wake_.get(), &count, sizeof count));
  return fds[1].revents != 0;
}

void OutputGuard::run() {
  int ticks = 0;
  bool awake = false;
  while (!done_) {
    if (awake) wait(tick_ms, false);
    awake = wait(awake ? 0 : -1, true) || ending_;
    ticks = writing_ && wants_end() ? ticks + 1 : 0;
    if (ticks > most_ticks) give_up();
  }
}

/// Called again and again: the signal may come before the write that it is for.
void OutputGuard::give_up() const {
  output_.give_up(interrupting_signal());
  pthread_kill(writer_, interrupting_signal());
}

}  // namespace ptop::app
