// Deaths by a seccomp filter: of the thread that was alone, and of the process; and a trap that is handled.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <cstddef>

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

}  // namespace

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
