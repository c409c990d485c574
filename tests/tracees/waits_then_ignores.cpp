// Who ignores SIGCHLD only after it has waited for a child did wait for that one.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  require(::sigprocmask(SIG_BLOCK, &set, nullptr) == 0, "sigprocmask");  // it does not stop at its delivery
  for (int i = 0; i < 300; ++i) {
    std::signal(SIGCHLD, SIG_DFL);
    const pid_t child = ::fork();
    if (child == 0) ::_exit(3);
    require(::waitpid(child, nullptr, 0) == child, "waitpid");
    std::signal(SIGCHLD, SIG_IGN);
    expect("%d fork %d", ::getpid(), child);
    expect("%d exit 3", child);
    expect("%d reaped waited %d", child, ::getpid());
  }
  succeed();
}
