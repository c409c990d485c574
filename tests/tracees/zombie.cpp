// A child that ended and is not waited for yet: its end is told when it happens, not when it is collected.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(3);
  expect("%d fork %d", ::getpid(), child);
  expect("%d exit 3", child);
  siginfo_t info{};
  require(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT) == 0,
          "waitid");  // still a zombie
  const pid_t second = ::fork();
  if (second == 0) ::_exit(4);
  expect("%d fork %d", ::getpid(), second);
  expect("%d exit 4", second);
  wait_for(second);
  wait_for(child);
  succeed();
}
