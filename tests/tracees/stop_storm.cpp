// 200 times SIGSTOP and SIGCONT, each seen by the parent before the next.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) sleep_for_ever();
  expect("%d fork %d", ::getpid(), child);
  int status = 0;
  for (int i = 0; i < 200; ++i) {
    ::kill(child, SIGSTOP);
    require(::waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status), "stopped");
    ::kill(child, SIGCONT);
    require(::waitpid(child, &status, WCONTINUED) == child && WIFCONTINUED(status), "continued");
    wait_for_state(child, 'S');  // a SIGSTOP would take away a SIGCONT that was not delivered yet
    for (const char* what : {"signal SIGSTOP", "stop SIGSTOP", "continue", "signal SIGCONT"})
      expect("%d %s", child, what);
  }
  expect("%d killed SIGKILL", child);
  ::kill(child, SIGKILL);
  wait_for(child);
  succeed();
}
