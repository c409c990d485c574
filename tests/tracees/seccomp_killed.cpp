// Deaths by a seccomp filter: of the thread that was alone, and of the process; and a trap that is handled.
#include <sys/resource.h>

#include "seccomp_filter.hpp"

int main(int, char** argv) {
  began(argv);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  for (const unsigned action : {SECCOMP_RET_KILL_THREAD, SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_TRAP}) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::signal(SIGSYS, [](int) { ::_exit(6); });
      forbid_getppid(action);
      ::syscall(SYS_getppid);
      ::_exit(97);
    }
    const int status = wait_for(child);
    expect("%d fork %d", ::getpid(), child);
    if (action == SECCOMP_RET_TRAP) {
      require(WIFEXITED(status) && WEXITSTATUS(status) == 6, "trap");
      expect("%d signal SIGSYS", child);
      expect("%d exit 6", child);
    } else {
      require(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS, "killed");
      expect("%d killed SIGSYS", child);
    }
  }
  succeed();
}
