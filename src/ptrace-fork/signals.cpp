// Handlers that only remember, and a timer that makes sure the wait loop looks.
#include "signals.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>

#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

namespace ptop::ptrace_fork {
namespace {

constexpr std::array caught = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
constexpr std::array ignored = {SIGPIPE, SIGTSTP, SIGTTIN, SIGTTOU};
constexpr suseconds_t nudge_us = 20'000;

enum class Mark : int { none, by_terminal, by_process };
static_assert(std::atomic<Mark>::is_always_lock_free, "used in a signal handler");
std::array<std::atomic<Mark>, caught.size()> marks{};

void set_nudge(suseconds_t us) {
  const itimerval every{{0, us}, {0, us}};
  ::setitimer(ITIMER_REAL, &every, nullptr);
}

// The signal may arrive just before wait4(2) blocks. Until it has been taken SIGALRM interrupts that wait as
// well.
void remember(int signal, siginfo_t* info, void*) {
  for (std::size_t i = 0; i < caught.size(); ++i) {
    if (caught[i] == signal) marks[i] = info->si_code <= 0 ? Mark::by_process : Mark::by_terminal;
  }
  set_nudge(nudge_us);
}

void only_interrupt(int) {}

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

void catch_signals() {
  struct sigaction action {};
  action.sa_sigaction = remember;
  action.sa_flags = SA_SIGINFO;  // no SA_RESTART: wait4 must return
  for (const int signal : caught) {
    if (!is_ignored(signal)) ::sigaction(signal, &action, nullptr);
  }
  for (const int signal : ignored) ::signal(signal, SIG_IGN);
  struct sigaction alarm {};
  alarm.sa_handler = only_interrupt;
  ::sigaction(SIGALRM, &alarm, nullptr);
  ::signal(SIGCHLD,
           SIG_DFL);  // inherited as ignored, it would make the kernel reap our child without telling
}

std::optional<Asked> take_asked() {
  for (std::size_t i = 0; i < caught.size(); ++i) {
    const Mark mark = marks[i].exchange(Mark::none);
    if (mark == Mark::none) continue;
    set_nudge(0);
    return Asked{caught[i], mark == Mark::by_process};
  }
  return std::nullopt;
}

void die_of(int signal) {
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::signal(signal, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  ::kill(::getpid(), signal);
  ::sigprocmask(SIG_UNBLOCK, &only, nullptr);
  std::_Exit(128 + signal);  // a signal that does not end a process by default
}

}  // namespace ptop::ptrace_fork
