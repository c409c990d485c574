// CLONE_PARENT by the first program: the child belongs to whoever started it, the tracer itself.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  Handshake done;
  const pid_t child = clone_with(CLONE_PARENT, 0);
  if (child == 0) {
    done.go();
    ::_exit(8);
  }
  require(child > 0, "clone3");
  expect("%d clone %d", ::getpid(), child);
  expect("%d exit 8", child);
  done.wait();
  succeed();
}
