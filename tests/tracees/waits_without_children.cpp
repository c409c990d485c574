// SA_NOCLDWAIT: the kernel collects the child, as when SIGCHLD is ignored.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  action.sa_flags = SA_NOCLDWAIT;
  ::sigaction(SIGCHLD, &action, nullptr);
  for (int i = 0; i < 5; ++i) {
    const pid_t child = fork_child([] { return 5; });
    require(::waitpid(child, nullptr, 0) == -1 && errno == ECHILD, "waitpid");
    expect("%d reaped ignored", child);
  }
  succeed();
}
