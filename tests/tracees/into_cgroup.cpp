// CLONE_INTO_CGROUP: the directory it was born into.
#include <fcntl.h>
#include <sys/stat.h>

#include "tracee.hpp"

int main(int, char** argv) {
  need_root();
  began(argv);
  char line[1024], mount[256] = "", directory[320];
  FILE* const mounts = std::fopen("/proc/self/mounts", "r");
  while (mounts && std::fgets(line, sizeof line, mounts)) {
    char type[64], where[256];
    if (std::sscanf(line, "%*s %255s %63s", where, type) == 2 && std::strcmp(type, "cgroup2") == 0)
      std::strcpy(mount, where);
  }
  if (mount[0] == '\0') skip("no cgroup v2 here");
  std::snprintf(directory, sizeof directory, "%s/ptop-test-%d", mount, ::getpid());
  if (::mkdir(directory, 0755) != 0) skip("cannot make a control group");
  const int fd = ::open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  clone_args args{};
  args.flags = CLONE_INTO_CGROUP;
  args.exit_signal = SIGCHLD;
  args.cgroup = static_cast<std::uint64_t>(fd);
  const pid_t child = clone3(args);
  const int error_number = errno;
  if (child == 0) ::_exit(7);
  if (child > 0) wait_for(child);
  while (::rmdir(directory) != 0 && errno == EBUSY) ::usleep(1000);
  errno = error_number;
  require(child > 0, "clone3");
  expect("%d fork %d", ::getpid(), child);
  expect("%d cgroup %d %s", ::getpid(), child, directory);
  expect("%d exit 7", child);
  succeed();
}
