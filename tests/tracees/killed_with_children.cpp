// A process and its children killed at once: who was adopted in between is the subreaper's, and that one
// collects all of them, never the dead parent.
#include <sys/prctl.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  for (int round = 0; round < 10; ++round) {
    Handshake ready;
    const pid_t parent = ::fork();
    if (parent == 0) {
      require(::setpgid(0, 0) == 0, "setpgid");
      const pid_t me = ::getpid();
      for (int i = 0; i < 3; ++i) {
        const pid_t child = ::fork();
        if (child == 0) sleep_for_ever();
        require(child > 0, "fork");
        expect("%d fork %d", me, child);
        expect("%d killed SIGKILL", child);
        expect("%d reaped by-adopter %d", child, self);
      }
      expect("%d killed SIGKILL", me);
      ready.go();
      sleep_for_ever();
    }
    expect("%d fork %d", self, parent);
    ready.only_wait();
    ready.wait();
    require(::kill(-parent, SIGKILL) == 0, "kill");
    int collected = 0;
    for (pid_t pid = ::wait(nullptr); pid > 0; pid = ::wait(nullptr)) {
      ++collected;
      if (pid == parent) expect("%d reaped waited %d", parent, self);
    }
    require(collected == 4, "all collected");
  }
  expect("ignore reparent");
  succeed();
}
