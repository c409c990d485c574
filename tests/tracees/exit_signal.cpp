// What a parent gets at the end of a child is the child's maker's choice: nothing, or another signal.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  const pid_t silent = clone_with(0, 0);
  if (silent == 0) ::_exit(1);
  expect("%d clone %d", self, silent);
  expect("%d flags %d  none", self, silent);
  expect("%d exit 1", silent);
  int status = 0;
  require(::waitpid(silent, &status, __WCLONE) == silent, "waitpid");

  ::signal(SIGUSR1, SIG_IGN);
  const pid_t loud = clone_with(0, SIGUSR1);
  if (loud == 0) ::_exit(2);
  expect("%d clone %d", self, loud);
  expect("%d flags %d  SIGUSR1", self, loud);
  expect("%d exit 2", loud);
  require(::waitpid(loud, &status, __WALL) == loud, "waitpid");
  expect("%d signal SIGUSR1", self);
  succeed();
}
