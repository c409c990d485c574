// SIGKILL for a parent that stands in vfork(2): it dies at once, its child lives on in their memory and is
// adopted.
#include <sys/prctl.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  static Handshake born, release;
  const pid_t parent = ::fork();
  if (parent == 0) {
    if (::vfork() == 0) {
      release.only_wait();
      born.go();
      release.wait();
      ::_exit(4);
    }
    ::_exit(98);
  }
  born.wait();
  const pid_t child = child_of(parent);
  expect("%d fork %d", self, parent);
  expect("%d vfork %d", parent, child);
  expect("%d killed SIGKILL", parent);
  expect("%d reparent %d %d", child, parent, self);
  expect("%d exit 4", child);
  ::kill(parent, SIGKILL);
  require(WTERMSIG(wait_for(parent)) == SIGKILL, "status of the parent");
  release.go();
  require(WEXITSTATUS(wait_for(child)) == 4, "status of the child");
  succeed();
}
