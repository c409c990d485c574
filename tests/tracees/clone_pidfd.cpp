// CLONE_PIDFD, by clone3(2) and by clone(2), which stores it elsewhere. The kernel reports a fork where
// SIGCHLD is the exit signal (kernel/fork.c).
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  int pidfd = -1;
  clone_args args{};
  args.flags = CLONE_PIDFD;
  args.pidfd = reinterpret_cast<std::uint64_t>(&pidfd);
  args.exit_signal = SIGCHLD;
  pid_t child = clone3(args);
  if (child == 0) ::_exit(1);
  expect("%d fork %d", ::getpid(), child);
  expect("%d pidfd %d %d", ::getpid(), child, pidfd);
  expect("%d exit 1", child);
  wait_for(child);

  child = static_cast<pid_t>(::syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, nullptr, &pidfd, nullptr, 0));
  if (child == 0) ::_exit(2);
  require(child > 0, "clone");
  expect("%d fork %d", ::getpid(), child);
  expect("%d pidfd %d %d", ::getpid(), child, pidfd);
  expect("%d exit 2", child);
  wait_for(child);
  succeed();
}
