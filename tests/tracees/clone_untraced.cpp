// CLONE_UNTRACED: the child is invisible to a tracer, and must not be held by it.
#include <csignal>

#include <linux/sched.h>
#include <sys/syscall.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  clone_args args{};
  args.flags = CLONE_UNTRACED;
  args.exit_signal = SIGCHLD;
  const auto child = static_cast<pid_t>(::syscall(SYS_clone3, &args, sizeof args));
  if (child == 0) ::_exit(4);
  require(child > 0 && WEXITSTATUS(wait_for(child)) == 4, "clone3");
  succeed();
}
