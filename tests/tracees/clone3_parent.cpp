// clone3(2) with CLONE_PARENT: the child is its maker's sibling, and its maker's maker collects it.
#include <csignal>

#include <linux/sched.h>
#include <sys/syscall.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t middle = ::fork();
  if (middle == 0) {
    clone_args args{};
    args.flags = CLONE_PARENT;
    args.exit_signal = 0;  // must be 0: a sibling reports as its maker does
    const auto child = static_cast<pid_t>(::syscall(SYS_clone3, &args, sizeof args));
    if (child == 0) ::_exit(8);
    require(child > 0, "clone3");
    expect("%d clone %d", ::getpid(), child);
    expect("%d exit 8", child);
    expect("%d exit 0", ::getpid());
    ::_exit(0);
  }
  expect("%d fork %d", ::getpid(), middle);
  wait_for(middle);
  int status = 0;
  require(::wait(&status) > 0 && WEXITSTATUS(status) == 8, "sibling");
  succeed();
}
