// Eight threads exec at once: one of them becomes the process, the others die, nothing else is told.
#include <array>
#include <atomic>
#include <thread>

#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) {
    expect("%d exec %s %s", ::getpid(), argv[0], argv[1]);
    end(5);
  }
  began(argv);
  for (int round = 0; round < 5; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      std::array<std::thread, 8> threads;
      std::atomic<bool> go{false};
      for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i] = std::thread([&, i] {
          const char number[] = {static_cast<char>('0' + i), '\0'};
          while (!go) ::sched_yield();
          ::execl("/proc/self/exe", argv[0], number, nullptr);
        });
      }
      go = true;
      sleep_for_ever();
    }
    expect("%d fork %d", ::getpid(), child);
    require(WEXITSTATUS(wait_for(child)) == 5, "status");
  }
  succeed();
}
