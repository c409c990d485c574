// vfork(2): the parent stands still until the child has its own memory.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::vfork();
  if (child == 0) {
    ::execl("/bin/true", "true", nullptr);
    ::_exit(127);
  }
  expect("%d vfork %d", ::getpid(), child);
  expect("%d exec true", child);
  expect("%d exit 0", child);
  wait_for(child);
  succeed();
}
