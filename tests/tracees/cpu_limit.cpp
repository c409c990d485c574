// RLIMIT_CPU: SIGXCPU at the soft limit, which a handler survives, and SIGKILL at the hard one a second
// later.
#include <sys/resource.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit limit{1, 2}, no_core{0, 0};
    ::setrlimit(RLIMIT_CPU, &limit);
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::signal(SIGXCPU, [](int) {});
    for (volatile bool on = true; on;) {
    }
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d signal SIGXCPU", child);
  expect("%d killed SIGKILL", child);
  expect("%d cpu-ns 900000000 5000000000", child);
  require(WTERMSIG(wait_for(child)) == SIGKILL, "status");
  succeed();
}
