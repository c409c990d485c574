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
// write(2) has an error to tell of the first two; the others are for the program. Were SIGTTOU caught, we
// could not write to the terminal from the background.
constexpr std::array ignored = {SIGPIPE, SIGXFSZ, SIGTTIN, SIGTTOU};
constexpr suseconds_t nudge_us = 20'000;

/// From the handler, which is never interrupted by itself, to take_asked(). What is too much is lost.
constexpr unsigned kept = 64;
static_assert(std::atomic<unsigned>::is_always_lock_free, "used in a signal handler");
std::array<Asked, kept> asked_ring;
std::atomic<unsigned> ring_end{0}, ring_begin{0};

void set_nudge(suseconds_t us) {
  const itimerval every{{0, us}, {0, us}};
  ::setitimer(ITIMER_REAL, &every, nullptr);
}

// The signal may arrive just before wait4(2) blocks. Until it has been taken SIGALRM interrupts that wait as
// well.
void remember(int signal, siginfo_t* info, void*) {
  const unsigned end = ring_end.load(std::memory_order_relaxed);
  if (end - ring_begin.load(std::memory_order_acquire) < kept) {
    asked_ring[end % kept] = {signal, info->si_code <= 0, info->si_pid, std::chrono::steady_clock::now()};
    ring_end.store(end + 1, std::memory_order_release);
  }
  set_nudge(nudge_us);
}

void only_interrupt(int) {}

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// Starting a program does not go on where a wait4(2) was interrupted.
sigset_t held_signals() {
  sigset_t ours;
  sigemptyset(&ours);
  sigaddset(&ours, SIGALRM);
  sigaddset(&ours, SIGTSTP);
  for (const int signal : caught) sigaddset(&ours, signal);
  return ours;
}

}  // namespace

void catch_signals(Hearing hearing) {
  const sigset_t held = held_signals();
  ::sigprocmask(SIG_BLOCK, &held, nullptr);
  struct sigaction action {};
  action.sa_sigaction = remember;
  action.sa_flags = SA_SIGINFO;  // no SA_RESTART: wait4 must return
  sigfillset(&action.sa_mask);
  for (const int signal : caught) {
    if (hearing == Hearing::deaf) ::signal(signal, SIG_IGN);
    if (!is_ignored(signal)) ::sigaction(signal, &action, nullptr);
  }
  ::sigaction(SIGTSTP, &action, nullptr);
  for (const int signal : ignored) ::signal(signal, SIG_IGN);
  struct sigaction alarm {};
  alarm.sa_handler = only_interrupt;
  ::sigaction(SIGALRM, &alarm, nullptr);
  ::signal(SIGCHLD,
           SIG_DFL);  // inherited as ignored, it would make the kernel reap our child without telling
}

void hear_signals() {
  const sigset_t held = held_signals();
  ::sigprocmask(SIG_UNBLOCK, &held, nullptr);
}

std::optional<Asked> take_asked() {
  const unsigned begin = ring_begin.load(std::memory_order_relaxed);
  if (begin == ring_end.load(std::memory_order_acquire)) return std::nullopt;
  const Asked asked = asked_ring[begin % kept];
  ring_begin.store(begin + 1, std::memory_order_release);
  set_nudge(0);
  return asked;
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

void stop_by(int signal) {
  struct sigaction before {};
  struct sigaction stop {};
  stop.sa_handler = SIG_DFL;
  ::sigaction(signal, &stop, &before);
  ::raise(signal);
  ::sigaction(signal, &before, nullptr);
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
