// SIGKILL for a whole process with threads, some of them inside system calls.
#include <array>
#include <csignal>
#include <thread>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  Handshake ready;
  const pid_t child = ::fork();
  if (child == 0) {
    std::array<std::thread, 3> threads;
    for (auto& thread : threads) thread = std::thread([] { ::pause(); });
    ready.go();
    for (;;) ::getppid();
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d killed SIGKILL", child);
  ready.wait();
  ::kill(child, SIGKILL);
  wait_for(child);
  succeed();
}
