// Without a subreaper of its own a tree's orphans go to whoever the machine has for that.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  Handshake gone, done;
  const pid_t middle = ::fork();
  if (middle == 0) {
    const pid_t maker = ::getpid();
    const pid_t orphan = ::fork();
    if (orphan == 0) {
      while (::getppid() == maker) ::usleep(500);
      expect("%d reparent %d %d", ::getpid(), maker, ::getppid());
      expect("%d exit 5", ::getpid());
      done.go();
      ::_exit(5);
    }
    expect("%d fork %d", maker, orphan);
    end(0);
  }
  expect("%d fork %d", ::getpid(), middle);
  wait_for(middle);
  done.only_wait();
  done.wait();
  succeed();
}
