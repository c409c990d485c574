// SIGSTOP and SIGCONT: a traced process stays stopped until it is continued, and its parent sees both.
#include <csignal>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  int pipe[2];
  require(::pipe(pipe) == 0, "pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(pipe[1]);
    ::raise(SIGSTOP);
    // It stays until its parent has seen that it goes on.
    char none = 0;
    ::_exit(::read(pipe[0], &none, 1) == 0 ? 0 : 1);
  }
  ::close(pipe[0]);
  expect("%d fork %d", ::getpid(), child);
  int status = 0;
  require(::waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status), "stopped");
  expect("%d signal SIGSTOP", child);
  expect("%d stop SIGSTOP", child);
  require(::kill(child, SIGCONT) == 0, "kill");
  require(::waitpid(child, &status, WCONTINUED) == child && WIFCONTINUED(status), "continued");
  ::close(pipe[1]);
  expect("%d continue", child);
  expect("%d signal SIGCONT", child);
  expect("%d exit 0", child);
  wait_for(child);
  succeed();
}
