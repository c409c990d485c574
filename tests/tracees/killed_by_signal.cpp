// Deaths by SIGSEGV (default action), SIGKILL (not to be caught) and SIGTERM.
#include <csignal>

#include <sys/resource.h>

#include "tracee.hpp"

namespace {

void child_that_dies(int signal) {
  const pid_t child = ::fork();
  if (child == 0) {
    for (;;) ::pause();
  }
  expect("%d fork %d", ::getpid(), child);
  if (signal != SIGKILL) expect("%d signal SIG%s", child, sigabbrev_np(signal));
  expect("%d killed SIG%s", child, sigabbrev_np(signal));
  ::kill(child, signal);
  require(WTERMSIG(wait_for(child)) == signal, "signal");
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  child_that_dies(SIGSEGV);
  child_that_dies(SIGKILL);
  child_that_dies(SIGTERM);
  succeed();
}
