// Made with CLONE_PARENT, a child of its maker's parent: that one dies, and a subreaper adopts it.
#include <sys/prctl.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  Handshake release;
  const pid_t parent = fork_child([&] {
    const pid_t me = ::getpid();
    const pid_t maker = fork_child([&] {
      const pid_t child = clone_with(CLONE_PARENT, 0);
      if (child == 0) {
        release.only_wait();
        release.wait();
        require(::getppid() == self, "adopted by the subreaper");
        ::_exit(7);
      }
      require(child > 0, "clone3");
      expect("%d clone %d", ::getpid(), child);
      expect("%d reparent %d %d", child, me, self);
      expect("%d exit 7", child);
      expect("%d reaped waited %d", child, self);
      return 3;
    });
    wait_for(maker);
    expect("%d reaped waited %d", maker, me);
    return 4;
  });
  wait_for(parent);
  expect("%d reaped waited %d", parent, self);
  release.go();
  int status = 0;
  require(::wait(&status) > 0 && WEXITSTATUS(status) == 7, "the child of CLONE_PARENT");
  succeed();
}
