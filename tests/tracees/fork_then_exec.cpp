// fork(2), execve(2) in the child, wait: the commonest story of all.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl("/bin/sh", "sh", "-c", "exit 7", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec sh -c exit 7", child);
  expect("%d exit 7", child);
  require(WEXITSTATUS(wait_for(child)) == 7, "status of the child");
  succeed();
}
