// execve(2) by a thread that is not the leader: it becomes the leader, all others die.
#include <thread>

#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) {
    expect("%d exec %s again", ::getpid(), argv[0]);
    succeed();
  }
  began(argv);
  std::thread sleeper([] { ::pause(); });
  std::thread caller([&] { ::execl("/proc/self/exe", argv[0], "again", nullptr); });
  ::pause();
  caller.join();
  sleeper.join();
  return 97;
}
