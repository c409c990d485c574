// CLONE_VM without CLONE_THREAD: a process of its own in the memory of another, until it execs.
#include <sched.h>

#include "tracee.hpp"

namespace {

volatile bool seen = false;
int run(void*) {
  seen = true;
  ::execl("/bin/true", "true", "in", "new", "memory", nullptr);
  return 127;
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  alignas(16) static char stack[64 * 1024];
  const pid_t child = ::clone(run, stack + sizeof stack, CLONE_VM | SIGCHLD, nullptr);
  require(child > 0, "clone");
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec true in new memory", child);
  expect("%d exit 0", child);
  wait_for(child);
  require(seen, "shared memory");
  succeed();
}
