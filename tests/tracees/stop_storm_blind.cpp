// 1,000 times SIGSTOP and SIGCONT without waiting, to a process with threads: signals merge and cancel each
// other, but after the last SIGCONT it runs.
#include <array>
#include <thread>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  expect("ignore signal stop continue");
  Handshake ready, go;
  const pid_t child = ::fork();
  if (child == 0) {
    std::array<std::thread, 3> threads;
    for (auto& thread : threads) thread = std::thread([] { sleep_for_ever(); });
    ready.go();
    go.only_wait();
    go.wait();
    ::_exit(3);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exit 3", child);
  ready.wait();
  for (int i = 0; i < 1000; ++i) {
    ::kill(child, SIGSTOP);
    ::kill(child, SIGCONT);
  }
  go.go();
  require(WEXITSTATUS(wait_for(child)) == 3, "status");
  succeed();
}
