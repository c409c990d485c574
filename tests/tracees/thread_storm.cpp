// 400 threads that come and go, each told once at its birth and once at its end.
#include <thread>
#include <vector>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  for (int round = 0; round < 20; ++round) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 20; ++i) {
      threads.emplace_back([self] {
        const auto tid = static_cast<pid_t>(::syscall(SYS_gettid));
        expect("%d clone %d thread unordered", self, tid);
        expect("%d thread-exit 0 unordered", tid);
      });
    }
    for (auto& thread : threads) thread.join();
  }
  succeed();
}
