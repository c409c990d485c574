// Loaded before the C library into a tracer (LD_PRELOAD): what a loaded machine does to it now and then. The
// event of who makes a child or a thread is reported late, as if its maker had been kept from its processor
// between the two; or on time, while the tracer was kept from its own.
//   LATE_MAKERS_MS=N       how long such an event is hidden
//   LATE_MAKERS_ASLEEP=1   the tracer does not get to run meanwhile: it finds nothing, and N ms are over
#include <dlfcn.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdarg>
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

/// Less than 0: nothing is late.
long delay_ms() {
  static const char* const delay = std::getenv("LATE_MAKERS_MS");
  return delay ? std::atol(delay) : -1;
}

bool is_of_maker(int status) {
  if (!WIFSTOPPED(status)) return false;
  const int event = status >> 16;
  return event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK || event == PTRACE_EVENT_CLONE;
}

/// What the kernel does when such an event comes.
void tell_when_due(long after_ms) {
  sigevent what{};
  what.sigev_notify = SIGEV_SIGNAL;
  what.sigev_signo = SIGCHLD;
  timer_t timer;
  if (::timer_create(CLOCK_MONOTONIC, &what, &timer) != 0) return;
  ++after_ms;
  const itimerspec once{{}, {after_ms / 1'000, after_ms % 1'000 * 1'000'000}};
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

void hide(pid_t maker, int status, const rusage& usage) {
  hidden.push_back({maker, status, usage, now_ms() + delay_ms()});
  tell_when_due(delay_ms());
}

/// Killed where it stood: of its event nothing is left.
void forget(pid_t maker) {
  std::erase_if(hidden, [&](const Hidden& event) { return event.maker == maker; });
}

int find_nothing(pid_t which) {
  static const bool asleep = std::getenv("LATE_MAKERS_ASLEEP") != nullptr;
  if (asleep && which == -1 && !hidden.empty()) ::usleep(static_cast<useconds_t>(delay_ms()) * 1'000);
  return 0;
}

}  // namespace

extern "C" pid_t wait4(pid_t which, int* status, int options, rusage* usage) {
  using Wait4 = pid_t (*)(pid_t, int*, int, rusage*);
  static const auto real = reinterpret_cast<Wait4>(::dlsym(RTLD_NEXT, "wait4"));
  if (delay_ms() < 0) return real(which, status, options, usage);
  for (;;) {
    if (const pid_t due = take_due(which, status, usage); due != 0) return due;
    const pid_t got = real(which, status, options | WNOHANG, usage);
    if (got > 0) forget(got);
    if (got > 0 && is_of_maker(*status)) {
      hide(got, *status, *usage);
      continue;
    }
    if (got != 0) return got;
    if ((options & WNOHANG) != 0) return find_nothing(which);
    ::usleep(500);
  }
}

/// The tracer's waitid(2), which leaves a stop as it is. The late ones were taken.
extern "C" long syscall(long number, ...) {
  using Syscall = long (*)(long, ...);
  static const auto real = reinterpret_cast<Syscall>(::dlsym(RTLD_NEXT, "syscall"));
  va_list list;
  va_start(list, number);
  long a[6];
  for (long& argument : a) argument = va_arg(list, long);
  va_end(list);
  if (number != SYS_waitid || delay_ms() < 0) return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  auto& info = *reinterpret_cast<siginfo_t*>(a[2]);
  auto& usage = *reinterpret_cast<rusage*>(a[4]);
  const auto which = static_cast<pid_t>(a[0] == P_ALL ? -1 : a[1]);
  for (;;) {
    int status = 0;
    if (const pid_t due = take_due(which, &status, &usage); due != 0) {
      info.si_pid = due;
      info.si_code = CLD_TRAPPED;
      info.si_status = status >> 8;
      return 0;
    }
    if (const long failed = real(number, a[0], a[1], a[2], a[3] | WNOHANG, a[4]); failed != 0) return failed;
    if (info.si_pid != 0) {
      forget(info.si_pid);
      status = W_STOPCODE(info.si_status);
      if (info.si_code != CLD_TRAPPED || !is_of_maker(status)) return 0;
      real(SYS_wait4, long{info.si_pid}, &status, long{__WALL | __WNOTHREAD | WNOHANG}, nullptr);
      hide(info.si_pid, status, usage);
    } else if ((a[3] & WNOHANG) != 0) {
      return find_nothing(which);
    } else {
      ::usleep(500);
    }
  }
}
