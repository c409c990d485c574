// A process whose parent dies is adopted: by init, or by the nearest subreaper, here the grandparent.
#include <sys/prctl.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  Handshake told, release;
  const pid_t middle = ::fork();
  if (middle == 0) {
    const pid_t orphan = ::fork();
    if (orphan == 0) {
      release.only_wait();
      release.wait();
      ::_exit(5);
    }
    expect("%d fork %d", ::getpid(), orphan);
    expect("%d exit 0", ::getpid());
    expect("%d reparent %d %d", orphan, ::getpid(), ::getppid());
    expect("%d exit 5", orphan);
    ::_exit(0);
  }
  expect("%d fork %d", ::getpid(), middle);
  wait_for(middle);
  expect("%d reaped waited %d", middle, ::getpid());
  release.go();
  int status = 0;
  const pid_t adopted = ::wait(&status);
  require(adopted > 0 && WEXITSTATUS(status) == 5, "the adopted child");
  expect("%d reaped waited %d", adopted, ::getpid());
  succeed();
}
