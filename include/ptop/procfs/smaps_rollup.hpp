// /proc/<pid>/smaps_rollup.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Source: proc_pid_smaps(5), Documentation/filesystems/proc.rst. Bytes. The sums over every mapping: reading
/// it walks the whole page table. Needs ptrace access; Linux 4.14. optional: a line newer than this kernel.
/// "Proportional" shares each page among the processes that map it.
struct SmapsRollup {
  std::optional<std::uint64_t> rss, pss;
  std::optional<std::uint64_t> pss_dirty;                      ///< Linux 6.0
  std::optional<std::uint64_t> pss_anon, pss_file, pss_shmem;  ///< Linux 5.3
  std::optional<std::uint64_t> shared_clean, shared_dirty, private_clean, private_dirty;
  std::optional<std::uint64_t> referenced, anonymous;
  std::optional<std::uint64_t> ksm;  ///< Linux 6.7
  std::optional<std::uint64_t> lazy_free, anon_huge_pages, shmem_pmd_mapped;
  std::optional<std::uint64_t> file_pmd_mapped;  ///< Linux 5.4
  std::optional<std::uint64_t> shared_hugetlb, private_hugetlb;
  std::optional<std::uint64_t> swap, swap_pss, locked;

  /// Unique set size: what would become free if the process ended.
  std::optional<std::uint64_t> uss() const;
};

/// Errors: `malformed`, when a known line does not fit or Rss or Pss is missing.
Result<SmapsRollup> parse_smaps_rollup(std::string_view text);

}  // namespace ptop::procfs
