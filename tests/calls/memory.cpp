// Memory: maps, advice, NUMA policies, protection keys.
#include "calls.hpp"

#include <sys/uio.h>

namespace {

constexpr Case list[] = {
    {"mmap_huge", [] { call(SYS_mmap, nullptr, 1 << 21, 3, 0x40022 | 21 << 26, -1, 0); }},
    {"mmap_huge_1g", [] { call(SYS_mmap, nullptr, 0, 3, 0x40022 | 30 << 26, -1, 0); }},
    {"mmap_huge_default", [] { call(SYS_mmap, nullptr, 0, 3, 0x40022, -1, 0); }},
    {"mmap_no_type", [] { call(SYS_mmap, nullptr, 4096, 0, 0x20, -1, 0); }},
    {"mmap_validate", [] { call(SYS_mmap, nullptr, 4096, 1, 0x83, 0, 0); }},
    {"mmap_unknown", [] { call(SYS_mmap, nullptr, 4096, 0xff, 0x3e00222, -1, 4096); }},
    {"mmap_offset",
     [] { call(SYS_mmap, nullptr, 4096, 1, MAP_SHARED, ::open("/etc/passwd", O_RDONLY), 1LL << 40); }},
    {"mmap_negative_offset", [] { call(SYS_mmap, nullptr, 4096, 1, MAP_SHARED, 0, -4096); }},
    {"mmap_all_flags", [] { call(SYS_mmap, 0x1234, 1, 0x3000008, 0x1fffff0, -1, 3); }},
    {"munmap_bad", [] { call(SYS_munmap, 1, 0); }},
    {"mprotect_grows", [] { call(SYS_mprotect, low, 4096, 0x1000001); }},
    {"mprotect_long", [] { call(SYS_mprotect, low, 4096, 0x100000003); }},
    {"brk_zero", [] { call(SYS_brk, 0); }},
    {"mremap_fixed", [] { call(SYS_mremap, low, 4096, 8192, 3, 0x30000000); }},
    {"mremap_dontunmap", [] { call(SYS_mremap, low, 4096, 4096, 5, 0x30000000); }},
    {"mremap_unknown", [] { call(SYS_mremap, low, 4096, 8192, 0x12, 0x30000000); }},
    {"msync_unknown", [] { call(SYS_msync, low, 4096, 0x17); }},
    {"msync_none", [] { call(SYS_msync, low, 4096, 0); }},
    {"madvise_free", [] { call(SYS_madvise, low, 4096, 8); }},
    {"madvise_collapse", [] { call(SYS_madvise, low, 0, 25); }},
    {"madvise_poison", [] { call(SYS_madvise, low, 0, 100); }},
    {"madvise_guard", [] { call(SYS_madvise, low, 0, 102); }},
    {"process_madvise",
     [] {
       in_low((iovec[2]){{low, 4096}, {nowhere, 1}});
       call(SYS_process_madvise, -1, low, 2, 4, 0);
     }},
    {"process_madvise_unreadable", [] { call(SYS_process_madvise, 0, nowhere, 2, 77, 1); }},
    {"process_mrelease", [] { call(448, -1, 5); }},
    {"mincore", [] { call(SYS_mincore, low, 8192, low + 100); }},
    {"mincore_many",
     [] {
       ::mmap(reinterpret_cast<void*>(0x30000000), 300 * 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
              0);
       call(SYS_mincore, 0x30000000, 300 * 4096, low);
     }},
    {"mincore_unaligned", [] { call(SYS_mincore, low + 1, 8192, low + 100); }},
    {"mincore_half", [] { call(SYS_mincore, low, 4097, low); }},
    {"mincore_unwritable", [] { call(SYS_mincore, low, 4096, nowhere); }},
    {"mlock", [] { call(SYS_mlock, low, 4096); }},
    {"munlock", [] { call(SYS_munlock, nowhere, 4096); }},
    {"mlock2_unknown", [] { call(SYS_mlock2, low, 4096, 6); }},
    {"mlockall_bad", [] { call(SYS_mlockall, 0x18); }},
    {"mlockall_onfault", [] { call(SYS_mlockall, 7); }},
    {"munlockall", [] { call(SYS_munlockall); }},
    {"remap_file_pages", [] { call(SYS_remap_file_pages, low, 4096, 3, 1, 0x10000); }},
    {"mbind", [] { call(SYS_mbind, low, 4096, 2, in_low(1UL, 4096), 64, 3); }},
    {"mbind_two_words",
     [] {
       in_low((unsigned long[2]){0x8000000000000001, 2}, 4096);
       call(SYS_mbind, low, 4096, 0x8003, low + 4096, 128, 0x14);
     }},
    {"mbind_null", [] { call(SYS_mbind, low, 4096, 0, nullptr, 0, 0); }},
    {"mbind_unreadable", [] { call(SYS_mbind, low, 4096, 77, nowhere, 10, 8); }},
    {"mbind_one_bit", [] { call(SYS_mbind, low, 4096, 0xe001, at_end(5UL), 1, 0); }},
    {"set_mempolicy", [] { call(SYS_set_mempolicy, 1, in_low(1UL), 64); }},
    {"set_mempolicy_default", [] { call(SYS_set_mempolicy, 0, nullptr, 0); }},
    {"set_mempolicy_bad", [] { call(SYS_set_mempolicy, 0x4063, nowhere, 64); }},
    {"set_mempolicy_huge", [] { call(SYS_set_mempolicy, 2, low, 1ULL << 40); }},
    {"get_mempolicy", [] { call(SYS_get_mempolicy, low, low + 64, 1024, nullptr, 0); }},
    {"get_mempolicy_address", [] { call(SYS_get_mempolicy, low, nullptr, 0, low, 3); }},
    {"get_mempolicy_allowed", [] { call(SYS_get_mempolicy, nullptr, low, 64, nullptr, 4); }},
    {"get_mempolicy_bad", [] { call(SYS_get_mempolicy, nowhere, nowhere, 64, low, 0x18); }},
    {"migrate_pages", [] { call(SYS_migrate_pages, 0x7ffffff0, 64, in_low(1UL), in_low(2UL, 64)); }},
    {"migrate_pages_bad", [] { call(SYS_migrate_pages, -1, 65, nowhere, nullptr); }},
    {"move_pages",
     [] {
       in_low((void* [3]){low, nullptr, nowhere});
       in_low((int[3]){0, 1, -1}, 64);
       call(SYS_move_pages, 0, 3, low, low + 64, low + 128, 2);
     }},
    {"move_pages_query",
     [] {
       in_low((void* [2]){low, nowhere});
       call(SYS_move_pages, 0, 2, low, nullptr, low + 128, 0);
     }},
    {"move_pages_bad", [] { call(SYS_move_pages, 0, 2, nowhere, nowhere, nowhere, 0x11); }},
    {"move_pages_nothing", [] { call(SYS_move_pages, 0, 0, low, low, low, 0); }},
    {"set_mempolicy_home_node", [] { call(450, low, 4096, 3, 1); }},
    {"memfd_create_huge", [] { call(SYS_memfd_create, "huge", 0x4 | 21 << 26); }},
    {"memfd_create_huge_unknown", [] { call(SYS_memfd_create, "huge", 0x4 | 7 << 26); }},
    {"memfd_create_unknown", [] { call(SYS_memfd_create, "name", 0x20); }},
    {"memfd_create_unreadable", [] { call(SYS_memfd_create, nowhere, 0); }},
    {"memfd_create_null", [] { call(SYS_memfd_create, nullptr, 1); }},
    {"memfd_create_long", [] { std::memset(low, 'x', 400), call(SYS_memfd_create, low, 1); }},
    {"memfd_create_limit", [] { std::memset(low, 'x', 249), low[249] = 0, call(SYS_memfd_create, low, 1); }},
    {"memfd_secret", [] { call(447, 02000000); }},
    {"memfd_secret_unknown", [] { call(447, 5); }},
    {"pkey_alloc", [] { call(SYS_pkey_alloc, 0, 1); }},
    {"pkey_alloc_unknown", [] { call(SYS_pkey_alloc, 1, 0xc); }},
    {"pkey_free", [] { call(SYS_pkey_free, -1); }},
    {"pkey_mprotect", [] { call(SYS_pkey_mprotect, low, 4096, 1, -1); }},
    {"membarrier_query", [] { call(SYS_membarrier, 0, 0, 0); }},
    {"membarrier_cpu", [] { call(SYS_membarrier, 1 << 7, 1, 3); }},
    {"membarrier_unknown_flags", [] { call(SYS_membarrier, 1 << 8, 6, -1); }},
    {"membarrier_registrations", [] { call(SYS_membarrier, 1 << 9, 0, 0); }},
    {"mseal", [] { call(462, nowhere, 4096, 1); }},
    {"map_shadow_stack", [] { call(453, nullptr, 0, 1); }},
    {"cachestat",
     [] {
       in_low((unsigned long[2]){0, 4096});
       call(451, ::open("/dev/null", O_RDONLY), low, low + 64, 0);
     }},
    {"shmat_flags", [] { call(SYS_shmat, -1, low, 0170000); }},
    {"shmat_unknown", [] { call(SYS_shmat, -1, nullptr, 0x1); }},
    {"shmdt", [] { call(SYS_shmdt, nowhere); }},
    {"process_vm_readv",
     [] {
       std::memcpy(low + 100, "remote", 7);
       in_low((iovec[2]){{low + 200, 3}, {low + 300, 50}});
       in_low((iovec[1]){{low + 100, 7}}, 64);
       call(SYS_process_vm_readv, ::getpid(), low, 2, low + 64, 1, 0);
     }},
    {"process_vm_writev",
     [] {
       std::memcpy(low + 100, "remote", 7);
       in_low((iovec[1]){{low + 100, 7}});
       in_low((iovec[2]){{low + 200, 3}, {low + 300, 50}}, 64);
       call(SYS_process_vm_writev, ::getpid(), low, 1, low + 64, 2, 0);
     }},
    {"process_vm_readv_nobody",
     [] {
       in_low((iovec[1]){{low + 100, 7}});
       call(SYS_process_vm_readv, 0x7ffffff0, low, 1, low, 1, 5);
     }},
    {"process_vm_readv_unreadable",
     [] { call(SYS_process_vm_readv, ::getpid(), nowhere, 1, nowhere, 2, 0); }},
    {"process_vm_writev_unreadable",
     [] { call(SYS_process_vm_writev, ::getpid(), nowhere, 1, nullptr, 0, 0); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
