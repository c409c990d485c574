// System-wide files: /proc/stat, meminfo, loadavg, uptime.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Source: proc_stat(5), a cpu line. Ticks since boot.
struct CpuTimes {
  int cpu = -1;  ///< -1: the sum line
  std::uint64_t user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0,
                guest = 0, guest_nice = 0;
  std::uint64_t busy() const { return user + nice + system + irq + softirq + steal; }
  std::uint64_t total() const { return busy() + idle + iowait; }
};
struct SystemStat {
  CpuTimes all;
  std::vector<CpuTimes> cpus;   ///< online CPUs, ascending; numbers may have gaps
  std::uint64_t boot_time = 0;  ///< btime, seconds since the epoch
  std::uint64_t forks = 0;      ///< processes
  std::uint64_t context_switches = 0;
  std::uint64_t running = 0, blocked = 0;
};
Result<SystemStat> parse_system_stat(std::string_view text);

/// Source: proc_meminfo(5). Bytes.
struct Meminfo {
  std::uint64_t total = 0, free = 0, buffers = 0, cached = 0, reclaimable = 0, shmem = 0, swap_total = 0,
                swap_free = 0, swap_cached = 0;
  std::optional<std::uint64_t> available;  ///< Linux 3.14
  std::optional<std::uint64_t> active, inactive, active_anon, inactive_anon, active_file, inactive_file;
  std::optional<std::uint64_t> unevictable, mlocked, zswap, zswapped, dirty, writeback, anon_pages, mapped;
  std::optional<std::uint64_t> kreclaimable, slab, sunreclaim, kernel_stack, page_tables, sec_page_tables;
  std::optional<std::uint64_t> nfs_unstable, bounce, writeback_tmp, commit_limit, committed_as;
  std::optional<std::uint64_t> vmalloc_total, vmalloc_used, vmalloc_chunk, percpu, hardware_corrupted;
  std::optional<std::uint64_t> anon_huge_pages, shmem_huge_pages, shmem_pmd_mapped, file_huge_pages;
  std::optional<std::uint64_t> file_pmd_mapped, cma_total, cma_free, balloon, hugepage_size, hugetlb;
  std::optional<std::uint64_t> hugepages_total, hugepages_free, hugepages_rsvd, hugepages_surp;  ///< pages
};
Result<Meminfo> parse_meminfo(std::string_view text);

/// Source: proc_loadavg(5).
struct Loadavg {
  double one = 0, five = 0, fifteen = 0;
  std::uint64_t runnable = 0, tasks = 0;
};
Result<Loadavg> parse_loadavg(std::string_view text);

/// Source: proc_uptime(5). Seconds.
struct Uptime {
  double up = 0, idle = 0;
};
Result<Uptime> parse_uptime(std::string_view text);

/// What does not change while a machine is up.
struct SystemInfo {
  std::uint64_t clock_ticks = 100;  ///< per second
  std::uint64_t page_size = 4096;
  std::uint64_t boot_time = 0;  ///< seconds since the epoch
};

}  // namespace ptop::procfs
