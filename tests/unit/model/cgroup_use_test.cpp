// From memberships to figures, in made-up trees of both versions and of both at once.
#include "ptop/model/cgroup_use.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::model;
namespace fs = std::filesystem;

namespace {

class Hierarchies {
 public:
  Hierarchies() {
    std::string name = (fs::temp_directory_path() / "ptop-use-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    root_ = name;
  }
  ~Hierarchies() { fs::remove_all(root_); }
  Hierarchies(const Hierarchies&) = delete;
  Hierarchies& operator=(const Hierarchies&) = delete;

  /// Mounts one: `type` cgroup with its controllers, or cgroup2.
  void mount(const std::string& point, const std::string& type, const std::string& options) {
    mounts_ += "30 20 0:" + std::to_string(++device_) + " / " + (root_ / point).string() + " rw - " + type +
               " " + type + " rw," + options + "\n";
  }
  void write(const std::string& file, const std::string& text) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
  }
  CgroupUse use(const std::string& memberships) const {
    auto mounts = procfs::parse_mountinfo(mounts_);
    auto groups = procfs::parse_cgroup(memberships);
    REQUIRE(mounts);
    REQUIRE(groups);
    CgroupUses uses(std::move(*mounts));
    const auto at = uses.add(*groups);
    CHECK(uses.add(*groups) == at);
    CHECK(uses.all().size() == 1);
    return uses.all().at(at);
  }

 private:
  fs::path root_;
  std::string mounts_;
  int device_ = 40;
};

}  // namespace

TEST_CASE("CgroupUses: version 2 has all in one directory", "[model]") {
  Hierarchies h;
  h.mount("cg", "cgroup2", "nsdelegate");
  h.write("cg/a/cgroup.procs", "");
  h.write("cg/a/memory.current", "4096\n");
  h.write("cg/a/memory.max", "8192\n");
  h.write("cg/a/memory.high", "max\n");
  h.write("cg/a/memory.events", "low 0\nhigh 0\nmax 1\noom 1\noom_kill 2\n");
  h.write("cg/a/cpu.stat", "usage_usec 5\nnr_periods 3\nnr_throttled 1\nthrottled_usec 7\n");
  h.write("cg/a/cpu.max", "150000 100000\n");
  h.write("cg/a/pids.current", "12\n");
  h.write("cg/a/pids.max", "max\n");
  h.write("cg/a/cgroup.events", "populated 1\nfrozen 1\n");
  h.write("cg/a/io.stat", "8:0 rbytes=10 wbytes=20 rios=1 wios=1\n8:16 rbytes=1 wbytes=2\n");
  const CgroupUse use = h.use("0::/a\n");
  CHECK(use.memory.current.value == 4096);
  CHECK(use.memory.max.value == 8192U);
  CHECK(use.memory.high.known());
  CHECK_FALSE(use.memory.high.value);
  CHECK(use.memory.events.value.oom_kill == 2U);
  CHECK(use.cpu.usage_ns.value == 5000);
  CHECK(use.cpu.throttled_ns.value == 7000);
  CHECK(cgroup_cpu_percent(use.cpu.max.value) == 150.0);
  CHECK(use.pids.current.value == 12);
  CHECK_FALSE(use.pids.max.value);
  CHECK(use.freezer.state.value == procfs::CgroupFreezer::frozen);
  CHECK(use.io.read_bytes == 11);
  CHECK(use.io.write_bytes == 22);
  CHECK(use.memory.swap.availability == Availability::unsupported);  // its file is not there
}

TEST_CASE("CgroupUses: version 1 has a directory for each controller", "[model]") {
  Hierarchies h;
  h.mount("memory", "cgroup", "memory");
  h.mount("cpu,cpuacct", "cgroup", "cpu,cpuacct");
  h.mount("pids", "cgroup", "pids");
  h.mount("freezer", "cgroup", "freezer");
  h.write("memory/m/memory.usage_in_bytes", "100\n");
  h.write("memory/m/memory.limit_in_bytes", "9223372036854771712\n");
  h.write("memory/m/memory.stat", "cache 1\nswap 3\ntotal_swap 33\n");
  h.write("cpu,cpuacct/c/cpu.stat", "nr_periods 1\nnr_throttled 1\nthrottled_time 9\n");
  h.write("cpu,cpuacct/c/cpu.cfs_quota_us", "-1\n");
  h.write("cpu,cpuacct/c/cpu.cfs_period_us", "100000\n");
  h.write("cpu,cpuacct/c/cpuacct.usage", "77\n");
  h.write("pids/p/pids.current", "4\n");
  h.write("pids/p/pids.max", "5\n");
  h.write("freezer/f/freezer.state", "FROZEN\n");
  const CgroupUse use = h.use("4:memory:/m\n3:cpu,cpuacct:/c\n2:pids:/p\n1:freezer:/f\n");
  CHECK(use.memory.current.value == 100);
  CHECK(use.memory.max.known());
  CHECK_FALSE(use.memory.max.value);
  CHECK(use.memory.swap.value == 33);
  CHECK(use.memory.events.availability == Availability::unsupported);
  CHECK(use.cpu.usage_ns.value == 77);
  CHECK(use.cpu.throttled_ns.value == 9);
  CHECK_FALSE(cgroup_cpu_percent(use.cpu.max.value));
  CHECK(use.pids.current.value == 4);
  CHECK(use.pids.max.value == 5U);
  CHECK(use.freezer.state.value == procfs::CgroupFreezer::frozen);
  CHECK(use.pressure.cpu.availability == Availability::unsupported);
}

TEST_CASE("CgroupUses: with both versions each controller counts where it is", "[model]") {
  Hierarchies h;
  h.mount("pids", "cgroup", "pids");
  h.mount("unified", "cgroup2", "");
  h.write("pids/p/pids.current", "4\n");
  h.write("unified/u/pids.current", "40\n");
  h.write("unified/u/memory.current", "64\n");
  const CgroupUse use = h.use("2:pids:/p\n0::/u\n");
  CHECK(use.pids.current.value == 4);
  CHECK(use.memory.current.value == 64);
}

TEST_CASE("CgroupUses: a group that is gone, and a hierarchy that is not mounted", "[model]") {
  Hierarchies h;
  h.mount("unified", "cgroup2", "");
  h.write("unified/here", "");
  CHECK(h.use("0::/left\n").memory.current.availability == Availability::gone);
  CHECK(h.use("2:pids:/p\n0::/left\n").pids.current.availability == Availability::unsupported);
}
