// What a parent gets at the end of a child is the child's maker's choice: nothing, or another signal.
#include "tracee.hpp"

namespace {

/// Field 38 of its stat.
int exit_signal_of(pid_t pid) {
  char path[64], line[1024];
  std::snprintf(path, sizeof path, "/proc/%d/stat", pid);
  std::FILE* const stat = std::fopen(path, "r");
  require(stat && std::fgets(line, sizeof line, stat) != nullptr, "stat");
  std::fclose(stat);
  const char* place = std::strrchr(line, ')');
  for (int field = 2; field < 38; ++field) place = std::strchr(place + 1, ' ');
  return std::atoi(place);
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  const pid_t silent = clone_with(0, 0);
  if (silent == 0) ::_exit(1);
  expect("%d clone %d", self, silent);
  expect("%d flags %d  none", self, silent);
  expect("%d exit 1", silent);
  int status = 0;
  require(::waitpid(silent, &status, __WCLONE) == silent, "waitpid");

  ::signal(SIGUSR1, SIG_IGN);
  const pid_t loud = clone_with(0, SIGUSR1);
  if (loud == 0) ::_exit(2);
  expect("%d clone %d", self, loud);
  expect("%d flags %d  SIGUSR1", self, loud);
  expect("%d exit 2", loud);
  require(::waitpid(loud, &status, __WALL) == loud, "waitpid");
  expect("%d signal SIGUSR1", self);

  Handshake told;
  const pid_t maker = clone_with(0, SIGUSR1);
  if (maker == 0) {
    // As its maker reports, whatever it asks for. After an adoption, or an exec, it would be SIGCHLD.
    const auto sibling = static_cast<pid_t>(::syscall(SYS_clone, CLONE_PARENT | SIGUSR2, 0, 0, 0, 0));
    if (sibling == 0) {
      told.only_wait();
      told.wait();
      ::_exit(3);
    }
    require(sibling > 0, "clone");
    require(exit_signal_of(sibling) == SIGUSR1, "the exit signal of the maker");
    expect("%d clone %d", ::getpid(), sibling);
    expect("%d flags %d CLONE_PARENT SIGUSR1", ::getpid(), sibling);
    expect("%d exit 3", sibling);
    end(4);
  }
  expect("%d clone %d", self, maker);
  expect("%d flags %d  SIGUSR1", self, maker);
  expect("%d signal SIGUSR1", self);
  require(::waitpid(maker, &status, __WALL) == maker, "waitpid");
  told.go();
  expect("%d signal SIGUSR1", self);
  require(::waitpid(-1, &status, __WALL) > 0 && WEXITSTATUS(status) == 3, "the sibling");
  succeed();
}
