// CLONE_FILES, CLONE_FS, CLONE_IO without CLONE_VM: memory of its own, the rest together.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = clone_with(CLONE_FILES | CLONE_FS | CLONE_IO | CLONE_SYSVSEM);
  if (child == 0) {
    ::close(0);
    ::_exit(::chdir("/proc"));
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d flags %d CLONE_FILES,CLONE_FS,CLONE_IO,CLONE_SYSVSEM SIGCHLD", ::getpid(), child);
  expect("%d exit 0", child);
  wait_for(child);
  char cwd[64];
  require(::getcwd(cwd, sizeof cwd) && std::strcmp(cwd, "/proc") == 0 && ::dup(0) < 0, "shared");
  succeed();
}
