// Rights that come with a file (capabilities): the ids stay, the program is told that it must take care.
#include <grp.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include "copy.hpp"
#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) {
    expect("%d credentials 65534 65534 65534 65534 1", ::getpid());
    expect("%d capabilities-gained CAP_NET_RAW", ::getpid());
    end(6);
  }
  need_root();
  began(argv);
  expect("%d credentials 0 0 0 0 0", ::getpid());
  char folder[] = "/tmp/ptop-caps-XXXXXX";
  char path[64];
  require(::mkdtemp(folder) && ::chmod(folder, 0755) == 0, "mkdtemp");
  std::snprintf(path, sizeof path, "%s/program", folder);
  copy_program(path);
  vfs_cap_data data{};
  data.magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE;
  data.data[0].permitted = 1U << CAP_NET_RAW;
  const bool given = ::setxattr(path, "security.capability", &data, XATTR_CAPS_SZ_2, 0) == 0;
  const pid_t child = given ? ::fork() : -1;
  if (child == 0) {
    require(::setgroups(0, nullptr) == 0 && ::setgid(65534) == 0 && ::setuid(65534) == 0, "setuid");
    expect("%d exec program again", ::getpid());
    ::execl(path, "program", "again", nullptr);
    ::_exit(127);
  }
  const int status = given ? wait_for(child) : 0;
  ::unlink(path);
  ::rmdir(folder);
  if (!given) skip("the file system of /tmp keeps no capabilities");
  expect("%d fork %d", ::getpid(), child);
  require(WEXITSTATUS(status) == 6, "status");
  succeed();
}
