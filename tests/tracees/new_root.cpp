// chroot(2) before an exec: the path is the one outside, for whoever reads the log.

#include "copy.hpp"
#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) end(6);
  need_root();
  began(argv);
  char exe[512];
  const auto length = ::readlink("/proc/self/exe", exe, sizeof exe - 1);
  require(length > 0, "readlink");
  exe[length] = '\0';
  expect("%d path %s", ::getpid(), exe);
  char here[512], folder[] = "/tmp/ptop-root-XXXXXX", path[64];
  require(::getcwd(here, sizeof here) && ::mkdtemp(folder), "mkdtemp");
  std::snprintf(path, sizeof path, "%s/program", folder);
  copy_program(path);
  const pid_t child = ::fork();
  if (child == 0) {
    require(::chroot(folder) == 0 && ::chdir("/") == 0, "chroot");
    expect("%d exec program again", ::getpid());
    expect("%d path %s", ::getpid(), path);
    ::execl("/program", "program", "again", nullptr);
    ::_exit(errno == ENOENT ? 96 : 127);
  }
  const int status = wait_for(child);
  ::unlink(path);
  ::rmdir(folder);
  expect("%d fork %d", ::getpid(), child);
  require(WEXITSTATUS(status) == 6, "status");
  succeed();
}
