// A filter that kills a thread among others: it goes alone, and the process ends as it wants. One that kills
// the process takes all threads along.
#include <sys/resource.h>
#include <thread>

#include "seccomp_filter.hpp"

namespace {

volatile pid_t doomed = 0;

/// Does what is forbidden in a thread, and stays until that one is gone.
int lose_a_thread(unsigned action) {
  std::thread([action] {
    forbid_getppid(action);
    doomed = static_cast<pid_t>(::syscall(SYS_gettid));
    ::syscall(SYS_getppid);
    ::_exit(97);
  }).detach();
  while (doomed == 0 || state_of(doomed) != 0) ::usleep(200);
  return 5;
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  for (const unsigned action : {SECCOMP_RET_KILL_THREAD, SECCOMP_RET_KILL_PROCESS}) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(lose_a_thread(action));
    const int status = wait_for(child);
    expect("%d fork %d", ::getpid(), child);
    if (action == SECCOMP_RET_KILL_THREAD) {
      require(WIFEXITED(status) && WEXITSTATUS(status) == 5, "the other thread goes on");
      expect("%d exit 5", child);
    } else {
      require(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS, "killed");
      expect("%d killed SIGSYS", child);
    }
  }
  succeed();
}
