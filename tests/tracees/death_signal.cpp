// PR_SET_PDEATHSIG: the end of its parent sends the child a signal.
#include <sys/prctl.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  Handshake ready;
  const pid_t middle = ::fork();
  if (middle == 0) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGTERM);
      ready.go();
      sleep_for_ever();
    }
    expect("%d fork %d", ::getpid(), child);
    expect("ignore reparent");  // it may be dead before its adoption can be seen
    expect("%d signal SIGTERM", child);
    expect("%d sender SIGTERM SI_USER %d", child, ::getpid());
    expect("%d killed SIGTERM", child);
    ready.wait();
    end(0);
  }
  expect("%d fork %d", self, middle);
  wait_for(middle);
  int status = 0;
  require(::wait(&status) > 0 && WTERMSIG(status) == SIGTERM, "status");
  succeed();
}
