// CLONE_PARENT by a process that is killed at once: the child is the grandparent's and outlives its maker.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  Handshake release;
  const pid_t middle = ::fork();
  if (middle == 0) {
    const pid_t child = clone_with(CLONE_PARENT, 0);
    if (child == 0) {
      release.only_wait();
      release.wait();
      ::_exit(8);
    }
    require(child > 0, "clone3");
    expect("%d clone %d", ::getpid(), child);
    expect("%d exit 8", child);
    expect("%d killed SIGKILL", ::getpid());
    ::kill(::getpid(), SIGKILL);
  }
  expect("%d fork %d", ::getpid(), middle);
  wait_for(middle);
  release.go();
  int status = 0;
  require(::wait(&status) > 0 && WEXITSTATUS(status) == 8, "sibling");
  succeed();
}
