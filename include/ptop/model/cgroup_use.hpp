// What the control groups of a task use and may use: read from the groups themselves, once per group and
// scan.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ptop/model/fact.hpp"
#include "ptop/procfs/cgroup_files.hpp"

namespace ptop::model {

/// Of the group, all its processes and all groups below it together; limits are its own (one of a group
/// above may be lower). `unsupported`: the controller is not enabled for this group, it is the root, its
/// hierarchy is not mounted where we can see it. Bytes; a limit of nullopt: none.
struct CgroupMemory {
  std::string directory;  ///< that was read; empty: none
  Fact<std::uint64_t> current, swap;
  Fact<std::optional<std::uint64_t>> max, high, swap_max;  ///< high, swap_max: version 2
  Fact<procfs::CgroupMemoryEvents> events;                 ///< version 2
};
struct CgroupCpu {
  std::string directory;
  Fact<std::uint64_t> usage_ns;
  Fact<procfs::CgroupCpuLimit> max;
  Fact<std::uint64_t> weight;  ///< 1 to 10000, 100 is ordinary; version 1: shares, 1024 is ordinary
  Fact<std::uint64_t> throttled_ns, throttled_periods, periods;
};
struct CgroupPids {
  std::string directory;
  Fact<std::uint64_t> current;
  Fact<std::optional<std::uint64_t>> max;
};
struct CgroupIoUse {
  std::string directory;
  Fact<std::vector<procfs::CgroupIo>> devices;
  std::uint64_t read_bytes = 0, write_bytes = 0;  ///< of all devices
};
/// Of version 2.
struct CgroupPressures {
  std::string directory;
  Fact<procfs::Pressure> cpu, memory, io;
};
struct CgroupFreeze {
  std::string directory;
  Fact<procfs::CgroupFreezer> state;
};

/// The groups of one task, put together: in version 1 each controller has a hierarchy of its own.
struct CgroupUse {
  CgroupMemory memory;
  CgroupCpu cpu;
  CgroupPids pids;
  CgroupIoUse io;
  CgroupFreeze freezer;
  CgroupPressures pressure;
};

/// The quota as per cent of one CPU: 150 is one and a half. nullopt: none.
std::optional<double> cgroup_cpu_percent(const procfs::CgroupCpuLimit& limit);
std::string_view cgroup_freezer_name(procfs::CgroupFreezer state);  ///< "thawed", "freezing", "frozen"

/// Reads each group once, however many tasks are in it. `mounts`: of the process that reads; `machine_root`:
/// Reader::machine_root().
class CgroupUses {
 public:
  explicit CgroupUses(std::vector<procfs::Mount> mounts, std::string machine_root = "")
      : mounts_(std::move(mounts)), machine_root_(std::move(machine_root)) {}
  /// Position in all() of what these memberships come to.
  std::uint32_t add(const std::vector<procfs::CgroupMembership>& memberships);
  const std::vector<CgroupUse>& all() const { return uses_; }
  std::vector<CgroupUse> take() && { return std::move(uses_); }

 private:
  struct Group {
    std::string directory;
    procfs::CgroupDir::Version version{};
  };
  Group group_of(const std::vector<procfs::CgroupMembership>& memberships, std::string_view controller) const;
  template <class Part>
  const Part& read_once(std::map<std::string, Part>& cache, const Group& group);
  Result<procfs::CgroupDir> open(const Group& group) const;
  Fact<std::uint64_t> cpuacct_usage(const Group& group) const;

  std::vector<procfs::Mount> mounts_;
  std::string machine_root_;
  std::vector<CgroupUse> uses_;
  std::map<std::string, std::uint32_t> known_;  ///< by the memberships as text
  std::map<std::string, CgroupMemory> memory_;  ///< these by directory
  std::map<std::string, CgroupCpu> cpu_;
  std::map<std::string, CgroupPids> pids_;
  std::map<std::string, CgroupIoUse> io_;
  std::map<std::string, CgroupFreeze> freezer_;
  std::map<std::string, CgroupPressures> pressure_;
};

}  // namespace ptop::model
