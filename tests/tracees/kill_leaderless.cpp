// SIGKILL for a process whose leader is a zombie while its threads live.
#include <pthread.h>
#include <thread>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    std::thread([] { sleep_for_ever(); }).detach();
    std::thread([] {
      for (;;) ::getppid();
    }).detach();
    ::pthread_exit(nullptr);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d killed SIGKILL", child);
  wait_for_state(child, 'Z');
  ::kill(child, SIGKILL);
  require(WTERMSIG(wait_for(child)) == SIGKILL, "status");
  succeed();
}
