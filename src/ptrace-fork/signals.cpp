// Handlers that only remember, and a timer that makes sure the wait loop looks.
#include "signals.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <ctime>

#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

namespace ptop::ptrace_fork {
namespace {

constexpr std::array caught = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
// write(2) has an error to tell of the first two; the others are for the program.
constexpr std::array ignored = {SIGPIPE, SIGXFSZ, SIGTSTP, SIGTTIN, SIGTTOU};
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

/// The caller may have had them blocked, which is inherited.
void let_through() {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGALRM);
  for (const int signal : caught) sigaddset(&ours, signal);
  ::sigprocmask(SIG_UNBLOCK, &ours, nullptr);
}

}  // namespace

void catch_signals(Hearing hearing) {
  struct sigaction action {};
  action.sa_sigaction = remember;
  action.sa_flags = SA_SIGINFO;  // no SA_RESTART: wait4 must return
  for (const int signal : caught) {
    if (hearing == Hearing::deaf) ::signal(signal, SIG_IGN);
    if (!is_ignored(signal)) ::sigaction(signal, &action, nullptr);
  }
  for (const int signal : ignored) ::signal(signal, SIG_IGN);
  struct sigaction alarm {};
  alarm.sa_handler = only_interrupt;
  ::sigaction(SIGALRM, &alarm, nullptr);
  let_through();
  ::signal(SIGCHLD,
           SIG_DFL);  // inherited as ignored, it would make the kernel reap our child without telling
}

std::optional<Asked> take_asked() {
  for (std::size_t i = 0; i < caught.size(); ++i) {
    if (marks[i].load(std::memory_order_relaxed) == Mark::none) continue;
    const Mark mark = marks[i].exchange(Mark::none);
    if (mark == Mark::none) continue;
    set_nudge(0);
    return Asked{caught[i], mark == Mark::by_process};
  }
  return std::nullopt;
}

// A process-directed SIGALRM interrupts the wait; it is sent again in case it came just before the wait
// began.
Deadline::Deadline(std::optional<std::uint64_t> after_ns) {
  if (!after_ns) return;
  constexpr std::uint64_t second_ns = 1'000'000'000;
  at_ = std::chrono::steady_clock::now() + std::chrono::nanoseconds(*after_ns);
  sigevent how{};
  how.sigev_notify = SIGEV_SIGNAL;
  how.sigev_signo = SIGALRM;
  const std::uint64_t first = std::max<std::uint64_t>(*after_ns, 1);
  const itimerspec when{{0, nudge_us * 1000},
                        {static_cast<time_t>(first / second_ns), static_cast<long>(first % second_ns)}};
  if (::timer_create(CLOCK_MONOTONIC, &how, &timer_) == 0) ::timer_settime(timer_, 0, &when, nullptr);
}

Deadline::~Deadline() {
  if (at_) ::timer_delete(timer_);
}

bool Deadline::passed() const { return at_ && std::chrono::steady_clock::now() >= *at_; }

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
