// SIGKILL for a vfork(2) child: its parent goes on.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::vfork();
  if (child == 0) {
    ::kill(::getpid(), SIGKILL);
    ::_exit(1);
  }
  expect("%d vfork %d", ::getpid(), child);
  expect("%d killed SIGKILL", child);
  require(WTERMSIG(wait_for(child)) == SIGKILL, "status");
  succeed();
}
