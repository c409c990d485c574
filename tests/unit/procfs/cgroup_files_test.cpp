// The files of a cgroup, where its directory is, and reading one.
#include "ptop/procfs/cgroup_files.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;
namespace fs = std::filesystem;

namespace {

/// A directory with files in place of a cgroup, gone at the end of the test.
class Directory {
 public:
  Directory() {
    std::string name = (fs::temp_directory_path() / "ptop-cgroup-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    root_ = name;
    write("cgroup.procs", "");
  }
  ~Directory() { fs::remove_all(root_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  void write(const std::string& file, const std::string& text) const { std::ofstream(root_ / file) << text; }
  CgroupDir open(CgroupDir::Version version) const {
    auto dir = CgroupDir::open(root_.string(), version);
    REQUIRE(dir);
    return std::move(*dir);
  }
  const fs::path& root() const { return root_; }

 private:
  fs::path root_;
};

std::vector<Mount> mounts_of(const std::string& text) {
  auto mounts = parse_mountinfo(text);
  REQUIRE(mounts);
  return std::move(*mounts);
}

}  // namespace

TEST_CASE("parse_cgroup_limit: max, -1 and the largest page count are no limit", "[procfs]") {
  const std::string unlimited = GENERATE("max\n", "-1\n", "9223372036854771712\n", "9223372036854710272\n");
  CHECK(parse_cgroup_limit(unlimited).value() == std::nullopt);
  CHECK(parse_cgroup_limit("1073741824\n").value() == 1073741824U);
  CHECK(parse_cgroup_limit("0\n").value() == 0U);
}

TEST_CASE("parse_cgroup_number: anything but a number is malformed", "[procfs]") {
  const std::string text = GENERATE("", "\n", "max\n", "-1\n", "1 2\n", "18446744073709551616\n");
  CHECK(parse_cgroup_number(text).error().code == Errc::malformed);
  CHECK(parse_cgroup_number("42\n") == 42U);
}

TEST_CASE("parse_cgroup_cpu_max: quota and period", "[procfs]") {
  CHECK_FALSE(parse_cgroup_cpu_max("max 100000\n")->quota_us);
  CHECK(parse_cgroup_cpu_max("50000 100000\n")->quota_us == 50000U);
  CHECK(parse_cgroup_cpu_max("50000 100000\n")->period_us == 100000);
  CHECK_FALSE(parse_cgroup_cpu_max("max\n"));
  CHECK_FALSE(parse_cgroup_cpu_max("x 100000\n"));
}

TEST_CASE("parse_cgroup_cpu_stat: version 2 counts in microseconds, version 1 in nanoseconds", "[procfs]") {
  const auto two = parse_cgroup_cpu_stat(
      "usage_usec 3138417082\nuser_usec 2\nsystem_usec 3\nnice_usec 9\nnr_periods 4\nnr_throttled "
      "5\nthrottled_usec 6\n");
  REQUIRE(two);
  CHECK(two->usage_us == 3138417082U);
  CHECK(two->system_us == 3U);
  CHECK(two->throttled_periods == 5U);
  CHECK(two->throttled_us == 6U);
  const auto one = parse_cgroup_cpu_stat("nr_periods 1\nnr_throttled 2\nthrottled_time 3\n");
  REQUIRE(one);
  CHECK(one->throttled_ns == 3U);
  CHECK_FALSE(one->usage_us);
  CHECK_FALSE(parse_cgroup_cpu_stat("usage_usec x\n"));
}

TEST_CASE("parse_cgroup_memory_stat: of version 1 the sums with all descendants", "[procfs]") {
  const auto two =
      parse_cgroup_memory_stat("anon 1\nfile 2\nkernel 3\nslab 4\npgfault 5\nthp_fault_alloc 6\n");
  REQUIRE(two);
  CHECK(two->anon == 1U);
  CHECK(two->file == 2U);
  CHECK(two->kernel == 3U);
  CHECK(two->slab == 4U);
  CHECK(two->page_faults == 5U);
  const auto one = parse_cgroup_memory_stat(
      "cache 1\nrss 2\nswap 3\nhierarchical_memory_limit 9223372036854771712\ntotal_cache 10\ntotal_rss 20\n"
      "total_swap 30\n");
  REQUIRE(one);
  CHECK(one->file == 10U);
  CHECK(one->anon == 20U);
  CHECK(one->swap == 30U);
}

TEST_CASE("parse_cgroup_memory_events: and cgroup.events, key by key", "[procfs]") {
  const auto events = parse_cgroup_memory_events("low 0\nhigh 1\nmax 2\noom 3\noom_kill 4\n");
  REQUIRE(events);
  CHECK(events->oom_kill == 4U);
  CHECK_FALSE(events->oom_group_kill);
  CHECK(parse_cgroup_events("populated 1\nfrozen 0\n")->populated == 1U);
  CHECK_FALSE(parse_cgroup_events("populated\n"));
}

TEST_CASE("parse_cgroup_io_stat: a row for each device", "[procfs]") {
  const auto io =
      parse_cgroup_io_stat("254:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6 cost.usage=x\n8:16 \n");
  REQUIRE(io);
  REQUIRE(io->size() == 2);
  CHECK((*io)[0].device == DeviceNumber{254, 0});
  CHECK((*io)[0].read_bytes == 1U);
  CHECK((*io)[0].discards == 6U);
  CHECK_FALSE((*io)[1].read_bytes);
  CHECK_FALSE(parse_cgroup_io_stat("x rbytes=1\n"));
  CHECK_FALSE(parse_cgroup_io_stat("8:0 rbytes=x\n"));
}

TEST_CASE("parse_cgroup_io_max: max is no limit", "[procfs]") {
  const auto limits = parse_cgroup_io_max("8:16 rbps=2097152 wbps=max riops=max wiops=120\n");
  REQUIRE(limits);
  CHECK((*limits)[0].read_bytes == 2097152U);
  CHECK_FALSE((*limits)[0].write_bytes);
  CHECK((*limits)[0].writes == 120U);
}

TEST_CASE("parse_cgroup_io_service_bytes: the rows of a device are one", "[procfs]") {
  const auto io = parse_cgroup_io_service_bytes(
      "8:0 Read 1\n8:0 Write 2\n8:0 Sync 3\n8:0 Async 0\n8:0 Discard 4\n8:0 Total 3\n8:16 Read 5\nTotal 8\n");
  REQUIRE(io);
  REQUIRE(io->size() == 2);
  CHECK((*io)[0].read_bytes == 1U);
  CHECK((*io)[0].write_bytes == 2U);
  CHECK((*io)[0].discard_bytes == 4U);
  CHECK((*io)[1].device == DeviceNumber{8, 16});
  CHECK(parse_cgroup_io_service_bytes("Total 0\n")->empty());
  CHECK_FALSE(parse_cgroup_io_service_bytes("8:0 Read x\n"));
}

TEST_CASE("parse_cgroup_procs: sorted, without doubles and strangers", "[procfs]") {
  CHECK(parse_cgroup_procs("30\n0\n7\n30\n").value() == std::vector{Pid(7), Pid(30)});
  CHECK(parse_cgroup_procs("")->empty());
  CHECK_FALSE(parse_cgroup_procs("x\n"));
}

TEST_CASE("cgroup_directory: below the mount that shows the hierarchy", "[procfs]") {
  const auto mounts = mounts_of(
      "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"
      "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
      "40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd\n"
      "35 31 0:32 /docker/abc /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
      "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
  CHECK(cgroup_directory(mounts, {0, "", "/user.slice/a b"}) == "/sys/fs/cgroup/unified/user.slice/a b");
  CHECK(cgroup_directory(mounts, {0, "", "/"}) == "/sys/fs/cgroup/unified");
  CHECK(cgroup_directory(mounts, {3, "cpu,cpuacct", "/x"}) == "/sys/fs/cgroup/cpu,cpuacct/x");
  CHECK(cgroup_directory(mounts, {9, "name=systemd", "/x"}) == "/sys/fs/cgroup/systemd/x");
  CHECK(cgroup_directory(mounts, {5, "memory", "/docker/abc"}) == "/sys/fs/cgroup/memory");
  CHECK(cgroup_directory(mounts, {5, "memory", "/docker/abc/d"}) == "/sys/fs/cgroup/memory/d");
}

TEST_CASE("cgroup_directory: none for what is not mounted or out of sight", "[procfs]") {
  const auto mounts = mounts_of(
      "35 31 0:32 /docker/abc /mem rw - cgroup cgroup rw,memory\n41 31 0:38 / /two rw - cgroup2 cgroup2 "
      "rw\n");
  CHECK_FALSE(cgroup_directory(mounts, {5, "memory", "/docker/abcd"}));
  CHECK_FALSE(cgroup_directory(mounts, {5, "memory", "/"}));
  CHECK_FALSE(cgroup_directory(mounts, {4, "pids", "/"}));
  CHECK_FALSE(cgroup_directory(mounts, {0, "", "/../x"}));
}

TEST_CASE("CgroupDir: version 2 under its names", "[procfs]") {
  const Directory directory;
  directory.write("memory.current", "5\n");
  directory.write("memory.max", "max\n");
  directory.write("cpu.max", "1000 2000\n");
  directory.write("cgroup.events", "populated 1\nfrozen 0\n");
  directory.write("cgroup.freeze", "1\n");
  directory.write("memory.pressure", "some avg10=1.00 avg60=0.00 avg300=0.00 total=0\n");
  auto dir = directory.open(CgroupDir::Version::v2);
  CHECK(dir.read_memory_current() == 5U);
  CHECK(dir.read_memory_max().value() == std::nullopt);
  CHECK(dir.read_cpu_max()->quota_us == 1000U);
  CHECK(dir.read_freezer() == CgroupFreezer::freezing);
  CHECK(dir.read_pressure(PressureResource::memory)->some->avg10 == 1);
  CHECK(dir.read_procs()->empty());
}

TEST_CASE("CgroupDir: version 1 under its names", "[procfs]") {
  const Directory directory;
  directory.write("memory.usage_in_bytes", "5\n");
  directory.write("memory.limit_in_bytes", "6\n");
  directory.write("cpu.cfs_quota_us", "-1\n");
  directory.write("cpu.cfs_period_us", "100000\n");
  directory.write("freezer.state", "FROZEN\n");
  directory.write("blkio.throttle.io_service_bytes", "8:0 Read 1\nTotal 1\n");
  directory.write("cpuacct.usage", "77\n");
  auto dir = directory.open(CgroupDir::Version::v1);
  CHECK(dir.read_memory_current() == 5U);
  CHECK(dir.read_memory_max().value() == 6U);
  CHECK_FALSE(dir.read_cpu_max()->quota_us);
  CHECK(dir.read_cpu_max()->period_us == 100000);
  CHECK(dir.read_freezer() == CgroupFreezer::frozen);
  CHECK(dir.read_io_stat()->size() == 1);
  CHECK(dir.read_cpuacct_usage() == 77U);
}

TEST_CASE("CgroupDir: a file that is not there is unsupported, a cgroup that is not there is gone",
          "[procfs]") {
  const Directory directory;
  auto dir = directory.open(CgroupDir::Version::v2);
  CHECK(dir.read_memory_current().error().code == Errc::unsupported);
  fs::remove(directory.root() / "cgroup.procs");
  CHECK(dir.read_memory_current().error().code == Errc::gone);
  CHECK(CgroupDir::open(directory.root().string() + "/none", CgroupDir::Version::v2).error().code ==
        Errc::gone);
}
