// From memberships to directories to figures. Version 1 and 2 and both at once: each controller is looked up
// in the hierarchy that has it.
#include "ptop/model/cgroup_use.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ptop::model {
namespace {

using procfs::CgroupDir, procfs::CgroupMembership;
using Version = CgroupDir::Version;

constexpr std::uint64_t ns_per_us = 1000;

bool has_controller(const CgroupMembership& membership, std::string_view controller) {
  return procfs::has_mount_option(membership.controllers, controller);  // the same comma-separated words
}

template <class T>
Fact<T> missing() {
  return Fact<T>(Availability::unsupported);
}

/// A number of cpu.stat: the file, or the line in it, may be missing.
Fact<std::uint64_t> part_of(const Result<procfs::CgroupCpuStat>& stat,
                            std::optional<std::uint64_t> procfs::CgroupCpuStat::*member, std::uint64_t unit) {
  if (!stat) return Fact<std::uint64_t>(availability_of(stat.error().code));
  if (!((*stat).*member)) return missing<std::uint64_t>();
  return Fact<std::uint64_t>(Result<std::uint64_t>(*((*stat).*member) * unit));
}

void fill(CgroupMemory& part, CgroupDir& dir) {
  part.current = Fact(dir.read_memory_current());
  part.max = Fact(dir.read_memory_max());
  if (dir.version() == Version::v2) {
    part.high = Fact(dir.read_memory_high());
    part.swap = Fact(dir.read_memory_swap_current());
    part.swap_max = Fact(dir.read_memory_swap_max());
    part.events = Fact(dir.read_memory_events());
    return;
  }
  part.high = part.swap_max = missing<std::optional<std::uint64_t>>();
  part.events = missing<procfs::CgroupMemoryEvents>();
  part.swap = missing<std::uint64_t>();
  const auto stat = dir.read_memory_stat();
  if (stat && stat->swap) part.swap = Fact(Result<std::uint64_t>(*stat->swap));
}

void fill(CgroupCpu& part, CgroupDir& dir) {
  using Stat = procfs::CgroupCpuStat;
  const auto stat = dir.read_cpu_stat();
  part.max = Fact(dir.read_cpu_max());
  part.weight = Fact(dir.read_cpu_weight());
  part.usage_ns = part_of(stat, &Stat::usage_us, ns_per_us);
  const bool is_v1 = dir.version() == Version::v1;
  part.throttled_ns =
      is_v1 ? part_of(stat, &Stat::throttled_ns, 1) : part_of(stat, &Stat::throttled_us, ns_per_us);
  part.throttled_periods = part_of(stat, &Stat::throttled_periods, 1);
  part.periods = part_of(stat, &Stat::periods, 1);
}

void fill(CgroupPids& part, CgroupDir& dir) {
  part.current = Fact(dir.read_pids_current());
  part.max = Fact(dir.read_pids_max());
}

void fill(CgroupIoUse& part, CgroupDir& dir) {
  part.devices = Fact(dir.read_io_stat());
  for (const procfs::CgroupIo& device : part.devices.value) {
    part.read_bytes += device.read_bytes.value_or(0);
    part.write_bytes += device.write_bytes.value_or(0);
  }
}

void fill(CgroupFreeze& part, CgroupDir& dir) { part.state = Fact(dir.read_freezer()); }

void fill(CgroupPressures& part, CgroupDir& dir) {
  using procfs::PressureResource;
  part.cpu = Fact(dir.read_pressure(PressureResource::cpu));
  part.memory = Fact(dir.read_pressure(PressureResource::memory));
  part.io = Fact(dir.read_pressure(PressureResource::io));
}

// The same reason for all that a directory would have told.
void deny(CgroupMemory& part, Availability why) {
  part.current = part.swap = Fact<std::uint64_t>(why);
  part.max = part.high = part.swap_max = Fact<std::optional<std::uint64_t>>(why);
  part.events = Fact<procfs::CgroupMemoryEvents>(why);
}
void deny(CgroupCpu& part, Availability why) {
  part.usage_ns = part.weight = part.throttled_ns = part.throttled_periods = part.periods =
      Fact<std::uint64_t>(why);
  part.max = Fact<procfs::CgroupCpuLimit>(why);
}
void deny(CgroupPids& part, Availability why) {
  part.current = Fact<std::uint64_t>(why);
  part.max = Fact<std::optional<std::uint64_t>>(why);
}
void deny(CgroupIoUse& part, Availability why) { part.devices = Fact<std::vector<procfs::CgroupIo>>(why); }
void deny(CgroupFreeze& part, Availability why) { part.state = Fact<procfs::CgroupFreezer>(why); }
void deny(CgroupPressures& part, Availability why) {
  part.cpu = part.memory = part.io = Fact<procfs::Pressure>(why);
}

}  // namespace

CgroupUses::Group CgroupUses::group_of(const std::vector<CgroupMembership>& memberships,
                                       std::string_view controller) const {
  const auto directory = [&](auto wanted) -> std::string {
    const auto found = std::find_if(memberships.begin(), memberships.end(), wanted);
    if (found == memberships.end()) return {};
    return procfs::cgroup_directory(mounts_, *found).value_or("");
  };
  const auto in_v1 = [&](const CgroupMembership& m) {
    return m.hierarchy != 0 && has_controller(m, controller);
  };
  if (std::any_of(memberships.begin(), memberships.end(), in_v1)) return {directory(in_v1), Version::v1};
  return {directory([](const CgroupMembership& m) { return m.hierarchy == 0; }), Version::v2};
}

Result<CgroupDir> CgroupUses::open(const Group& group) const {
  auto dir = CgroupDir::open(machine_root_ + group.directory, group.version);
  // A recording has the groups of the processes in it, or none.
  if (!dir && !machine_root_.empty()) dir.error().code = Errc::unsupported;
  return dir;
}

Fact<std::uint64_t> CgroupUses::cpuacct_usage(const Group& group) const {
  auto dir = open(group);
  if (!dir) return Fact<std::uint64_t>(availability_of(dir.error().code));
  return Fact(dir->read_cpuacct_usage());
}

template <class Part>
const Part& CgroupUses::read_once(std::map<std::string, Part>& cache, const Group& group) {
  const auto [entry, is_new] = cache.try_emplace(group.directory);
  Part& part = entry->second;
  if (!is_new) return part;
  part.directory = group.directory;
  if (group.directory.empty()) {
    deny(part, Availability::unsupported);
    return part;
  }
  auto dir = open(group);
  dir ? fill(part, *dir) : deny(part, availability_of(dir.error().code));
  return part;
}

std::uint32_t CgroupUses::add(const std::vector<CgroupMembership>& memberships) {
  std::string key;
  for (const CgroupMembership& m : memberships) key += fmt::format("{}:{}\n", m.hierarchy, m.path);
  const auto [entry, is_new] = known_.try_emplace(std::move(key), static_cast<std::uint32_t>(uses_.size()));
  if (!is_new) return entry->second;
  CgroupUse use;
  use.memory = read_once(memory_, group_of(memberships, "memory"));
  const Group cpu = group_of(memberships, "cpu"), account = group_of(memberships, "cpuacct");
  use.cpu = read_once(cpu_, cpu);
  // cpu.stat of version 1 has no usage: that is another controller's.
  if (account.version == Version::v1 && !account.directory.empty()) use.cpu.usage_ns = cpuacct_usage(account);
  use.pids = read_once(pids_, group_of(memberships, "pids"));
  const Group blkio = group_of(memberships, "blkio");  // its name in version 1
  use.io = read_once(io_, blkio);
  use.freezer = read_once(freezer_, group_of(memberships, "freezer"));
  use.pressure = read_once(pressure_, group_of(memberships, ""));
  uses_.push_back(std::move(use));
  return entry->second;
}

std::optional<double> cgroup_cpu_percent(const procfs::CgroupCpuLimit& limit) {
  if (!limit.quota_us || limit.period_us == 0) return std::nullopt;
  return 100.0 * static_cast<double>(*limit.quota_us) / static_cast<double>(limit.period_us);
}

std::string_view cgroup_freezer_name(procfs::CgroupFreezer state) {
  switch (state) {
    case procfs::CgroupFreezer::thawed:
      return "thawed";
    case procfs::CgroupFreezer::freezing:
      return "freezing";
    case procfs::CgroupFreezer::frozen:
      return "frozen";
  }
  return "";
}

}  // namespace ptop::model
