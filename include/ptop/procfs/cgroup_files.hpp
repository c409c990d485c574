// The files of a cgroup directory, versions 1 and 2, and a reader for one directory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/fd.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/cgroup.hpp"
#include "ptop/procfs/device_number.hpp"
#include "ptop/procfs/mountinfo.hpp"
#include "ptop/procfs/pressure.hpp"

namespace ptop::procfs {

// Sources: Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/*.rst. Bytes, unless a name says otherwise.

/// memory.current, pids.current; v1: memory.usage_in_bytes, cpuacct.usage (ns), cpu.cfs_period_us.
Result<std::uint64_t> parse_cgroup_number(std::string_view text);

/// memory.max, memory.high, pids.max; v1: memory.limit_in_bytes, cpu.cfs_quota_us. nullopt: no limit, which
/// is "max" and, in version 1, -1 or the largest number of whole pages.
Result<std::optional<std::uint64_t>> parse_cgroup_limit(std::string_view text);

/// v2 cpu.max. nullopt quota: no limit.
struct CgroupCpuLimit {
  std::optional<std::uint64_t> quota_us;
  std::uint64_t period_us = 0;
};
Result<CgroupCpuLimit> parse_cgroup_cpu_max(std::string_view text);

/// cpu.stat. Version 1 has no usage here (see cpuacct.usage) and counts throttled_time in nanoseconds.
struct CgroupCpuStat {
  std::optional<std::uint64_t> usage_us, user_us, system_us;
  std::optional<std::uint64_t> periods, throttled_periods;
  std::optional<std::uint64_t> throttled_us, throttled_ns;  ///< v2, v1
};
Result<CgroupCpuStat> parse_cgroup_cpu_stat(std::string_view text);

/// memory.stat. Version 1 says cache and rss where version 2 says file and anon; these are the sums with all
/// descendants (total_*) where the file has them.
struct CgroupMemoryStat {
  std::optional<std::uint64_t> anon, file, shmem, file_mapped, file_dirty, file_writeback, swap;
  std::optional<std::uint64_t> kernel, kernel_stack, page_tables, sock, slab, slab_reclaimable,
      slab_unreclaimable;  ///< v2 only
  std::optional<std::uint64_t> inactive_anon, active_anon, inactive_file, active_file, unevictable;
  std::optional<std::uint64_t> page_faults, major_faults;  ///< counts
};
Result<CgroupMemoryStat> parse_cgroup_memory_stat(std::string_view text);

/// v2 memory.events: how often. oom_group_kill: Linux 5.17.
struct CgroupMemoryEvents {
  std::optional<std::uint64_t> low, high, max, oom, oom_kill, oom_group_kill;
};
Result<CgroupMemoryEvents> parse_cgroup_memory_events(std::string_view text);

/// v2 cgroup.events: whether there are processes in it or below, whether all of them are frozen (Linux 5.2).
struct CgroupEvents {
  std::optional<std::uint64_t> populated, frozen;
};
Result<CgroupEvents> parse_cgroup_events(std::string_view text);

/// v2 io.stat; v1 blkio.throttle.io_service_bytes, bytes only.
struct CgroupIo {
  DeviceNumber device;
  std::optional<std::uint64_t> read_bytes, write_bytes, discard_bytes, reads, writes, discards;
};
Result<std::vector<CgroupIo>> parse_cgroup_io_stat(std::string_view text);
Result<std::vector<CgroupIo>> parse_cgroup_io_service_bytes(std::string_view text);

/// v2 io.max, per second. nullopt: no limit.
struct CgroupIoLimit {
  DeviceNumber device;
  std::optional<std::uint64_t> read_bytes, write_bytes, reads, writes;
};
Result<std::vector<CgroupIoLimit>> parse_cgroup_io_max(std::string_view text);

enum class CgroupFreezer : std::uint8_t { thawed, freezing, frozen };
/// v1 freezer.state.
Result<CgroupFreezer> parse_cgroup_freezer_state(std::string_view text);

/// cgroup.procs. Ascending and without doubles, which the file does not promise; processes outside the
/// reader's pid namespace (0 in the file) are left out.
Result<std::vector<Pid>> parse_cgroup_procs(std::string_view text);

/// The directory of a membership: below the mount of its hierarchy. nullopt: that is not mounted, or shows
/// another part of the hierarchy. `mounts` must be of the namespaces that the paths are to be opened in.
std::optional<std::string> cgroup_directory(const std::vector<Mount>& mounts,
                                            const CgroupMembership& membership);

/// One cgroup's directory, opened. Reads fail `unsupported` when the directory is there and the file is not
/// (the controller is not enabled for it, it is the root, the kernel is too old), `gone` when the cgroup was
/// removed.
class CgroupDir {
 public:
  enum class Version : std::uint8_t { v1, v2 };
  static Result<CgroupDir> open(const std::string& directory, Version version);
  Version version() const { return version_; }

  // Of either version; in version 1 each controller has a directory of its own.
  Result<std::uint64_t> read_memory_current();
  Result<std::optional<std::uint64_t>> read_memory_max();
  Result<CgroupMemoryStat> read_memory_stat();
  Result<CgroupCpuStat> read_cpu_stat();
  Result<CgroupCpuLimit> read_cpu_max();
  Result<std::uint64_t>
  read_cpu_weight();  ///< cpu.weight: 1 to 10000; of version 1 cpu.shares, 1024 is ordinary
  Result<std::uint64_t> read_pids_current();
  Result<std::optional<std::uint64_t>> read_pids_max();
  Result<std::vector<CgroupIo>> read_io_stat();
  Result<CgroupFreezer> read_freezer();
  Result<std::vector<Pid>> read_procs();

  // Of version 2.
  Result<std::optional<std::uint64_t>> read_memory_high();
  Result<std::uint64_t> read_memory_swap_current();
  Result<std::optional<std::uint64_t>> read_memory_swap_max();
  Result<CgroupMemoryEvents> read_memory_events();
  Result<CgroupEvents> read_events();
  Result<std::vector<CgroupIoLimit>> read_io_max();
  Result<Pressure> read_pressure(PressureResource resource);

  Result<std::uint64_t> read_cpuacct_usage();  ///< of version 1: nanoseconds

 private:
  CgroupDir(Fd dir, Version version) : dir_(std::move(dir)), version_(version) {}
  const char* name_of(const char* v1, const char* v2) const { return version_ == Version::v1 ? v1 : v2; }
  Result<std::string_view> read_text(const char* name);

  Fd dir_;
  Version version_;
  std::vector<char> buffer_;
};

}  // namespace ptop::procfs
