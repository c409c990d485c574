// Names looked up, or not.
#include "ptop/procfs/lookup.hpp"

#include <sys/stat.h>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

namespace {

Mount mount_at(std::string point, std::string type) {
  Mount mount;
  mount.point = std::move(point);
  mount.type = std::move(type);
  return mount;
}

}  // namespace

TEST_CASE("asks_others: servers and other machines, not disks and memory", "[procfs]") {
  for (const char* type : {"fuse", "fuse.sshfs", "fuseblk", "nfs4", "cifs", "9p", "autofs"})
    CHECK(asks_others(type));
  for (const char* type : {"ext4", "tmpfs", "overlay", "btrfs", "proc", "fusectl", "nfsd"})
    CHECK_FALSE(asks_others(type));
}

TEST_CASE("look_up: a file, and nothing", "[procfs]") {
  const std::vector<Mount> mounts{mount_at("/", "ext4")};
  struct stat self {};
  REQUIRE(::stat("/proc/self/exe", &self) == 0);
  const auto found = look_up("/proc/self/exe", "/proc/self/exe", mounts);
  REQUIRE(found);
  CHECK(found->inode == self.st_ino);
  CHECK(look_up("/no such file", "/no such file", mounts).error().code == Errc::gone);
}

TEST_CASE("look_up: below a mount that asks others only what is cached", "[procfs]") {
  // A name nobody asked for before is in no cache; a magic link of /proc is never found there.
  const char* const path = "/proc/self/root/no such file either";
  const std::vector<Mount> mounts{mount_at("/", "ext4"), mount_at("/remote", "nfs4"),
                                  mount_at("/remote/disk", "ext4"), mount_at("/over", "ext4"),
                                  mount_at("/over", "fuse.sshfs")};
  CHECK(look_up(path, "/remote/file", mounts).error().code == Errc::timeout);
  CHECK(look_up(path, "/over", mounts).error().code == Errc::timeout);
  CHECK(look_up(path, "/remote/disk/file", mounts).error().code == Errc::gone);
  CHECK(look_up(path, "/remoteness", mounts).error().code == Errc::gone);
}
