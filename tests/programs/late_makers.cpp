// Loaded before the C library into a tracer (LD_PRELOAD): what a loaded machine does to it now and then. The
// event of who makes a child or a thread is reported late, as if its maker had been kept from its processor
// between the two; or on time, while the tracer was kept from its own.
//   LATE_MAKERS_MS=N       how long such an event is hidden
//   LATE_MAKERS_ASLEEP=1   the tracer does not get to run meanwhile: it finds nothing, and N ms are over
#include <dlfcn.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace {

struct Hidden {
  pid_t maker;
  int status;
  rusage usage;
  long due_ms;
};
std::vector<Hidden> hidden;

long now_ms() {
  timespec t{};
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1'000 + t.tv_nsec / 1'000'000;
}

bool is_of_maker(int status) {
  if (!WIFSTOPPED(status)) return false;
  const int event = status >> 16;
  return event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK || event == PTRACE_EVENT_CLONE;
}

/// What the kernel does when such an event comes.
void tell_when_due(long delay_ms) {
  sigevent what{};
  what.sigev_notify = SIGEV_SIGNAL;
  what.sigev_signo = SIGCHLD;
  timer_t timer;
  if (::timer_create(CLOCK_MONOTONIC, &what, &timer) != 0) return;
  ++delay_ms;
  const itimerspec once{{}, {delay_ms / 1'000, delay_ms % 1'000 * 1'000'000}};
  ::timer_settime(timer, 0, &once, nullptr);
}

pid_t take_due(pid_t which, int* status, rusage* usage) {
  for (auto it = hidden.begin(); it != hidden.end(); ++it) {
    if (now_ms() < it->due_ms || (which > 0 && which != it->maker)) continue;
    const Hidden due = *it;
    hidden.erase(it);
    *status = due.status;
    *usage = due.usage;
    return due.maker;
  }
  return 0;
}

}  // namespace

extern "C" pid_t wait4(pid_t which, int* status, int options, rusage* usage) {
  using Wait4 = pid_t (*)(pid_t, int*, int, rusage*);
  static const auto real = reinterpret_cast<Wait4>(::dlsym(RTLD_NEXT, "wait4"));
  static const char* const delay = std::getenv("LATE_MAKERS_MS");
  static const bool asleep = std::getenv("LATE_MAKERS_ASLEEP") != nullptr;
  if (!delay) return real(which, status, options, usage);
  const long delay_ms = std::atol(delay);
  for (;;) {
    if (const pid_t due = take_due(which, status, usage); due != 0) return due;
    const pid_t got = real(which, status, options | WNOHANG, usage);
    if (got > 0)  // killed where it stood: of its event nothing is left
      std::erase_if(hidden, [&](const Hidden& event) { return event.maker == got; });
    if (got > 0 && is_of_maker(*status)) {
      hidden.push_back({got, *status, *usage, now_ms() + delay_ms});
      tell_when_due(delay_ms);
      continue;
    }
    if (got != 0) return got;
    if ((options & WNOHANG) != 0) {
      if (asleep && which == -1 && !hidden.empty()) ::usleep(static_cast<useconds_t>(delay_ms) * 1'000);
      return 0;
    }
    ::usleep(500);
  }
}
