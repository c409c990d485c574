// What children were made to end with is not for another program: after their parent's exec they end with
// SIGCHLD, and where that one is ignored nobody need wait for them.
#include "tracee.hpp"

namespace {

/// That ends when there is a byte for it.
void make_child_ending_with(int exit_signal, int input) {
  const pid_t child = clone_with(0, exit_signal);
  if (child == 0) {
    char byte;
    require(::read(input, &byte, 1) == 1, "read");
    ::_exit(3);
  }
  require(child > 0, "clone3");
  expect("%d clone %d", ::getpid(), child);
  expect("%d exit 3", child);
  expect("%d reaped ignored", child);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) {
    require(::write(std::atoi(argv[1]), "ggg", 3) == 3, "write");
    require(::waitpid(-1, nullptr, __WALL) == -1 && errno == ECHILD, "no child to wait for");
    succeed();
  }
  began(argv);
  ::signal(SIGCHLD, SIG_IGN);
  int ends[2];
  require(::pipe(ends) == 0, "pipe");
  for (const int exit_signal : {SIGUSR1, 0, SIGRTMIN}) make_child_ending_with(exit_signal, ends[0]);
  char output[12];
  std::snprintf(output, sizeof output, "%d", ends[1]);
  expect("%d exec %s %s", ::getpid(), argv[0], output);
  ::execl("/proc/self/exe", argv[0], output, nullptr);
  require(false, "execl");
}
