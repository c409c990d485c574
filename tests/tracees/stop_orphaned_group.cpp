// A stopped process whose group is orphaned gets SIGHUP and SIGCONT from the kernel.
#include <sys/prctl.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  ::signal(SIGHUP, SIG_DFL);  // whatever nohup(1) or the like had made of it
  const pid_t self = ::getpid();
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  const pid_t middle = ::fork();
  if (middle == 0) {
    ::setsid();
    const pid_t child = ::fork();
    if (child == 0) {
      ::setpgid(0, 0);
      ::raise(SIGSTOP);
      ::_exit(0);
    }
    expect("%d fork %d", ::getpid(), child);
    int status = 0;
    require(::waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status), "stopped");
    expect("%d signal SIGSTOP", child);
    expect("%d stop SIGSTOP", child);
    expect("%d signal SIGHUP unordered", child);
    expect("%d reparent %d %d unordered", child, ::getpid(), ::getppid());
    expect("%d killed SIGHUP", child);
    end(0);
  }
  // SIGCONT may find it dead of SIGHUP already.
  expect("ignore signal continue");
  expect("%d fork %d", self, middle);
  wait_for(middle);
  int status = 0;
  require(::wait(&status) > 0 && WTERMSIG(status) == SIGHUP, "status");
  succeed();
}
