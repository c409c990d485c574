// abort(3): SIGABRT from the process itself.
#include <sys/resource.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  const pid_t child = ::fork();
  if (child == 0) std::abort();
  expect("%d fork %d", ::getpid(), child);
  expect("%d signal SIGABRT", child);
  expect("%d sender SIGABRT SI_TKILL %d", child, child);
  expect("%d killed SIGABRT", child);
  wait_for(child);
  succeed();
}
