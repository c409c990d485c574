// The sums of smaps_rollup.
#include "ptop/procfs/smaps_rollup.hpp"

#include "keyed.hpp"

namespace ptop::procfs {
namespace {

/// In the kernel's order (fs/proc/task_mmu.c, __show_smap).
constexpr KeyedField<SmapsRollup> fields[] = {
    {"Rss", &SmapsRollup::rss},
    {"Pss", &SmapsRollup::pss},
    {"Pss_Dirty", &SmapsRollup::pss_dirty},
    {"Pss_Anon", &SmapsRollup::pss_anon},
    {"Pss_File", &SmapsRollup::pss_file},
    {"Pss_Shmem", &SmapsRollup::pss_shmem},
    {"Shared_Clean", &SmapsRollup::shared_clean},
    {"Shared_Dirty", &SmapsRollup::shared_dirty},
    {"Private_Clean", &SmapsRollup::private_clean},
    {"Private_Dirty", &SmapsRollup::private_dirty},
    {"Referenced", &SmapsRollup::referenced},
    {"Anonymous", &SmapsRollup::anonymous},
    {"KSM", &SmapsRollup::ksm},
    {"LazyFree", &SmapsRollup::lazy_free},
    {"AnonHugePages", &SmapsRollup::anon_huge_pages},
    {"ShmemPmdMapped", &SmapsRollup::shmem_pmd_mapped},
    {"FilePmdMapped", &SmapsRollup::file_pmd_mapped},
    {"Shared_Hugetlb", &SmapsRollup::shared_hugetlb},
    {"Private_Hugetlb", &SmapsRollup::private_hugetlb},
    {"Swap", &SmapsRollup::swap},
    {"SwapPss", &SmapsRollup::swap_pss},
    {"Locked", &SmapsRollup::locked},
};

}  // namespace

std::optional<std::uint64_t> SmapsRollup::uss() const {
  if (!private_clean || !private_dirty) return std::nullopt;
  return *private_clean + *private_dirty + private_hugetlb.value_or(0);
}

Result<SmapsRollup> parse_smaps_rollup(std::string_view text) {
  SmapsRollup sums;
  const KeyedOutcome outcome = parse_keyed(sums, text, ':', fields, parse_kib_into);
  if (outcome.misfit) return malformed("smaps_rollup", *outcome.misfit);
  if (!sums.rss || !sums.pss) return malformed("smaps_rollup", text);
  return sums;
}

}  // namespace ptop::procfs
