// A thread is born and ends inside one process; the process goes on.
#include <thread>

#include <sys/syscall.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  pid_t tid = 0;
  std::thread thread([&] { tid = static_cast<pid_t>(::syscall(SYS_gettid)); });
  thread.join();
  expect("%d clone %d thread", ::getpid(), tid);
  expect("%d thread-exit 0", tid);
  succeed();
}
