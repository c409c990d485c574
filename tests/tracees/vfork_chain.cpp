// A vfork(2) child that vforks, five deep: every one of them stands still for the next.
#include "tracee.hpp"

namespace {

__attribute__((noinline)) void chain(int generations) {
  volatile int depth = generations;
  const pid_t child = ::vfork();
  if (child == 0) {
    if (depth > 1) chain(depth - 1);
    ::_exit(depth);
  }
  require(child > 0, "vfork");
  expect("%d vfork %d", ::getpid(), child);
  expect("%d exit %d", child, depth);
  require(WEXITSTATUS(wait_for(child)) == depth, "status");
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  chain(5);
  succeed();
}
