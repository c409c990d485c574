// chdir(2) before an exec, and a root of its own: paths as the reader of the log sees them.
#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) return 3;
  began(argv);
  char here[512];
  require(::getcwd(here, sizeof here) != nullptr, "getcwd");
  expect("%d cwd %s", ::getpid(), here);
  const pid_t child = ::fork();
  if (child == 0) {
    require(::chdir("/proc") == 0, "chdir");
    ::execl("/bin/true", "true", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec true", child);
  expect("%d cwd /proc", child);
  expect("%d exit 0", child);
  wait_for(child);
  succeed();
}
