// A filter that kills a thread among others: it goes alone, and the process ends as it wants. One that kills
// the process takes all threads along.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <cstddef>
#include <thread>

#include "tracee.hpp"

namespace {

void forbid_getppid(unsigned action) {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{4, program};
  require(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
  require(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0, "seccomp");
}

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
