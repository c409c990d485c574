// unshare(2) with CLONE_NEWPID: not the caller but its next child is process 1.
#include <sched.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  if (::unshare(CLONE_NEWPID | (::geteuid() == 0 ? 0 : CLONE_NEWUSER)) != 0)
    skip("no new pid namespace for us");
  const pid_t child = ::fork();
  if (child == 0) ::_exit(::getpid() == 1 ? 1 : 99);
  expect("%d fork %d", ::getpid(), child);
  expect("%d namespace-pids %d 1", ::getpid(), child);
  expect("%d exit 1", child);
  wait_for(child);
  succeed();
}
