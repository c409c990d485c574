// Who ignores SIGCHLD is spared the zombies of children that end with it. For those that end with another
// signal, or none, it has to wait like everybody.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  ::signal(SIGCHLD, SIG_IGN);
  ::signal(SIGUSR1, SIG_IGN);
  for (const int exit_signal : {SIGUSR1, 0, SIGUSR1, 0, SIGUSR1, 0, SIGUSR1, 0, SIGUSR1, 0, SIGUSR1, 0}) {
    const pid_t child = clone_with(0, exit_signal);
    if (child == 0) ::_exit(1);
    expect("%d clone %d", self, child);
    expect("%d exit 1", child);
    require(::waitpid(child, nullptr, __WALL) == child, "waitpid");
    expect("%d reaped waited %d", child, self);
  }
  expect("ignore signal");
  succeed();
}
