// A zombie whose parent dies without collecting it: its subreaper does.
#include <sys/prctl.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  const pid_t middle = ::fork();
  if (middle == 0) {
    const pid_t zombie = ::fork();
    if (zombie == 0) ::_exit(6);
    expect("%d fork %d", ::getpid(), zombie);
    expect("%d exit 6", zombie);
    siginfo_t info{};
    require(::waitid(P_PID, static_cast<id_t>(zombie), &info, WEXITED | WNOWAIT) == 0, "waitid");
    end(0);
  }
  expect("%d fork %d", self, middle);
  wait_for(middle);
  expect("%d reaped waited %d", middle, self);
  int status = 0;
  const pid_t zombie = ::wait(&status);
  require(zombie > 0 && WEXITSTATUS(status) == 6, "the zombie");
  expect("%d reaped by-adopter %d", zombie, self);
  succeed();
}
