// The leader ends first; the process lives until its last thread does.
#include <thread>

#include <pthread.h>
#include <sys/syscall.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t leader = ::getpid();
  std::thread([leader] {
    const auto tid = static_cast<pid_t>(::syscall(SYS_gettid));
    expect("%d clone %d thread", leader, tid);
    char path[64], line[512];
    std::snprintf(path, sizeof path, "/proc/self/task/%d/stat", leader);
    for (char state = 0; state != 'Z';) {  // until the leader is a zombie, as the kernel itself says
      FILE* const stat = std::fopen(path, "r");
      require(stat && std::fgets(line, sizeof line, stat), path);
      std::fclose(stat);
      state = std::strrchr(line, ')')[2];
      ::sched_yield();
    }
    expect("%d thread-exit 6", tid);
    expect("%d exit 6", leader);
    std::puts("EXIT-SUCCESS");
    std::fflush(stdout);
    ::_exit(6);
  }).detach();
  ::pthread_exit(nullptr);
}
