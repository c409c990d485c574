// A script without #!: the kernel refuses it, execvp(3) gives it to the shell.
#include <sys/stat.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  char path[] = "/tmp/ptop-plain-XXXXXX";
  const int fd = ::mkstemp(path);
  require(fd >= 0 && ::write(fd, "exit 9\n", 7) == 7 && ::fchmod(fd, 0700) == 0, "script");
  ::close(fd);
  const pid_t child = ::fork();
  if (child == 0) {
    ::execlp(path, "x", "word", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec_failed %s ENOEXEC", child, path);
  expect("%d exec /bin/sh %s word", child, path);
  expect("%d exit 9", child);
  wait_for(child);
  ::unlink(path);
  succeed();
}
