// Signals for processor time, and the processor time of the end.
#include <sys/resource.h>
#include <sys/time.h>

#include "tracee.hpp"

namespace {

/// One that has waited for a child: its time is its own, and less than a clock tick.
void work_beside_child() {
  const pid_t worker = ::fork();
  if (worker == 0) {
    const pid_t busy = ::fork();
    if (busy == 0) {
      while (now_ns(CLOCK_PROCESS_CPUTIME_ID) < 30'000'000) {
      }
      ::_exit(2);
    }
    wait_for(busy);
    while (now_ns(CLOCK_PROCESS_CPUTIME_ID) < 6'000'000) {
    }
    expect("%d fork %d", ::getpid(), busy);
    expect("%d exit 2", busy);
    expect("%d cpu-ns 30000000 36000000", busy);
    ::_exit(3);
  }
  wait_for(worker);
  expect("%d fork %d", ::getpid(), worker);
  expect("%d exit 3", worker);
  expect("%d cpu-ns 6000000 9999999", worker);
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    const itimerval soon{{0, 0}, {0, 50'000}};
    ::setitimer(ITIMER_VIRTUAL, &soon, nullptr);
    for (volatile bool on = true; on;) {
    }
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d signal SIGVTALRM", child);
  expect("%d killed SIGVTALRM", child);
  int status = 0;
  rusage usage{};
  require(::wait4(child, &status, 0, &usage) == child && WTERMSIG(status) == SIGVTALRM, "status");
  const auto cpu =
      static_cast<unsigned long long>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1'000'000'000ULL +
      static_cast<unsigned long long>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000ULL;
  expect("%d cpu-ns %llu %llu", child, cpu - cpu / 5, cpu + 1'000'000);  // at its exit stop, a little earlier
  work_beside_child();
  succeed();
}
