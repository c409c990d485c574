// Who sent a signal and how: kill, tgkill, sigqueue from another process, a timer, the kernel.
#include <sys/time.h>

#include "tracee.hpp"

namespace {

volatile sig_atomic_t seen = 0;
void handler(int) { seen = 1; }

}  // namespace

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  for (const int signal : {SIGUSR1, SIGUSR2, SIGALRM, SIGRTMIN, SIGRTMIN + 1}) ::signal(signal, handler);
  expect("%d signal SIGUSR1", self);
  expect("%d sender SIGUSR1 SI_USER %d", self, self);
  ::kill(self, SIGUSR1);
  expect("%d signal SIGUSR2", self);
  expect("%d sender SIGUSR2 SI_TKILL %d", self, self);
  ::syscall(SYS_tgkill, self, self, SIGUSR2);

  Handshake told;
  const pid_t child = ::fork();
  if (child == 0) {
    told.wait();
    sigval value{};
    value.sival_int = 42;
    ::sigqueue(self, SIGRTMIN + 1, value);
    end(0);
  }
  expect("%d fork %d", self, child);
  expect("%d signal SIGRT_%d", self, SIGRTMIN + 1 - 32);
  expect("%d sender SIGRT_%d SI_QUEUE %d", self, SIGRTMIN + 1 - 32, child);
  told.go();
  wait_for(child);

  seen = 0;
  timer_t timer{};
  sigevent how{};
  how.sigev_notify = SIGEV_SIGNAL;
  how.sigev_signo = SIGRTMIN;
  require(::timer_create(CLOCK_MONOTONIC, &how, &timer) == 0, "timer_create");
  expect("%d signal SIGRT_%d", self, SIGRTMIN - 32);
  expect("%d sender SIGRT_%d SI_TIMER none", self, SIGRTMIN - 32);
  const itimerspec soon{{0, 0}, {0, 1'000'000}};
  ::timer_settime(timer, 0, &soon, nullptr);
  while (!seen) ::usleep(1000);

  seen = 0;
  expect("%d signal SIGALRM", self);
  expect("%d sender SIGALRM SI_KERNEL none", self);
  const itimerval once{{0, 0}, {0, 1000}};
  ::setitimer(ITIMER_REAL, &once, nullptr);
  while (!seen) ::usleep(1000);
  succeed();
}
