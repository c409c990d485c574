// System-wide files: /proc/stat, meminfo, loadavg, uptime.
#include "ptop/procfs/system.hpp"

#include "keyed.hpp"

namespace ptop::procfs {
namespace {

/// The numbers after "cpuN". Old kernels have fewer (four before Linux 2.6), newer ones may have more.
bool parse_cpu_times(CpuTimes& times, std::string_view numbers) {
  constexpr int fields_of_all_kernels = 4;
  int field = 0;
  for (auto* out : {&times.user, &times.nice, &times.system, &times.idle, &times.iowait, &times.irq,
                    &times.softirq, &times.steal, &times.guest, &times.guest_nice}) {
    const std::string_view word = take_word(numbers);
    if (word.empty()) return field >= fields_of_all_kernels;
    if (!parse_into(*out, word)) return false;
    ++field;
  }
  return true;
}

bool parse_cpu_line(SystemStat& stat, std::string_view key, std::string_view numbers) {
  key.remove_prefix(3);
  if (key.empty()) return parse_cpu_times(stat.all, numbers);
  CpuTimes times;
  if (!parse_into(times.cpu, key) || times.cpu < 0 || !parse_cpu_times(times, numbers)) return false;
  stat.cpus.push_back(times);
  return true;
}

bool parse_stat_line(SystemStat& stat, std::string_view key, std::string_view rest) {
  if (key.starts_with("cpu")) return parse_cpu_line(stat, key, rest);
  if (key == "btime") return parse_into(stat.boot_time, trimmed(rest));
  if (key == "processes") return parse_into(stat.forks, trimmed(rest));
  if (key == "ctxt") return parse_into(stat.context_switches, trimmed(rest));
  if (key == "procs_running") return parse_into(stat.running, trimmed(rest));
  if (key == "procs_blocked") return parse_into(stat.blocked, trimmed(rest));
  return true;
}

/// Lines that every kernel has since long, or that go into one field of ours.
std::uint64_t* meminfo_field(Meminfo& m, std::string_view key) {
  if (key == "MemTotal") return &m.total;
  if (key == "MemFree") return &m.free;
  if (key == "MemAvailable") return &m.available.emplace();
  if (key == "Buffers") return &m.buffers;
  if (key == "Cached") return &m.cached;
  if (key == "SReclaimable") return &m.reclaimable;
  if (key == "Shmem") return &m.shmem;
  if (key == "SwapTotal") return &m.swap_total;
  if (key == "SwapFree") return &m.swap_free;
  if (key == "SwapCached") return &m.swap_cached;
  return nullptr;
}

/// In the kernel's order (fs/proc/meminfo.c); which there are depends on version and configuration.
constexpr KeyedField<Meminfo> meminfo_bytes[] = {
    {"Active", &Meminfo::active},
    {"Inactive", &Meminfo::inactive},
    {"Active(anon)", &Meminfo::active_anon},
    {"Inactive(anon)", &Meminfo::inactive_anon},
    {"Active(file)", &Meminfo::active_file},
    {"Inactive(file)", &Meminfo::inactive_file},
    {"Unevictable", &Meminfo::unevictable},
    {"Mlocked", &Meminfo::mlocked},
    {"Zswap", &Meminfo::zswap},
    {"Zswapped", &Meminfo::zswapped},
    {"Dirty", &Meminfo::dirty},
    {"Writeback", &Meminfo::writeback},
    {"AnonPages", &Meminfo::anon_pages},
    {"Mapped", &Meminfo::mapped},
    {"KReclaimable", &Meminfo::kreclaimable},
    {"Slab", &Meminfo::slab},
    {"SUnreclaim", &Meminfo::sunreclaim},
    {"KernelStack", &Meminfo::kernel_stack},
    {"PageTables", &Meminfo::page_tables},
    {"SecPageTables", &Meminfo::sec_page_tables},
    {"NFS_Unstable", &Meminfo::nfs_unstable},
    {"Bounce", &Meminfo::bounce},
    {"WritebackTmp", &Meminfo::writeback_tmp},
    {"CommitLimit", &Meminfo::commit_limit},
    {"Committed_AS", &Meminfo::committed_as},
    {"VmallocTotal", &Meminfo::vmalloc_total},
    {"VmallocUsed", &Meminfo::vmalloc_used},
    {"VmallocChunk", &Meminfo::vmalloc_chunk},
    {"Percpu", &Meminfo::percpu},
    {"HardwareCorrupted", &Meminfo::hardware_corrupted},
    {"AnonHugePages", &Meminfo::anon_huge_pages},
    {"ShmemHugePages", &Meminfo::shmem_huge_pages},
    {"ShmemPmdMapped", &Meminfo::shmem_pmd_mapped},
    {"FileHugePages", &Meminfo::file_huge_pages},
    {"FilePmdMapped", &Meminfo::file_pmd_mapped},
    {"CmaTotal", &Meminfo::cma_total},
    {"CmaFree", &Meminfo::cma_free},
    {"Balloon", &Meminfo::balloon},
    {"Hugepagesize", &Meminfo::hugepage_size},
    {"Hugetlb", &Meminfo::hugetlb},
};
constexpr KeyedField<Meminfo> meminfo_pages[] = {
    {"HugePages_Total", &Meminfo::hugepages_total},
    {"HugePages_Free", &Meminfo::hugepages_free},
    {"HugePages_Rsvd", &Meminfo::hugepages_rsvd},
    {"HugePages_Surp", &Meminfo::hugepages_surp},
};

/// Where `parse_meminfo` is in each of the tables.
struct MeminfoCursor {
  std::size_t bytes = 0, pages = 0;
};

bool parse_meminfo_line(Meminfo& m, MeminfoCursor& cursor, std::string_view key, std::string_view value) {
  if (std::uint64_t* field = meminfo_field(m, key)) {
    const auto bytes = parse_kib(value);
    if (bytes) *field = *bytes;
    return bytes.has_value();
  }
  if (const auto* field = find_field(meminfo_bytes, key, cursor.bytes))
    return parse_kib_into(m.*field->member, value);
  if (const auto* field = find_field(meminfo_pages, key, cursor.pages))
    return parse_count(m.*field->member, trimmed(value));
  return true;
}

}  // namespace

Result<SystemStat> parse_system_stat(std::string_view text) {
  SystemStat stat;
  bool has_sum = false, has_boot_time = false;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = take_line(rest);
    const std::string_view whole = line;
    const std::string_view key = take_word(line);
    if (!parse_stat_line(stat, key, line)) return malformed("system stat", whole);
    has_sum |= key == "cpu";
    has_boot_time |= key == "btime";
  }
  if (!has_sum || !has_boot_time) return malformed("system stat", text);
  return stat;
}

Result<Meminfo> parse_meminfo(std::string_view text) {
  Meminfo m;
  MeminfoCursor cursor;
  bool has_total = false, has_free = false;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view value = take_line(rest);
    const std::string_view line = value;
    const std::string_view key = take_until(value, ':');
    if (!parse_meminfo_line(m, cursor, key, value)) return malformed("meminfo", line);
    has_total |= key == "MemTotal";
    has_free |= key == "MemFree";
  }
  if (!has_total || !has_free) return malformed("meminfo", text);
  return m;
}

Result<Loadavg> parse_loadavg(std::string_view text) {
  Loadavg load;
  std::string_view rest = text;
  std::string_view line = take_line(rest);
  const bool has_loads = parse_decimal(load.one, take_word(line)) &&
                         parse_decimal(load.five, take_word(line)) &&
                         parse_decimal(load.fifteen, take_word(line));
  std::string_view tasks = take_word(line);
  const bool has_tasks = parse_into(load.runnable, take_until(tasks, '/')) && parse_into(load.tasks, tasks);
  if (!has_loads || !has_tasks) return malformed("loadavg", text);
  return load;
}

Result<Uptime> parse_uptime(std::string_view text) {
  Uptime uptime;
  std::string_view rest = text;
  std::string_view line = take_line(rest);
  if (!parse_decimal(uptime.up, take_word(line)) || !parse_decimal(uptime.idle, take_word(line))) {
    return malformed("uptime", text);
  }
  return uptime;
}

}  // namespace ptop::procfs
