// CLONE_NEWTIME, whose bit is one of the exit signal's in clone(2): clone3(2) alone can have it.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = clone_with(CLONE_NEWUSER | CLONE_NEWTIME);
  if (child < 0) skip("no new time namespace for us");
  if (child == 0) end(4);
  expect("%d fork %d", ::getpid(), child);
  expect("%d flags %d CLONE_NEWTIME,CLONE_NEWUSER SIGCHLD", ::getpid(), child);
  wait_for(child);
  succeed();
}
