// A program that uses ptrace(2): who is traced already cannot be traced again, and says so; nobody hangs.
#include <sys/ptrace.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t asks = fork_child([] { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) < 0 ? 1 : 97; });
  require(WEXITSTATUS(wait_for(asks)) == 1, "PTRACE_TRACEME");
  const pid_t sleeper = ::fork();
  if (sleeper == 0) sleep_for_ever();
  expect("%d fork %d", ::getpid(), sleeper);
  require(::ptrace(PTRACE_ATTACH, sleeper, nullptr, nullptr) < 0 && errno == EPERM, "PTRACE_ATTACH");
  require(::ptrace(PTRACE_SEIZE, sleeper, nullptr, nullptr) < 0 && errno == EPERM, "PTRACE_SEIZE");
  expect("%d killed SIGKILL", sleeper);
  ::kill(sleeper, SIGKILL);
  wait_for(sleeper);
  succeed();
}
