// A child that ended and is not waited for yet: its end is told when it happens, and when it is collected,
// and by whom. The kernel collects the children of who ignores SIGCHLD.
#include <csignal>

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
  expect("%d reaped waited %d", second, ::getpid());
  wait_for(child);
  expect("%d reaped waited %d", child, ::getpid());

  ::signal(SIGCHLD, SIG_IGN);
  const pid_t third = ::fork();
  if (third == 0) ::_exit(5);
  expect("%d fork %d", ::getpid(), third);
  expect("%d exit 5", third);
  expect("%d reaped ignored", third);
  require(::wait(nullptr) == -1, "a child that nobody collects");  // returns when the last one is gone
  succeed();
}
