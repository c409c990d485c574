// A vfork(2) child that is stopped, its parent in an uninterruptible wait for it, and continued.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  expect("ignore signal stop continue");  // the first SIGCONT may come before the stop is complete
  const pid_t self = ::getpid();
  int ends[2];
  require(::pipe(ends) == 0, "pipe");
  const pid_t helper = fork_child([&] {
    pid_t stopped = 0;
    require(::read(ends[0], &stopped, sizeof stopped) == sizeof stopped, "read");
    for (char state = 'R'; state != 0 && state != 'Z'; state = state_of(stopped)) {
      if (state == 't' || state == 'T') ::kill(stopped, SIGCONT);
      ::usleep(1000);
    }
    return 0;
  });
  const pid_t child = ::vfork();
  if (child == 0) {
    const pid_t me = ::getpid();
    require(::write(ends[1], &me, sizeof me) == sizeof me, "write");
    ::kill(me, SIGSTOP);
    ::_exit(6);
  }
  expect("%d vfork %d", self, child);
  expect("%d signal SIGSTOP", child);
  expect("%d exit 6", child);
  require(WEXITSTATUS(wait_for(child)) == 6, "status");
  wait_for(helper);
  succeed();
}
