// One stop for a process with threads, whichever of them the signal reached; then SIGKILL while it is
// stopped.
#include <array>
#include <thread>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  Handshake ready;
  const pid_t child = ::fork();
  if (child == 0) {
    std::array<std::thread, 8> threads;
    for (auto& thread : threads)
      thread = std::thread([] {
        for (;;) ::getppid();
      });
    ready.go();
    sleep_for_ever();
  }
  expect("%d fork %d", ::getpid(), child);
  ready.wait();
  ::kill(child, SIGSTOP);
  int status = 0;
  require(::waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status), "stopped");
  expect("%d signal SIGSTOP", child);
  expect("%d stop SIGSTOP", child);
  expect("%d killed SIGKILL", child);
  ::kill(child, SIGKILL);
  require(WTERMSIG(wait_for(child)) == SIGKILL, "status");
  succeed();
}
