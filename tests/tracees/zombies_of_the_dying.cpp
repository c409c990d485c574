// Parents that end without waiting for the children that are dead: whoever adopts those collects them at
// once, or the kernel does for one that ignores SIGCHLD. Their parents did not.
#include <sys/prctl.h>

#include "tracee.hpp"

namespace {

/// Leaves a zombie behind.
void end_before_waiting(const char* collected) {
  const pid_t parent = fork_child([&] {
    ::signal(SIGCHLD, SIG_DFL);
    const pid_t zombie = ::fork();
    if (zombie == 0) ::_exit(3);
    expect("%d fork %d", ::getpid(), zombie);
    siginfo_t info{};
    require(::waitid(P_PID, static_cast<id_t>(zombie), &info, WEXITED | WNOWAIT) == 0, "waitid");
    expect("%d exit 3", zombie);
    expect("%d reaped %s", zombie, collected);
    return 4;
  });
  while (::wait(nullptr) > 0) {
  }
  if (std::strcmp(collected, "adopted") == 0)
    expect("%d reaped ignored", parent);
  else
    expect("%d reaped waited %d", parent, ::getpid());
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  require(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  char by_us[64];
  std::snprintf(by_us, sizeof by_us, "by-adopter %d", ::getpid());
  for (int i = 0; i < 10; ++i) end_before_waiting(by_us);
  ::signal(SIGCHLD, SIG_IGN);
  for (int i = 0; i < 10; ++i) end_before_waiting("adopted");
  succeed();
}
