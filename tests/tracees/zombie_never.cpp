// Zombies left behind: a process that follows us collects them only when the log is over.
#include <fcntl.h>

#include "tracee.hpp"

namespace {

pid_t middle_of(int fd) {
  pid_t pid = 0;
  require(::read(fd, &pid, sizeof pid) == sizeof pid, "read");
  return pid;
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  Handshake gone;
  int ends[2];
  require(::pipe2(ends, O_CLOEXEC) == 0, "pipe2");
  const pid_t middle = ::fork();
  if (middle == 0) {
    const pid_t orphan = ::fork();
    if (orphan == 0) {
      gone.only_wait();
      gone.wait();
      const pid_t adopter = ::getppid();
      expect("%d reparent %d %d", ::getpid(), middle_of(ends[0]), adopter);
      expect("%d exit 5", ::getpid());
      expect("%d reaped never %d", ::getpid(), adopter);
      ::_exit(5);
    }
    const pid_t me = ::getpid();
    require(::write(ends[1], &me, sizeof me) == sizeof me, "write");
    expect("%d fork %d", me, orphan);
    expect("%d exit 0", me);
    ::_exit(0);
  }
  expect("%d fork %d", self, middle);
  wait_for(middle);
  expect("%d reaped waited %d", middle, self);
  gone.go();
  gone.only_go();
  ::close(ends[1]);
  succeed();
}
