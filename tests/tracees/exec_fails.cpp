// execve(2) of what is not there: the child is still itself, and says so with 127.
#include <cerrno>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl("/nonexistent/program", "program", nullptr);
    ::_exit(errno == ENOENT ? 127 : 1);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exit 127", child);
  wait_for(child);
  succeed();
}
