// A script is run by its interpreter: argv as the kernel rewrote it.
#include <fcntl.h>
#include <sys/stat.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  char path[] = "/tmp/ptop-script-XXXXXX";
  const int fd = ::mkstemp(path);
  require(fd >= 0, "mkstemp");
  const char text[] = "#!/bin/sh -e\nexit 9\n";
  require(::write(fd, text, sizeof text - 1) > 0 && ::fchmod(fd, 0700) == 0, "write");
  ::close(fd);
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl(path, "whatever", "one", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec /bin/sh -e %s one", child, path);
  expect("%d exit 9", child);
  const int status = wait_for(child);
  ::unlink(path);
  require(WEXITSTATUS(status) == 9, "status");
  succeed();
}
