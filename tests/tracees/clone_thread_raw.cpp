// clone(2) as a threads library does it, with the least it takes: CLONE_VM, CLONE_SIGHAND, CLONE_THREAD.
#include <sched.h>

#include "tracee.hpp"

namespace {

volatile bool ended = false;
int run(void*) {
  ended = true;
  ::syscall(SYS_exit, 3);
  return 0;
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  alignas(16) static char stack[64 * 1024];
  const int tid = ::clone(run, stack + sizeof stack, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, nullptr);
  require(tid > 0, "clone");
  expect("%d clone %d thread", ::getpid(), tid);
  expect("%d flags %d CLONE_SIGHAND,CLONE_THREAD,CLONE_VM none", ::getpid(), tid);
  expect("%d thread-exit 3", tid);
  while (!ended) ::sched_yield();
  while (state_of(tid) != 0) ::sched_yield();
  succeed();
}
