// A program that wants to trace its tracer, and one that is a debugger: neither may, and both go on. Root is
// not asked to try: the kernel lets it, and then the two wait for each other.
#include <sys/ptrace.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const bool may_all = ::geteuid() == 0;
  require(may_all || (::ptrace(PTRACE_SEIZE, ::getppid(), nullptr, nullptr) != 0 && errno == EPERM),
          "PTRACE_SEIZE");
  require(may_all || (::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr) != 0 && errno == EPERM),
          "PTRACE_ATTACH");
  const pid_t debugged = ::fork();
  if (debugged == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(errno == EPERM ? 6 : 97);
    ::_exit(98);
  }
  expect("%d fork %d", ::getpid(), debugged);
  expect("%d exit 6", debugged);
  require(WEXITSTATUS(wait_for(debugged)) == 6, "debugged");
  succeed();
}
