// SIGSTOP and SIGCONT: a traced process stays stopped until it is continued, and its parent sees both.
#include <csignal>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    ::raise(SIGSTOP);
    ::_exit(0);
  }
  expect("%d fork %d", ::getpid(), child);
  int status = 0;
  require(::waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status), "stopped");
  expect("%d signal SIGSTOP", child);
  expect("%d stop SIGSTOP", child);
  require(::kill(child, SIGCONT) == 0, "kill");
  require(::waitpid(child, &status, WCONTINUED) == child && WIFCONTINUED(status), "continued");
  expect("%d continue", child);
  expect("%d signal SIGCONT", child);
  expect("%d exit 0", child);
  wait_for(child);
  succeed();
}
