// daemon(3), and the program ends before its daemon does.
#include <fcntl.h>
#include <sys/prctl.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  const int out = ::dup(STDOUT_FILENO);
  int ends[2];
  require(::pipe2(ends, O_CLOEXEC) == 0, "pipe2");
  std::puts("EXIT-SUCCESS");
  std::fflush(stdout);
  ::prctl(PR_SET_NAME, "daemon");
  require(::daemon(0, 0) == 0, "daemon");  // from here on we are the child
  ::dup2(out, STDOUT_FILENO);
  while (::getppid() == self) ::usleep(500);
  expect("%d fork %d", self, ::getpid());
  expect("%d exit 0", self);
  expect("%d reparent %d %d", ::getpid(), self, ::getppid());
  end(3);
}
