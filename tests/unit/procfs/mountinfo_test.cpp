// parse_mountinfo.
#include "ptop/procfs/mountinfo.hpp"

#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

TEST_CASE("parse_mountinfo: every field, the escapes undone", "[procfs]") {
  const auto mounts = parse_mountinfo(
      "67 45 0:40 /sub\\134dir /tmp/m\\040t\\012x# rw,relatime shared:1 master:2 propagate_from:3 unbindable "
      "new:4 - "
      "tmpfs sp\\040ace rw,size=4k\n"
      "27 1 254:0 / / rw - ext4 /dev/vda rw\n");
  REQUIRE(mounts);
  REQUIRE(mounts->size() == 2);
  const Mount& m = (*mounts)[0];
  CHECK(m.id == 67);
  CHECK(m.parent == 45);
  CHECK(m.device == DeviceNumber{0, 40});
  CHECK(m.root == "/sub\\dir");
  CHECK(m.point == "/tmp/m t\nx#");
  CHECK(m.options == "rw,relatime");
  CHECK(m.shared == 1U);
  CHECK(m.master == 2U);
  CHECK(m.propagate_from == 3U);
  CHECK(m.unbindable);
  CHECK(m.type == "tmpfs");
  CHECK(m.source == "sp ace");
  CHECK(m.super_options == "rw,size=4k");
  CHECK((*mounts)[1].device == DeviceNumber{254, 0});
  CHECK_FALSE((*mounts)[1].shared);
}

TEST_CASE("parse_mountinfo: an empty source is a field", "[procfs]") {
  const auto mounts = parse_mountinfo("1 1 0:1 / /mnt rw - tmpfs  rw,inode64\n");
  REQUIRE(mounts);
  CHECK((*mounts)[0].source.empty());
  CHECK((*mounts)[0].super_options == "rw,inode64");
}

TEST_CASE("parse_mountinfo: what is no escape stays", "[procfs]") {
  const auto mounts = parse_mountinfo("1 1 0:1 /\\04 /\\400\\08a\\ rw - tmpfs \\ rw\n");
  REQUIRE(mounts);
  CHECK((*mounts)[0].root == "/\\04");
  CHECK((*mounts)[0].point == "/\\400\\08a\\");
  CHECK((*mounts)[0].source == "\\");
}

TEST_CASE("parse_mountinfo: a line without its parts is malformed", "[procfs]") {
  const std::string text =
      GENERATE("\n", "1 1 0:1 / /\n", "1 1 0:1 / / rw\n", "1 1 0:1 / / rw -\n", "1 1 01 / / rw - a b c\n",
               "x 1 0:1 / / rw - a b c\n", "1 1 0:1 / / rw shared:x - a b c\n", "1 1 0:1  / rw - a b c\n");
  CHECK(parse_mountinfo(text).error().code == Errc::malformed);
}

TEST_CASE("has_mount_option: a whole word only", "[procfs]") {
  CHECK(has_mount_option("rw,cpu,cpuacct", "cpu"));
  CHECK(has_mount_option("rw,cpuacct", "cpuacct"));
  CHECK_FALSE(has_mount_option("rw,cpuacct", "cpu"));
  CHECK_FALSE(has_mount_option("", "cpu"));
}
