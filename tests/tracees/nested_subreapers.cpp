// An orphan goes to the nearest subreaper, and when that one dies to the next.
#include <sys/prctl.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  Handshake orphaned, release;
  const pid_t inner = ::fork();
  if (inner == 0) {
    require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
    ::prctl(PR_SET_NAME, ") R 1 1 \n\x1b");  // whoever reads its name from stat must not be led astray
    const pid_t me = ::getpid();
    const pid_t middle = ::fork();
    if (middle == 0) {
      const pid_t orphan = ::fork();
      if (orphan == 0) {
        release.only_wait();
        release.wait();
        ::_exit(5);
      }
      expect("%d fork %d", ::getpid(), orphan);
      expect("%d reparent %d %d", orphan, ::getpid(), me);
      expect("%d reparent %d %d", orphan, me, self);
      expect("%d exit 5", orphan);
      expect("%d reaped waited %d", orphan, self);
      end(0);
    }
    expect("%d fork %d", me, middle);
    wait_for(middle);
    expect("%d reaped waited %d", middle, me);
    end(0);
  }
  expect("%d fork %d", self, inner);
  wait_for(inner);
  expect("%d reaped waited %d", inner, self);
  release.go();
  int status = 0;
  require(::wait(&status) > 0 && WEXITSTATUS(status) == 5, "the orphan");
  succeed();
}
