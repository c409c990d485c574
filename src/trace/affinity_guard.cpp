#include "affinity_guard.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace ptop::trace {
namespace {

/// As long as stops come faster than this, the tracer sees by itself whether sharing pays.
constexpr int silence_ms = 5;

/// What is on the other ends of the tracer's descriptors must not wait for us.
void keep_only(int fd) {
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (standard != fd) ::dup2(nowhere, standard);
  }
  const auto kept = static_cast<unsigned>(fd);
  if (kept > STDERR_FILENO + 1) ::syscall(SYS_close_range, STDERR_FILENO + 1, kept - 1, 0);  // Linux 5.9
  ::syscall(SYS_close_range, kept + 1, ~0U, 0);
}

/// Signals to the tracer's group are for the tracer: whether it ends is seen by the pipe.
void stand_aside() {
  sigset_t all;
  ::sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, nullptr);
  ::setsid();
  (void)!::chdir("/");
}

[[noreturn]] void guard(AffinityLedger& ledger, int pipe) {
  stand_aside();
  keep_only(pipe);
  for (;;) {
    const bool shared = ledger.is_open();
    const std::uint64_t before = ledger.stops();
    pollfd wait{pipe, POLLIN, 0};
    const int ready = ::poll(&wait, 1, shared ? silence_ms : -1);
    std::array<char, 64> bytes;
    if (ready > 0 && ::read(pipe, bytes.data(), bytes.size()) == 0) break;
    if (ready == 0 && ledger.stops() == before && ledger.close()) ledger.restore_all();
  }
  ledger.close();
  ledger.restore_all();
  ledger.restore_descendants();
  ::_exit(0);
}

}  // namespace

/// The process between ends at once, so that the guard is not among those that the tracer waits for. It has
/// no exit signal: nobody who counts SIGCHLD sees it.
Fd start_affinity_guard(AffinityLedger& ledger) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  const Fd read_end(ends[0]);
  Fd write_end(ends[1]);
  const auto between = static_cast<pid_t>(::syscall(SYS_clone, 0, nullptr, nullptr, nullptr, nullptr));
  if (between < 0) return {};
  if (between == 0) {
    const pid_t child = ::fork();
    if (child != 0) ::_exit(child < 0 ? 1 : 0);
    ::close(write_end.get());
    guard(ledger, read_end.get());
  }
  int status = 0;
  while (::waitpid(between, &status, __WALL) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return {};
  return write_end;
}

}  // namespace ptop::trace
