// Where a cgroup's directory is, and the reader for one.
#include <fcntl.h>

#include <cerrno>

#include <fmt/format.h>

#include "cursor.hpp"
#include "parsed.hpp"
#include "ptop/procfs/cgroup_files.hpp"
#include "whole_file.hpp"

namespace ptop::procfs {
namespace {

/// Whether `mount` shows the hierarchy: version 2 has one, version 1 one for each set of controllers.
bool shows_hierarchy(const Mount& mount, const CgroupMembership& membership) {
  if (membership.hierarchy == 0) return mount.type == "cgroup2";
  if (mount.type != "cgroup") return false;
  for (std::string_view rest = membership.controllers; !rest.empty();) {
    if (!has_mount_option(mount.super_options, take_until(rest, ','))) return false;
  }
  return !membership.controllers.empty();
}

/// `path` seen from the directory `root`: "" for itself, "/below" for one below it.
std::optional<std::string_view> relative_to(std::string_view path, std::string_view root) {
  if (root.ends_with('/')) root.remove_suffix(1);
  if (path == "/") path = "";
  if (!path.starts_with(root)) return std::nullopt;
  path.remove_prefix(root.size());
  if (!path.empty() && path.front() != '/') return std::nullopt;
  return path;
}

/// "/../x": a cgroup outside the reader's cgroup namespace. A mount made outside of it may show it: its root
/// is
/// "/.." then.
bool leaves_namespace(std::string_view path) { return path == "/.." || path.starts_with("/../"); }

}  // namespace

std::optional<std::string> cgroup_directory(const std::vector<Mount>& mounts,
                                            const CgroupMembership& membership) {
  // From the last mount on: it hides earlier ones at the same place.
  for (auto mount = mounts.rbegin(); mount != mounts.rend(); ++mount) {
    if (!shows_hierarchy(*mount, membership)) continue;
    const auto below = relative_to(membership.path, mount->root);
    if (below && !leaves_namespace(*below)) return mount->point + std::string(*below);
  }
  return std::nullopt;
}

Result<CgroupDir> CgroupDir::open(const std::string& directory, Version version) {
  Fd dir(::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!dir) return fail(os_error(directory));
  return CgroupDir(std::move(dir), version);
}

Result<std::string_view> CgroupDir::read_text(const char* name) {
  auto text = read_whole_file(dir_.get(), name, buffer_, End::zero_read);
  if (text) return text;
  Error error = missing_or_gone(std::move(text.error()), dir_.get(), "cgroup.procs");
  if (error.sys == ENODEV) error.code = Errc::gone;             // removed while the file was open
  if (error.sys == EOPNOTSUPP) error.code = Errc::unsupported;  // of a threaded cgroup, pressure switched off
  return fail(std::move(error));
}

Result<std::uint64_t> CgroupDir::read_memory_current() {
  return parsed(read_text(name_of("memory.usage_in_bytes", "memory.current")), parse_cgroup_number);
}
Result<std::optional<std::uint64_t>> CgroupDir::read_memory_max() {
  return parsed(read_text(name_of("memory.limit_in_bytes", "memory.max")), parse_cgroup_limit);
}
Result<CgroupMemoryStat> CgroupDir::read_memory_stat() {
  return parsed(read_text("memory.stat"), parse_cgroup_memory_stat);
}
Result<CgroupCpuStat> CgroupDir::read_cpu_stat() {
  return parsed(read_text("cpu.stat"), parse_cgroup_cpu_stat);
}

Result<CgroupCpuLimit> CgroupDir::read_cpu_max() {
  if (version_ == Version::v2) return parsed(read_text("cpu.max"), parse_cgroup_cpu_max);
  const auto quota = parsed(read_text("cpu.cfs_quota_us"), parse_cgroup_limit);
  if (!quota) return fail(quota.error());
  const auto period = parsed(read_text("cpu.cfs_period_us"), parse_cgroup_number);
  if (!period) return fail(period.error());
  return CgroupCpuLimit{*quota, *period};
}

Result<std::uint64_t> CgroupDir::read_cpu_weight() {
  return parsed(read_text(name_of("cpu.shares", "cpu.weight")), parse_cgroup_number);
}
Result<std::uint64_t> CgroupDir::read_pids_current() {
  return parsed(read_text("pids.current"), parse_cgroup_number);
}
Result<std::optional<std::uint64_t>> CgroupDir::read_pids_max() {
  return parsed(read_text("pids.max"), parse_cgroup_limit);
}

Result<std::vector<CgroupIo>> CgroupDir::read_io_stat() {
  if (version_ == Version::v2) return parsed(read_text("io.stat"), parse_cgroup_io_stat);
  return parsed(read_text("blkio.throttle.io_service_bytes"), parse_cgroup_io_service_bytes);
}

Result<CgroupFreezer> CgroupDir::read_freezer() {
  if (version_ == Version::v1) return parsed(read_text("freezer.state"), parse_cgroup_freezer_state);
  const auto events = read_events();
  if (!events) return fail(events.error());
  if (events->frozen == 1U) return CgroupFreezer::frozen;
  // Asked for and not reached yet. The freezer of an ancestor does not show here, only in `frozen`.
  const auto asked = parsed(read_text("cgroup.freeze"), parse_cgroup_number);
  if (!asked) return fail(asked.error());
  return *asked == 0 ? CgroupFreezer::thawed : CgroupFreezer::freezing;
}

Result<std::vector<Pid>> CgroupDir::read_procs() {
  return parsed(read_text("cgroup.procs"), parse_cgroup_procs);
}

Result<std::optional<std::uint64_t>> CgroupDir::read_memory_high() {
  return parsed(read_text("memory.high"), parse_cgroup_limit);
}
Result<std::uint64_t> CgroupDir::read_memory_swap_current() {
  return parsed(read_text("memory.swap.current"), parse_cgroup_number);
}
Result<std::optional<std::uint64_t>> CgroupDir::read_memory_swap_max() {
  return parsed(read_text("memory.swap.max"), parse_cgroup_limit);
}
Result<CgroupMemoryEvents> CgroupDir::read_memory_events() {
  return parsed(read_text("memory.events"), parse_cgroup_memory_events);
}
Result<CgroupEvents> CgroupDir::read_events() {
  return parsed(read_text("cgroup.events"), parse_cgroup_events);
}
Result<std::vector<CgroupIoLimit>> CgroupDir::read_io_max() {
  return parsed(read_text("io.max"), parse_cgroup_io_max);
}
Result<Pressure> CgroupDir::read_pressure(PressureResource resource) {
  const std::string name = fmt::format("{}.pressure", pressure_resource_name(resource));
  return parsed(read_text(name.c_str()), parse_pressure);
}
Result<std::uint64_t> CgroupDir::read_cpuacct_usage() {
  return parsed(read_text("cpuacct.usage"), parse_cgroup_number);
}

}  // namespace ptop::procfs
