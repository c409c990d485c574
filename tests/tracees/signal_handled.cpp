// A handled signal is delivered: the handler runs, the program goes on.
#include <csignal>

#include "tracee.hpp"

namespace {
volatile sig_atomic_t seen = 0;
void handler(int) { seen = seen + 1; }
}  // namespace

int main(int, char** argv) {
  began(argv);
  ::signal(SIGUSR1, handler);
  expect("%d signal SIGUSR1", ::getpid());
  ::raise(SIGUSR1);
  require(seen == 1, "handler");
  ::signal(SIGUSR2, SIG_IGN);
  expect("%d signal SIGUSR2", ::getpid());
  ::raise(SIGUSR2);
  succeed();
}
