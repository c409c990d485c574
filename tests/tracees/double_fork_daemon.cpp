// The classic daemon: fork, setsid, fork, the middle one ends; a subreaper adopts it.
#include <sys/prctl.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  Handshake release;
  const pid_t middle = ::fork();
  if (middle == 0) {
    ::setsid();
    const pid_t daemon = ::fork();
    if (daemon == 0) {
      release.only_wait();
      release.wait();
      ::_exit(0);
    }
    expect("%d fork %d", ::getpid(), daemon);
    expect("%d exit 0", ::getpid());
    expect("%d reparent %d %d", daemon, ::getpid(), self);
    expect("%d exit 0", daemon);
    ::_exit(0);
  }
  expect("%d fork %d", self, middle);
  wait_for(middle);
  release.go();
  int status = 0;
  require(::wait(&status) > 0, "wait");
  succeed();
}
