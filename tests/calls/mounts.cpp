// Mounts, old and new, and what watches files.
#include "calls.hpp"

#include <sys/statfs.h>

namespace {

constexpr Case list[] = {
    {"mount", [] { call(SYS_mount, "none", "missing", "tmpfs", 0xed | 1 << 21, "size=1"); }},
    {"mount_bind", [] { call(SYS_mount, "/", "missing", "ignored", 0x5000, "ignored"); }},
    {"mount_remount", [] { call(SYS_mount, "x", "missing", "ignored", 0x21, "size=2"); }},
    {"mount_remount_bind", [] { call(SYS_mount, "x", "missing", "ignored", 0x1021, "size=2"); }},
    {"mount_move", [] { call(SYS_mount, "x", "missing", "ignored", 0x2000, "size=2"); }},
    {"mount_propagation", [] { call(SYS_mount, "x", "missing", "ignored", 0x44000, "size=2"); }},
    {"mount_magic", [] { call(SYS_mount, "x", "missing", "t", 0xc0ed0020, low); }},
    {"mount_unknown", [] { call(SYS_mount, nullptr, "missing", nullptr, 0x10000200, nullptr); }},
    {"mount_zero", [] { call(SYS_mount, "x", "missing", "ext4", 0, nullptr); }},
    {"mount_unreadable", [] { call(SYS_mount, nowhere, nowhere, nowhere, 0, nowhere); }},
    {"umount2", [] { call(SYS_umount2, "missing", 0xf); }},
    {"umount2_unknown", [] { call(SYS_umount2, nowhere, 0x10); }},
    {"umount2_zero", [] { call(SYS_umount2, "missing", 0); }},
    {"pivot_root", [] { call(SYS_pivot_root, "missing", "old"); }},
    {"open_tree", [] { call(428, AT_FDCWD, "missing", 0x80001 | 0x8000); }},
    {"open_tree_unknown", [] { call(428, -1, nullptr, 0x2 | 0x1100); }},
    {"move_mount", [] { call(429, AT_FDCWD, "a", 5, "b", 0x177); }},
    {"move_mount_unknown", [] { call(429, -1, nullptr, -1, nowhere, 0x1080); }},
    {"fsopen", [] { call(430, "nosuchfs", 1); }},
    {"fsopen_unknown", [] { call(430, nowhere, 2); }},
    {"fsconfig_flag", [] { call(431, -1, 0, "ro", nullptr, 0); }},
    {"fsconfig_string", [] { call(431, -1, 1, "source", "value", 0); }},
    {"fsconfig_binary", [] { call(431, -1, 2, "blob", "\1\2\3", 3); }},
    {"fsconfig_path", [] { call(431, -1, 3, "path", "/etc", AT_FDCWD); }},
    {"fsconfig_path_empty", [] { call(431, -1, 4, "path", "", 0); }},
    {"fsconfig_fd", [] { call(431, -1, 5, "fd", nullptr, 0); }},
    {"fsconfig_create", [] { call(431, -1, 6, nullptr, nullptr, 0); }},
    {"fsconfig_reconfigure", [] { call(431, -1, 7, nullptr, nullptr, 0); }},
    {"fsconfig_unknown", [] { call(431, -1, 99, low, low, 5); }},
    {"fsconfig_unreadable", [] { call(431, -1, 1, nowhere, nowhere, 5); }},
    {"fsmount", [] { call(432, -1, 1, 0x2000ff); }},
    {"fsmount_unknown", [] { call(432, -1, 2, 0x1000000); }},
    {"fsmount_relatime", [] { call(432, -1, 0, 0); }},
    {"fspick", [] { call(433, AT_FDCWD, "missing", 0xf); }},
    {"fspick_unknown", [] { call(433, AT_FDCWD, nowhere, 0x10); }},
    {"mount_setattr",
     [] {
       in_low((unsigned long[4]){0x81, 0x70, 0x40000, 5});
       call(442, AT_FDCWD, "missing", 0x9900, low, 32);
     }},
    {"mount_setattr_longer",
     [] {
       in_low((unsigned long[5]){0x100000, 0, 0, 0, 5});
       call(442, -1, "missing", 0x2, low, 40);
     }},
    {"mount_setattr_longer_zero",
     [] {
       in_low((unsigned long[5]){0x100000, 0x8000000, 0x123, -1ul, 0});
       call(442, -1, "missing", 0x2, low, 40);
     }},
    {"mount_setattr_short", [] { call(442, -1, "missing", 0, low, 31); }},
    {"mount_setattr_unreadable", [] { call(442, -1, nowhere, 0, nowhere, 32); }},
    {"statmount",
     [] {
       in_low((unsigned long[3]){24, 0x123456789, 0x7f});
       call(457, low, low + 512, 512, 0);
     }},
    {"listmount",
     [] {
       in_low((unsigned long[3]){24, 0x123456789, 0x7f});
       call(458, low, low + 512, 4, 0);
     }},
    {"statfs_missing", [] { call(SYS_statfs, "missing", low); }},
    {"statfs_proc", [] { call(SYS_statfs, "/proc", low); }},
    {"statfs_unwritable", [] { call(SYS_statfs, "/proc", nowhere); }},
    {"fstatfs_pipe",
     [] {
       int ends[2];
       ::pipe(ends);
       call(SYS_fstatfs, ends[0], low);
     }},
    {"fstatfs_bad", [] { call(SYS_fstatfs, -1, low); }},
    {"ustat_bad", [] { call(SYS_ustat, -1, low); }},
    {"ustat_proc", [] { call(SYS_ustat, 0x1234567890, nowhere); }},
    {"sysfs",
     [] { call(SYS_sysfs, 1, "nosuchfs"), call(SYS_sysfs, 2, 9999, low), call(SYS_sysfs, 9, 1, 2); }},
    {"inotify_init", [] { call(SYS_inotify_init); }},
    {"inotify_init1_unknown", [] { call(SYS_inotify_init1, 5); }},
    {"inotify_add_watch_bad", [] { call(SYS_inotify_add_watch, -1, nowhere, 0xf30fffff); }},
    {"inotify_add_watch_none", [] { call(SYS_inotify_add_watch, -1, "x", 0); }},
    {"inotify_add_watch_mask", [] { call(SYS_inotify_add_watch, -1, "x", 0x1f0c1000); }},
    {"inotify_rm_watch", [] { call(SYS_inotify_rm_watch, call(SYS_inotify_init1, 0), 1); }},
    {"fanotify_init_bad", [] { call(SYS_fanotify_init, 0xffff0, 0x80002); }},
    {"fanotify_init_unknown", [] { call(SYS_fanotify_init, 0xc, 3); }},
    {"fanotify_init_content", [] { call(SYS_fanotify_init, 0x10000 | 4, 0x8000); }},
    {"fanotify_mark", [] { call(SYS_fanotify_mark, -1, 1, 0x40000001, AT_FDCWD, "/etc"); }},
    {"fanotify_mark_everything", [] { call(SYS_fanotify_mark, -1, 0x3ff, -1, -1, nullptr); }},
    {"fanotify_mark_unknown", [] { call(SYS_fanotify_mark, -1, 0x1000, 0x1000000080000000, 77, nowhere); }},
    {"fanotify_mark_nothing", [] { call(SYS_fanotify_mark, -1, 0, 0, AT_FDCWD, nullptr); }},
    {"name_to_handle_at",
     [] {
       in_low((unsigned[2]){128, 0});
       call(SYS_name_to_handle_at, AT_FDCWD, "missing", low, low + 512, 0x1400);
     }},
    {"name_to_handle_at_short",
     [] {
       in_low((unsigned[2]){0, 5});
       call(SYS_name_to_handle_at, AT_FDCWD, "/etc", low, low + 512, 0);
     }},
    {"name_to_handle_at_long",
     [] {
       in_low((unsigned[2]){129, 5});
       call(SYS_name_to_handle_at, AT_FDCWD, "/etc", low, low + 512, 0);
     }},
    {"name_to_handle_at_unreadable",
     [] { call(SYS_name_to_handle_at, -1, nowhere, nowhere, nowhere, 0x801); }},
    {"open_by_handle_at",
     [] {
       in_low((unsigned[4]){8, 1, 0x11223344, 0x55667788});
       call(SYS_open_by_handle_at, -1, low, O_RDWR | O_CLOEXEC);
     }},
    {"open_by_handle_at_large",
     [] {
       in_low((unsigned[4]){200, 0xff, 0x11223344, 0x55667788});
       call(SYS_open_by_handle_at, AT_FDCWD, low, O_RDONLY);
     }},
    {"open_by_handle_at_unreadable", [] { call(SYS_open_by_handle_at, 5, nowhere, O_PATH); }},
    {"quotactl_getquota", [] { call(SYS_quotactl, 0x800007 << 8 | 0, "missing", 0, low); }},
    {"quotactl_setquota",
     [] {
       for (unsigned i = 0; i < 18; ++i) in_low(i + 1, i * 4);
       call(SYS_quotactl, 0x800008 << 8 | 1, "missing", 77, low);
     }},
    {"quotactl_quotaon", [] { call(SYS_quotactl, 0x800002 << 8 | 0, "missing", 4, "/quota.file"); }},
    {"quotactl_quotaoff", [] { call(SYS_quotactl, 0x800003 << 8 | 1, "missing", 4, low); }},
    {"quotactl_sync", [] { call(SYS_quotactl, 0x800001 << 8 | 2, "missing", 0, nullptr); }},
    {"quotactl_getfmt", [] { call(SYS_quotactl, 0x800004 << 8 | 0, "missing", 0, low); }},
    {"quotactl_setinfo",
     [] {
       in_low((unsigned long[3]){1, 2, 0x300000003});
       call(SYS_quotactl, 0x800006 << 8 | 0, "missing", 0, low);
     }},
    {"quotactl_getnext", [] { call(SYS_quotactl, 0x800009 << 8 | 0, "missing", 5, low); }},
    {"quotactl_xfs", [] { call(SYS_quotactl, ('X' << 8 | 3) << 8 | 0, "missing", 5, low); }},
    {"quotactl_xfs_on", [] { call(SYS_quotactl, ('X' << 8 | 1) << 8 | 0, "missing", 5, in_low(0x35)); }},
    {"quotactl_unknown", [] { call(SYS_quotactl, 0x12345678, nowhere, -1, nowhere); }},
    {"quotactl_fd", [] { call(443, -1, 0x800007 << 8 | 2, 7, low); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
