// What a child does to itself before its exec, in order, as --recipe reports it: open, dup2 and close are one
// step.
#include <fcntl.h>
#include <sys/stat.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  expect("ignore exec");
  const pid_t child = ::fork();
  if (child == 0) {
    ::setsid();
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, 0);
    ::close(null);
    require(::chdir("/") == 0, "chdir");
    ::umask(027);
    ::execl("/bin/true", "true", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d recipe setsid open chdir umask", child);
  expect("%d exec true", child);
  expect("%d exit 0", child);
  wait_for(child);
  succeed();
}
