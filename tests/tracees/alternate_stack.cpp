// A stack that overflows into a guard page, and a handler on another stack.
#include <sys/resource.h>

#include "tracee.hpp"

namespace {

__attribute__((noinline)) int overflow(int depth) {
  volatile char frame[1024];
  frame[0] = static_cast<char>(depth);
  return depth < 0 ? 0 : overflow(depth + 1) + frame[0];
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit small{256 * 1024, 256 * 1024};
    ::setrlimit(RLIMIT_STACK, &small);
    static char other[64 * 1024];
    const stack_t stack{.ss_sp = other, .ss_flags = 0, .ss_size = sizeof other};
    ::sigaltstack(&stack, nullptr);
    struct sigaction action {};
    action.sa_handler = [](int) { ::_exit(3); };
    action.sa_flags = SA_ONSTACK;
    ::sigaction(SIGSEGV, &action, nullptr);
    ::_exit(overflow(1));
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d signal SIGSEGV", child);
  expect("%d exit 3", child);
  require(WEXITSTATUS(wait_for(child)) == 3, "status");
  succeed();
}
