// A blocked signal is told when it is delivered, not when it is sent.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  ::signal(SIGUSR1, [](int) {});
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  ::raise(SIGUSR1);
  wait_for(fork_child([] { return 1; }));
  expect("%d signal SIGUSR1", self);
  ::sigprocmask(SIG_UNBLOCK, &set, nullptr);
  wait_for(fork_child([] { return 2; }));
  ::sigprocmask(SIG_BLOCK, &set, nullptr);  // and one that sigwait(3) takes is never delivered
  ::raise(SIGUSR1);
  int taken = 0;
  require(::sigwait(&set, &taken) == 0 && taken == SIGUSR1, "sigwait");
  succeed();
}
