// Tables of constants: memory.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// asm-generic/mman-common.h
constexpr FlagName protections_rows[] = {{0, "PROT_NONE"},           {1, "PROT_READ"},
                                         {2, "PROT_WRITE"},          {4, "PROT_EXEC"},
                                         {0x8, "PROT_SEM"},          {0x1000000, "PROT_GROWSDOWN"},
                                         {0x2000000, "PROT_GROWSUP"}};
constinit const Table protections = table<protections_rows>("PROT_???");

// asm-generic/mman.h, asm-generic/mman-common.h
constexpr FlagName map_flags_rows[] = {{0, "MAP_FILE", 0xf},       {1, "MAP_SHARED", 0xf},
                                       {2, "MAP_PRIVATE", 0xf},    {3, "MAP_SHARED_VALIDATE", 0xf},
                                       {8, "MAP_DROPPABLE", 0xf},  {0x10, "MAP_FIXED"},
                                       {0x20, "MAP_ANONYMOUS"},    {0x40, "MAP_32BIT"},
                                       {0x80, "MAP_ABOVE4G"},      {0x4000, "MAP_NORESERVE"},
                                       {0x8000, "MAP_POPULATE"},   {0x10000, "MAP_NONBLOCK"},
                                       {0x100, "MAP_GROWSDOWN"},   {0x800, "MAP_DENYWRITE"},
                                       {0x1000, "MAP_EXECUTABLE"}, {0x2000, "MAP_LOCKED"},
                                       {0x20000, "MAP_STACK"},     {0x40000, "MAP_HUGETLB"},
                                       {0x80000, "MAP_SYNC"},      {0x100000, "MAP_FIXED_NOREPLACE"}};
constinit const Table map_flags = table<map_flags_rows>("MAP_???");

// linux/mman.h
constexpr FlagName mremap_flags_rows[] = {
    {1, "MREMAP_MAYMOVE"}, {2, "MREMAP_FIXED"}, {4, "MREMAP_DONTUNMAP"}};
constinit const Table mremap_flags = table<mremap_flags_rows>("MREMAP_???");

// asm-generic/mman-common.h
constexpr FlagName msync_flags_rows[] = {{4, "MS_SYNC"}, {1, "MS_ASYNC"}, {2, "MS_INVALIDATE"}};
constinit const Table msync_flags = table<msync_flags_rows>("MS_???");

// asm-generic/mman-common.h
constexpr FlagName madvise_advice_rows[] = {
    {0, "MADV_NORMAL"},           {1, "MADV_RANDOM"},           {2, "MADV_SEQUENTIAL"},
    {3, "MADV_WILLNEED"},         {4, "MADV_DONTNEED"},         {8, "MADV_FREE"},
    {9, "MADV_REMOVE"},           {0xa, "MADV_DONTFORK"},       {0xb, "MADV_DOFORK"},
    {0xc, "MADV_MERGEABLE"},      {0xd, "MADV_UNMERGEABLE"},    {0xe, "MADV_HUGEPAGE"},
    {0xf, "MADV_NOHUGEPAGE"},     {0x10, "MADV_DONTDUMP"},      {0x11, "MADV_DODUMP"},
    {0x12, "MADV_WIPEONFORK"},    {0x13, "MADV_KEEPONFORK"},    {0x14, "MADV_COLD"},
    {0x15, "MADV_PAGEOUT"},       {0x16, "MADV_POPULATE_READ"}, {0x17, "MADV_POPULATE_WRITE"},
    {24, "MADV_DONTNEED_LOCKED"}, {25, "MADV_COLLAPSE"},        {0x64, "MADV_HWPOISON"},
    {101, "MADV_SOFT_OFFLINE"},   {102, "MADV_GUARD_INSTALL"},  {103, "MADV_GUARD_REMOVE"}};
constinit const Table madvise_advice = table<madvise_advice_rows>("MADV_???");

// asm-generic/mman.h
constexpr FlagName mlockall_flags_rows[] = {{1, "MCL_CURRENT"}, {2, "MCL_FUTURE"}, {4, "MCL_ONFAULT"}};
constinit const Table mlockall_flags = table<mlockall_flags_rows>("MCL_???");

// asm-generic/mman-common.h
constexpr FlagName mlock_flags_rows[] = {{1, "MLOCK_ONFAULT"}};
constinit const Table mlock_flags = table<mlock_flags_rows>("MLOCK_???");

// asm-generic/mman-common.h
constexpr FlagName pkey_rights_rows[] = {
    {1, "PKEY_DISABLE_ACCESS"}, {2, "PKEY_DISABLE_WRITE"}, {0x4, "PKEY_DISABLE_EXECUTE"}};
constinit const Table pkey_rights = table<pkey_rights_rows>("PKEY_???");

// linux/mempolicy.h
constexpr FlagName memory_policies_rows[] = {{0, "MPOL_DEFAULT", 0xfff},
                                             {1, "MPOL_PREFERRED", 0xfff},
                                             {2, "MPOL_BIND", 0xfff},
                                             {3, "MPOL_INTERLEAVE", 0xfff},
                                             {4, "MPOL_LOCAL", 0xfff},
                                             {5, "MPOL_PREFERRED_MANY", 0xfff},
                                             {6, "MPOL_WEIGHTED_INTERLEAVE", 0xfff},
                                             {0x8000, "MPOL_F_STATIC_NODES"},
                                             {0x4000, "MPOL_F_RELATIVE_NODES"},
                                             {0x2000, "MPOL_F_NUMA_BALANCING"}};
constinit const Table memory_policies = table<memory_policies_rows>("MPOL_???");

// linux/mempolicy.h
constexpr FlagName mbind_flags_rows[] = {{1, "MPOL_MF_STRICT"}, {2, "MPOL_MF_MOVE"}, {4, "MPOL_MF_MOVE_ALL"}};
constinit const Table mbind_flags = table<mbind_flags_rows>("MPOL_???");

// linux/mempolicy.h, of move_pages
constexpr FlagName move_pages_flags_rows[] = {{2, "MPOL_MF_MOVE"}, {4, "MPOL_MF_MOVE_ALL"}};
constinit const Table move_pages_flags = table<move_pages_flags_rows>("MPOL_???");

// linux/mempolicy.h
constexpr FlagName get_mempolicy_flags_rows[] = {
    {1, "MPOL_F_NODE"}, {2, "MPOL_F_ADDR"}, {4, "MPOL_F_MEMS_ALLOWED"}};
constinit const Table get_mempolicy_flags = table<get_mempolicy_flags_rows>("MPOL_???");

// linux/membarrier.h
constexpr FlagName membarrier_commands_rows[] = {
    {0, "MEMBARRIER_CMD_QUERY"},
    {1, "MEMBARRIER_CMD_GLOBAL"},
    {2, "MEMBARRIER_CMD_GLOBAL_EXPEDITED"},
    {4, "MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED"},
    {8, "MEMBARRIER_CMD_PRIVATE_EXPEDITED"},
    {0x10, "MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED"},
    {0x20, "MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE"},
    {0x40, "MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE"},
    {0x80, "MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ"},
    {0x100, "MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_RSEQ"},
    {0x200, "MEMBARRIER_CMD_GET_REGISTRATIONS"}};
constinit const Table membarrier_commands = table<membarrier_commands_rows>("MEMBARRIER_CMD_???");

// linux/membarrier.h
constexpr FlagName membarrier_flags_rows[] = {{1, "MEMBARRIER_CMD_FLAG_CPU"}};
constinit const Table membarrier_flags = table<membarrier_flags_rows>("MEMBARRIER_CMD_FLAG_???");

// linux/rseq.h
constexpr FlagName rseq_flags_rows[] = {{1, "RSEQ_FLAG_UNREGISTER"}};
constinit const Table rseq_flags = table<rseq_flags_rows>("RSEQ_FLAG_???");

}  // namespace ptop::decode
