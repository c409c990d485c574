// A thread that is not the leader ends the process, with others in system calls.
#include <thread>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    for (int i = 0; i < 4; ++i) std::thread([] { sleep_for_ever(); }).detach();
    std::thread([] { ::_exit(11); }).join();
    ::_exit(97);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exit 11", child);
  require(WEXITSTATUS(wait_for(child)) == 11, "status");
  succeed();
}
