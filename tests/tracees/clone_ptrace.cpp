// CLONE_PTRACE: the child of a traced process is traced as its maker is, and told once.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = clone_with(CLONE_PTRACE);
  if (child == 0) ::_exit(4);
  require(child > 0, "clone3");
  expect("%d fork %d", ::getpid(), child);
  expect("%d flags %d CLONE_PTRACE SIGCHLD", ::getpid(), child);
  expect("%d exit 4", child);
  require(WEXITSTATUS(wait_for(child)) == 4, "status");
  succeed();
}
