// Threads that fork at the same time: each child is told once, by the thread that made it.
#include <array>
#include <thread>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  std::array<std::thread, 4> threads;
  for (auto& thread : threads) {
    thread = std::thread([self] {
      for (int i = 0; i < 25; ++i) {
        const pid_t child = ::fork();
        if (child == 0) ::_exit(2);
        expect("%d fork %d unordered", self, child);
        expect("%d exit 2", child);
        wait_for(child);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  succeed();
}
