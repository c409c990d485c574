// A set-id program gets its owner's rights also when traced by root.
#include <grp.h>
#include <sys/stat.h>

#include "copy.hpp"
#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) {
    expect("%d credentials 65534 54321 65534 54322 1", ::getpid());
    require(::geteuid() == 54321 && ::getegid() == 54322, "rights");
    end(6);
  }
  need_root();
  began(argv);
  expect("%d credentials 0 0 0 0 0", ::getpid());
  char folder[] = "/tmp/ptop-setid-XXXXXX";
  char path[64];
  require(::mkdtemp(folder) && ::chmod(folder, 0755) == 0, "mkdtemp");
  std::snprintf(path, sizeof path, "%s/program", folder);
  copy_program(path);
  require(::chown(path, 54321, 54322) == 0 && ::chmod(path, 06755) == 0, "chmod");
  const pid_t child = ::fork();
  if (child == 0) {
    require(::setgroups(0, nullptr) == 0 && ::setgid(65534) == 0 && ::setuid(65534) == 0, "setuid");
    expect("%d exec program again", ::getpid());
    ::execl(path, "program", "again", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  const int status = wait_for(child);
  ::unlink(path);
  ::rmdir(folder);
  if (WEXITSTATUS(status) == 98) skip("the file system of /tmp ignores set-id bits");
  require(WEXITSTATUS(status) == 6, "status");
  succeed();
}
