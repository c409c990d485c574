// Parsers for the files of a cgroup: single values, keys with values, and rows by device.
#include "ptop/procfs/cgroup_files.hpp"

#include <algorithm>

#include "keyed.hpp"
#include "words.hpp"

namespace ptop::procfs {
namespace {

std::string_view first_line(std::string_view text) { return trimmed(take_line(text)); }

/// Version 1 counts pages: its "no limit" is the largest long, rounded down to whole pages of whatever size.
constexpr std::uint64_t unlimited_v1 = std::uint64_t{INT64_MAX} & ~std::uint64_t{0xffff};

bool parse_limit(std::optional<std::uint64_t>& out, std::string_view word) {
  out.reset();
  if (word == "max" || word == "-1") return true;
  if (!parse_into(out, word)) return false;
  if (*out >= unlimited_v1) out.reset();
  return true;
}

constexpr KeyedField<CgroupCpuStat> cpu_fields[] = {
    {"usage_usec", &CgroupCpuStat::usage_us},
    {"user_usec", &CgroupCpuStat::user_us},
    {"system_usec", &CgroupCpuStat::system_us},
    {"nr_periods", &CgroupCpuStat::periods},
    {"nr_throttled", &CgroupCpuStat::throttled_periods},
    {"throttled_usec", &CgroupCpuStat::throttled_us},
    {"throttled_time", &CgroupCpuStat::throttled_ns},
};

/// Version 1 opens with the cgroup's own figures and goes on with the sums: what comes last stays.
constexpr KeyedField<CgroupMemoryStat> memory_fields[] = {
    {"anon", &CgroupMemoryStat::anon},
    {"file", &CgroupMemoryStat::file},
    {"kernel", &CgroupMemoryStat::kernel},
    {"kernel_stack", &CgroupMemoryStat::kernel_stack},
    {"pagetables", &CgroupMemoryStat::page_tables},
    {"sock", &CgroupMemoryStat::sock},
    {"shmem", &CgroupMemoryStat::shmem},
    {"file_mapped", &CgroupMemoryStat::file_mapped},
    {"file_dirty", &CgroupMemoryStat::file_dirty},
    {"file_writeback", &CgroupMemoryStat::file_writeback},
    {"inactive_anon", &CgroupMemoryStat::inactive_anon},
    {"active_anon", &CgroupMemoryStat::active_anon},
    {"inactive_file", &CgroupMemoryStat::inactive_file},
    {"active_file", &CgroupMemoryStat::active_file},
    {"unevictable", &CgroupMemoryStat::unevictable},
    {"slab_reclaimable", &CgroupMemoryStat::slab_reclaimable},
    {"slab_unreclaimable", &CgroupMemoryStat::slab_unreclaimable},
    {"slab", &CgroupMemoryStat::slab},
    {"pgfault", &CgroupMemoryStat::page_faults},
    {"pgmajfault", &CgroupMemoryStat::major_faults},
    {"cache", &CgroupMemoryStat::file},
    {"rss", &CgroupMemoryStat::anon},
    {"mapped_file", &CgroupMemoryStat::file_mapped},
    {"dirty", &CgroupMemoryStat::file_dirty},
    {"writeback", &CgroupMemoryStat::file_writeback},
    {"swap", &CgroupMemoryStat::swap},
    {"total_cache", &CgroupMemoryStat::file},
    {"total_rss", &CgroupMemoryStat::anon},
    {"total_shmem", &CgroupMemoryStat::shmem},
    {"total_mapped_file", &CgroupMemoryStat::file_mapped},
    {"total_dirty", &CgroupMemoryStat::file_dirty},
    {"total_writeback", &CgroupMemoryStat::file_writeback},
    {"total_swap", &CgroupMemoryStat::swap},
    {"total_pgfault", &CgroupMemoryStat::page_faults},
    {"total_pgmajfault", &CgroupMemoryStat::major_faults},
    {"total_inactive_anon", &CgroupMemoryStat::inactive_anon},
    {"total_active_anon", &CgroupMemoryStat::active_anon},
    {"total_inactive_file", &CgroupMemoryStat::inactive_file},
    {"total_active_file", &CgroupMemoryStat::active_file},
    {"total_unevictable", &CgroupMemoryStat::unevictable},
};

constexpr KeyedField<CgroupMemoryEvents> memory_event_fields[] = {
    {"low", &CgroupMemoryEvents::low},           {"high", &CgroupMemoryEvents::high},
    {"max", &CgroupMemoryEvents::max},           {"oom", &CgroupMemoryEvents::oom},
    {"oom_kill", &CgroupMemoryEvents::oom_kill}, {"oom_group_kill", &CgroupMemoryEvents::oom_group_kill},
};

constexpr KeyedField<CgroupEvents> event_fields[] = {
    {"populated", &CgroupEvents::populated},
    {"frozen", &CgroupEvents::frozen},
};

template <class T, std::size_t N>
Result<T> parse_flat_keyed(std::string_view name, std::string_view text, const KeyedField<T> (&fields)[N]) {
  T out;
  const KeyedOutcome outcome = parse_keyed(out, text, ' ', fields, parse_count);
  if (outcome.misfit) return malformed(name, *outcome.misfit);
  return out;
}

constexpr KeyedField<CgroupIo> io_fields[] = {
    {"rbytes", &CgroupIo::read_bytes}, {"wbytes", &CgroupIo::write_bytes},   {"rios", &CgroupIo::reads},
    {"wios", &CgroupIo::writes},       {"dbytes", &CgroupIo::discard_bytes}, {"dios", &CgroupIo::discards},
};
constexpr KeyedField<CgroupIoLimit> io_limit_fields[] = {
    {"rbps", &CgroupIoLimit::read_bytes},
    {"wbps", &CgroupIoLimit::write_bytes},
    {"riops", &CgroupIoLimit::reads},
    {"wiops", &CgroupIoLimit::writes},
};

/// "8:16 rbytes=1459200 wbytes=314773504 …"; pairs of other keys (cost.usage) are passed over.
template <class T, std::size_t N>
bool parse_device_row(T& out, std::string_view line, const KeyedField<T> (&fields)[N],
                      bool (*parse_value)(std::optional<std::uint64_t>&, std::string_view)) {
  if (!parse_device(out.device, take_word(line), 10)) return false;
  std::size_t next = 0;
  for (std::string_view pair = take_word(line); !pair.empty(); pair = take_word(line)) {
    const KeyedField<T>* field = find_field(fields, take_until(pair, '='), next);
    if (field && !parse_value(out.*field->member, pair)) return false;
  }
  return true;
}

template <class T, std::size_t N>
Result<std::vector<T>> parse_device_rows(std::string_view name, std::string_view text,
                                         const KeyedField<T> (&fields)[N],
                                         bool (*parse_value)(std::optional<std::uint64_t>&,
                                                             std::string_view)) {
  std::vector<T> rows;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    T row;
    if (!parse_device_row(row, line, fields, parse_value)) return malformed(name, line);
    rows.push_back(row);
  }
  return rows;
}

/// "8:0 Read 123": one number of one device, after others of the same.
bool parse_service_row(std::vector<CgroupIo>& rows, DeviceNumber device, std::string_view line) {
  if (rows.empty() || rows.back().device != device) rows.push_back({.device = device});
  const std::string_view kind = take_word(line);
  if (kind == "Read") return parse_into(rows.back().read_bytes, take_word(line));
  if (kind == "Write") return parse_into(rows.back().write_bytes, take_word(line));
  if (kind == "Discard") return parse_into(rows.back().discard_bytes, take_word(line));
  return true;  // Sync, Async, Total: the same bytes again
}

}  // namespace

Result<std::uint64_t> parse_cgroup_number(std::string_view text) {
  std::uint64_t number = 0;
  if (!parse_into(number, first_line(text))) return malformed("cgroup number", text);
  return number;
}

Result<std::optional<std::uint64_t>> parse_cgroup_limit(std::string_view text) {
  std::optional<std::uint64_t> limit;
  if (!parse_limit(limit, first_line(text))) return malformed("cgroup limit", text);
  return limit;
}

Result<CgroupCpuLimit> parse_cgroup_cpu_max(std::string_view text) {
  CgroupCpuLimit limit;
  std::string_view line = first_line(text);
  if (!parse_limit(limit.quota_us, take_word(line)) || !parse_into(limit.period_us, trimmed(line)))
    return malformed("cpu.max", text);
  return limit;
}

Result<CgroupCpuStat> parse_cgroup_cpu_stat(std::string_view text) {
  return parse_flat_keyed("cpu.stat", text, cpu_fields);
}
Result<CgroupMemoryStat> parse_cgroup_memory_stat(std::string_view text) {
  return parse_flat_keyed("memory.stat", text, memory_fields);
}
Result<CgroupMemoryEvents> parse_cgroup_memory_events(std::string_view text) {
  return parse_flat_keyed("memory.events", text, memory_event_fields);
}
Result<CgroupEvents> parse_cgroup_events(std::string_view text) {
  return parse_flat_keyed("cgroup.events", text, event_fields);
}

Result<std::vector<CgroupIo>> parse_cgroup_io_stat(std::string_view text) {
  return parse_device_rows("io.stat", text, io_fields, parse_count);
}
Result<std::vector<CgroupIoLimit>> parse_cgroup_io_max(std::string_view text) {
  return parse_device_rows("io.max", text, io_limit_fields, parse_limit);
}

Result<std::vector<CgroupIo>> parse_cgroup_io_service_bytes(std::string_view text) {
  std::vector<CgroupIo> rows;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = take_line(rest);
    const std::string_view whole = line;
    const std::string_view name = take_word(line);
    if (name == "Total") continue;  // of all devices
    DeviceNumber device;
    if (!parse_device(device, name, 10) || !parse_service_row(rows, device, line))
      return malformed("blkio.throttle.io_service_bytes", whole);
  }
  return rows;
}

Result<CgroupFreezer> parse_cgroup_freezer_state(std::string_view text) {
  const std::string_view word = first_line(text);
  if (word == "THAWED") return CgroupFreezer::thawed;
  if (word == "FREEZING") return CgroupFreezer::freezing;
  if (word == "FROZEN") return CgroupFreezer::frozen;
  return malformed("freezer.state", text);
}

Result<std::vector<Pid>> parse_cgroup_procs(std::string_view text) {
  std::vector<Pid> pids;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = take_line(rest);
    Pid pid;
    if (!parse_into(pid, line) || pid < Pid(0)) return malformed("cgroup.procs", line);
    if (pid != Pid(0)) pids.push_back(pid);
  }
  std::sort(pids.begin(), pids.end());
  pids.erase(std::unique(pids.begin(), pids.end()), pids.end());
  return pids;
}

}  // namespace ptop::procfs
