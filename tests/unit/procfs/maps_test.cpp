// The mappings of a process, one by one and summed.
#include "ptop/procfs/maps.hpp"

#include "ptop/procfs/smaps_rollup.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

namespace {

Mapping only_mapping(const std::string& name) {
  const auto maps =
      parse_maps("7fec1afa6000-7fec1afa8000 r--p 00000000 fe:00 42                         " + name + "\n");
  REQUIRE(maps);
  REQUIRE(maps->size() == 1);
  return maps->front();
}

}  // namespace

TEST_CASE("parse_maps: range, permissions, offset, device, inode, path", "[procfs]") {
  const auto maps = parse_maps(
      "563345396000-563345457000 r-xp 0002f000 fe:00 247101                     /usr/bin/bash\n"
      "7fbac2e02000-7fbac2e04000 rw-s 00000000 00:00 0 \n"
      "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]\n");
  REQUIRE(maps);
  REQUIRE(maps->size() == 3);
  const Mapping& text = (*maps)[0];
  CHECK(text.start == TraceeAddr(0x563345396000));
  CHECK(text.end == TraceeAddr(0x563345457000));
  CHECK(text.size() == 0xc1000);
  CHECK(text.readable);
  CHECK_FALSE(text.writable);
  CHECK(text.executable);
  CHECK_FALSE(text.shared);
  CHECK(text.offset == 0x2f000);
  CHECK(text.device == DeviceNumber{0xfe, 0});
  CHECK(text.inode == 247101);
  CHECK(text.kind == MappingKind::file);
  CHECK(text.path == "/usr/bin/bash");
  CHECK((*maps)[1].kind == MappingKind::anonymous);
  CHECK((*maps)[1].shared);
  CHECK((*maps)[2].start == TraceeAddr(0xffffffffff600000));
}

TEST_CASE("parse_maps: kinds by the form of the name", "[procfs]") {
  const auto [name, kind] =
      GENERATE(table<std::string, MappingKind>({{"", MappingKind::anonymous},
                                                {"/a", MappingKind::file},
                                                {"/memfd:x (deleted)", MappingKind::file},
                                                {"[heap]", MappingKind::heap},
                                                {"[stack]", MappingKind::stack},
                                                {"[stack:123]", MappingKind::stack},
                                                {"[anon:arena]", MappingKind::named},
                                                {"[anon_shmem:arena]", MappingKind::named},
                                                {"[vdso]", MappingKind::special},
                                                {"[vvar_vclock]", MappingKind::special},
                                                {"anon_inode:[io_uring]", MappingKind::other},
                                                {"socket:[12]", MappingKind::other},
                                                {"[odd", MappingKind::other}}));
  CHECK(only_mapping(name).kind == kind);
}

TEST_CASE("parse_maps: names keep their blanks, lose the kernel's mark and escape", "[procfs]") {
  const Mapping deleted = only_mapping("/tmp/m\\012ap (deleted)");
  CHECK(deleted.path == "/tmp/m\nap");
  CHECK(deleted.deleted);
  CHECK(only_mapping("/a  b ").path == "/a  b ");
  CHECK(only_mapping("/back\\slash\\040").path == "/back\\slash\\040");
  CHECK(only_mapping("[anon:my name]").path == "my name");
  CHECK(only_mapping("[anon:]").path.empty());
}

TEST_CASE("parse_maps: a kernel thread has none", "[procfs]") {
  const auto maps = parse_maps("");
  REQUIRE(maps);
  CHECK(maps->empty());
}

TEST_CASE("parse_maps: a line cut short or out of range is malformed", "[procfs]") {
  const std::string text = GENERATE(
      "\n", "1000\n", "1000-2000\n", "1000-2000 r--p\n", "1000-2000 r--p 0\n", "1000-2000 r--p 0 fe:00\n",
      "2000-1000 r--p 0 fe:00 1\n", "1000-2000 r- 0 fe:00 1\n", "1000-2000 r--p 0 fe 1\n",
      "1000-10000000000000000 r--p 0 fe:00 1\n", "1000-2000 r--p 0 fe:00 18446744073709551616\n");
  CHECK(parse_maps(text).error().code == Errc::malformed);
}

TEST_CASE("parse_smaps_rollup: sums in bytes, the range line passed over", "[procfs]") {
  const auto s = parse_smaps_rollup(
      "563345367000-7fff208ff000 ---p 00000000 00:00 0                          [rollup]\n"
      "Rss:                2236 kB\nPss:                 401 kB\nPss_Dirty:           323 kB\n"
      "Shared_Clean:       1764 kB\nPrivate_Clean:         8 kB\nPrivate_Dirty:       240 kB\n"
      "Private_Hugetlb:    2048 kB\nSwapPss:               1 kB\nLocked:                2 kB\n");
  REQUIRE(s);
  CHECK(s->rss == 2236U * 1024);
  CHECK(s->pss == 401U * 1024);
  CHECK(s->pss_dirty == 323U * 1024);
  CHECK(s->shared_clean == 1764U * 1024);
  CHECK(s->swap_pss == 1024U);
  CHECK(s->locked == 2048U);
  CHECK(s->uss() == (8U + 240 + 2048) * 1024);
}

TEST_CASE("parse_smaps_rollup: before Linux 5.3 the proportional share is not split", "[procfs]") {
  const auto s = parse_smaps_rollup("Rss: 1 kB\nPss: 1 kB\n");
  REQUIRE(s);
  CHECK_FALSE(s->pss_anon);
  CHECK_FALSE(s->uss());
}

TEST_CASE("parse_smaps_rollup: without Rss and Pss, or with an odd number, it is malformed", "[procfs]") {
  const std::string text = GENERATE("", "Rss: 1 kB\n", "Rss: 1\nPss: 1 kB\n", "Rss: 1 kB\nPss: x kB\n",
                                    "Rss: 1 kB\nPss: 18446744073709551615 kB\n");
  CHECK(parse_smaps_rollup(text).error().code == Errc::malformed);
}
