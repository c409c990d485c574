// SA_NOCLDWAIT: the kernel collects the child, as when SIGCHLD is ignored; and in between it is waited for as
// ever.
#include "tracee.hpp"

namespace {

void nothing(int) {}

void wait_by_kernel(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_NOCLDWAIT | SA_RESTART;
  ::sigaction(SIGCHLD, &action, nullptr);
  for (int i = 0; i < 5; ++i) {
    const pid_t child = fork_child([] { return 5; });
    require(::waitpid(child, nullptr, 0) == -1 && errno == ECHILD, "waitpid");
    expect("%d reaped ignored", child);
  }
}

void wait_itself() {
  std::signal(SIGCHLD, SIG_DFL);
  for (int i = 0; i < 5; ++i) {
    const pid_t child = fork_child([] { return 6; });
    wait_for(child);
    expect("%d reaped waited %d", child, ::getpid());
  }
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  for (int turn = 0; turn < 3; ++turn) {
    wait_by_kernel(SIG_DFL);
    wait_itself();
    wait_by_kernel(nothing);
  }
  succeed();
}
