// Files again: states, locks, attributes, directories, and bytes that go from one to the other.
#include "calls.hpp"

#include <csignal>

#include <sys/stat.h>
#include <sys/uio.h>

namespace {

int file() { return ::open("file", O_RDWR | O_CREAT, 0640); }
int regular() {
  const int fd = file();
  ::write(fd, "0123456789", 10);
  ::lseek(fd, 0, SEEK_SET);
  return fd;
}

struct flock region(short type, short whence, long start, long length) {
  struct flock lock {};
  lock.l_type = type, lock.l_whence = whence, lock.l_start = start, lock.l_len = length;
  return lock;
}
template <class A>
void fcntl_of(int command, A argument) {
  call(SYS_fcntl, file(), command, argument);
}

constexpr Case list[] = {
    {"stat_regular", [] { call(SYS_stat, "/etc/hostname", low); }},
    {"lstat_link", [] { call(SYS_lstat, "/proc/self", nowhere), call(SYS_lstat, "/bin", low); }},
    {"fstat_bad", [] { call(SYS_fstat, -1, low), call(SYS_fstat, 99, nullptr); }},
    {"newfstatat_empty",
     [] {
       call(SYS_newfstatat, ::open("/etc", O_PATH), "", low, 0x1000),
           call(SYS_newfstatat, -1, nullptr, low, 0x80000800);
     }},
    {"fcntl_setlk", [] { fcntl_of(F_SETLK, in_low(region(F_WRLCK, SEEK_SET, 5, 10))); }},
    {"fcntl_setlkw", [] { fcntl_of(F_SETLKW, in_low(region(F_RDLCK, SEEK_END, -5, 0))); }},
    {"fcntl_getlk", [] { fcntl_of(F_GETLK, in_low(region(F_WRLCK, SEEK_CUR, 0, 0))); }},
    {"fcntl_lock_invalid", [] { fcntl_of(F_SETLK, in_low(region(77, 9, -1, -1))); }},
    {"fcntl_lock_unreadable",
     [] { fcntl_of(F_SETLK, nowhere), fcntl_of(F_GETLK, nowhere), fcntl_of(F_OFD_GETLK, nullptr); }},
    {"fcntl_ofd_setlk",
     [] {
       fcntl_of(F_OFD_SETLK, in_low(region(F_WRLCK, SEEK_SET, 0, 1))),
           fcntl_of(F_OFD_SETLKW, in_low(region(F_UNLCK, SEEK_SET, 0, 0)));
     }},
    {"fcntl_ofd_getlk", [] { fcntl_of(F_OFD_GETLK, in_low(region(F_WRLCK, SEEK_SET, 0, 1))); }},
    {"fcntl_setown", [] { fcntl_of(F_SETOWN, -7), fcntl_of(F_SETOWN, 0), fcntl_of(F_GETOWN, 0); }},
    {"fcntl_setown_ex",
     [] {
       in_low((int[2]){1, 0});
       fcntl_of(F_SETOWN_EX, low);
       in_low((int[2]){9, -5});
       fcntl_of(F_SETOWN_EX, low), fcntl_of(F_SETOWN_EX, nowhere);
     }},
    {"fcntl_getown_ex", [] { fcntl_of(F_GETOWN_EX, low), fcntl_of(F_GETOWN_EX, nowhere); }},
    {"fcntl_owner_uids", [] { fcntl_of(17, low), fcntl_of(17, nowhere); }},
    {"fcntl_signal",
     [] {
       fcntl_of(F_SETSIG, SIGUSR1), fcntl_of(F_GETSIG, 0), fcntl_of(F_SETSIG, 0), fcntl_of(F_SETSIG, 999);
     }},
    {"fcntl_lease",
     [] {
       fcntl_of(F_SETLEASE, F_WRLCK), fcntl_of(F_GETLEASE, 0), fcntl_of(F_SETLEASE, F_UNLCK),
           fcntl_of(F_GETLEASE, 0), fcntl_of(F_SETLEASE, 99);
     }},
    {"fcntl_notify",
     [] {
       call(SYS_fcntl, ::open(".", O_RDONLY), F_NOTIFY, 0x8000003f), fcntl_of(F_NOTIFY, 0x40),
           fcntl_of(F_NOTIFY, 0);
     }},
    {"fcntl_pipe_size",
     [] {
       int ends[2];
       ::pipe(ends);
       call(SYS_fcntl, ends[0], 1031, 8192), call(SYS_fcntl, ends[0], 1032);
     }},
    {"fcntl_hints",
     [] {
       fcntl_of(1035, low), fcntl_of(1036, in_low(2UL)), fcntl_of(1035, low), fcntl_of(1037, low),
           fcntl_of(1038, in_low(99UL)), fcntl_of(1036, nowhere);
     }},
    {"fcntl_add_seals",
     [] { call(SYS_fcntl, -1, 1033, 0x1f), call(SYS_fcntl, -1, 1033, 0x100), call(SYS_fcntl, -1, 1033, 0); }},
    {"fcntl_setfl_odd",
     [] {
       call(SYS_fcntl, -1, F_SETFL, 0x7fffffff), call(SYS_fcntl, -1, F_SETFL, 0),
           call(SYS_fcntl, -1, F_SETFD, 0), call(SYS_fcntl, -1, F_SETFD, 1);
     }},
    {"fcntl_dupfd_bad", [] { call(SYS_fcntl, -1, F_DUPFD, -1); }},
    {"fcntl_newer", [] { fcntl_of(1027, 0), fcntl_of(1028, 0), fcntl_of(1029, low); }},
    {"flock_odd",
     [] {
       call(SYS_flock, file(), 8), call(SYS_flock, -1, 0x10), call(SYS_flock, -1, 0xe1),
           call(SYS_flock, -1, 0);
     }},
    {"setxattr",
     [] {
       call(SYS_setxattr, "missing", "user.a", "val\0ue", 6, 1),
           call(SYS_lsetxattr, "missing", "user.a", nullptr, 0, 2);
     }},
    {"setxattr_bad",
     [] {
       call(SYS_fsetxattr, -1, nowhere, nowhere, 5, 4), call(SYS_setxattr, nowhere, nullptr, low, -1, 3);
     }},
    {"getxattr",
     [] {
       call(SYS_getxattr, "missing", "user.a", low, 100),
           call(SYS_lgetxattr, "/etc", "user.none", nullptr, 0), call(SYS_fgetxattr, -1, nowhere, nowhere, 5);
     }},
    {"getxattr_value",
     [] {
       call(SYS_fsetxattr, file(), "trusted.x", "value", 5, 0),
           call(SYS_fgetxattr, file(), "trusted.x", low, 100),
           call(SYS_fgetxattr, file(), "trusted.x", low, 0), call(SYS_fgetxattr, file(), "trusted.x", low, 2);
     }},
    {"listxattr",
     [] {
       call(SYS_listxattr, "missing", low, 5), call(SYS_flistxattr, file(), low, 100),
           call(SYS_llistxattr, "/", nullptr, 0);
     }},
    {"listxattr_names",
     [] { call(SYS_fsetxattr, file(), "trusted.x", "value", 5, 0), call(SYS_flistxattr, file(), low, 100); }},
    {"removexattr",
     [] {
       call(SYS_removexattr, "missing", "user.a"), call(SYS_lremovexattr, nowhere, nowhere),
           call(SYS_fremovexattr, -1, "user.b");
     }},
    {"fallocate_odd",
     [] {
       call(SYS_fallocate, -1, 0x7f, -1, 1LL << 40), call(SYS_fallocate, -1, 0x80, 0, 0),
           call(SYS_fallocate, -1, 0, 0, 1);
     }},
    {"copy_file_range_offsets",
     [] {
       call(SYS_copy_file_range, regular(), in_low(2L), file(), in_low(0L, 64), 3, 0),
           call(SYS_copy_file_range, -1, nowhere, -1, nowhere, -1, 5);
     }},
    {"splice",
     [] {
       int ends[2];
       ::pipe(ends);
       call(SYS_splice, regular(), in_low(2L), ends[1], nullptr, 4, 0xf),
           call(SYS_splice, -1, nowhere, -1, low, 5, 0x10);
     }},
    {"tee", [] { call(SYS_tee, -1, -2, 5, 3), call(SYS_tee, 0, 0, -1, 0); }},
    {"vmsplice",
     [] {
       int ends[2];
       ::pipe(ends);
       std::strcpy(low + 64, "bytes");
       in_low((iovec[2]){{low + 64, 5}, {low + 64, 2}});
       call(SYS_vmsplice, ends[1], low, 2, 0xa), call(SYS_vmsplice, -1, nowhere, 2, 0x20);
     }},
    {"sendfile_offset",
     [] {
       int ends[2];
       ::pipe(ends);
       const int in = regular();
       call(SYS_sendfile, ends[1], in, in_low(3L), 4), call(SYS_sendfile, ends[1], in, nullptr, 2),
           call(SYS_sendfile, -1, -1, nowhere, 4);
     }},
    {"readahead", [] { call(SYS_readahead, -1, -5, 10); }},
    {"sync_file_range",
     [] { call(SYS_sync_file_range, -1, 5, 10, 7), call(SYS_sync_file_range, -1, -5, -1, 8); }},
    {"fadvise64_odd", [] { call(SYS_fadvise64, -1, -5, -1, 9); }},
    {"preadv",
     [] {
       in_low((iovec[2]){{low + 64, 3}, {low + 128, 50}});
       call(SYS_preadv, regular(), low, 2, 2L, 0), call(SYS_preadv, -1, low, 2, -2L, 0);
     }},
    {"pwritev",
     [] {
       std::strcpy(low + 64, "bytes");
       in_low((iovec[2]){{low + 64, 5}, {low + 64, 2}});
       call(SYS_pwritev, file(), low, 2, 1LL << 33, 0), call(SYS_pwritev, -1, nowhere, 2, 0, 0);
     }},
    {"preadv2",
     [] {
       in_low((iovec[2]){{low + 64, 3}, {low + 128, 50}});
       call(SYS_preadv2, regular(), low, 2, -1L, 0, 8), call(SYS_preadv2, -1, low, 2, 0, 0, 0x1f);
     }},
    {"pwritev2",
     [] {
       std::strcpy(low + 64, "bytes");
       in_low((iovec[2]){{low + 64, 5}, {low + 64, 2}});
       call(SYS_pwritev2, file(), low, 2, 0, 0, 0x16), call(SYS_pwritev2, -1, low, 1, 5, 0, 0x100);
     }},
    {"readv_bad",
     [] {
       in_low((iovec[2]){{low + 64, 3}, {nowhere, 50}});
       call(SYS_readv, ::open("/dev/zero", O_RDONLY), low, 2), call(SYS_readv, -1, low, 2),
           call(SYS_readv, 0, nowhere, 5);
     }},
    {"writev_many", [] { call(SYS_writev, -1, low, 300), call(SYS_writev, -1, low, -1); }},
    {"writev_long_text",
     [] {
       std::memset(low + 64, 'x', 300);
       in_low((iovec[1]){{low + 64, 300}});
       call(SYS_writev, file(), low, 1);
     }},
    {"writev_unreadable_base",
     [] {
       in_low((iovec[2]){{nowhere, 3}, {low, 1}});
       call(SYS_writev, file(), low, 2);
     }},
    {"getdents64",
     [] {
       ::mkdir("d", 0700), ::mkdir("d/one", 0700);
       ::symlink("x", "d/two");
       call(SYS_getdents64, ::open("d", O_RDONLY), low, 4096);
     }},
    {"getdents",
     [] {
       ::mkdir("d", 0700), ::mkdir("d/one", 0700);
       call(SYS_getdents, ::open("d", O_RDONLY), low, 4096);
     }},
    {"getdents64_end",
     [] {
       const int fd = ::open(".", O_RDONLY);
       call(SYS_getdents64, fd, low, 4096), call(SYS_getdents64, fd, low, 4096),
           call(SYS_getdents64, fd, nowhere, 4096), call(SYS_getdents64, -1, low, 5);
     }},
    {"getdents64_too_short",
     [] {
       call(SYS_getdents64, ::open(".", O_RDONLY), low, 3),
           call(SYS_getdents, ::open(".", O_RDONLY), nowhere, 4000);
     }},
    {"mknodat",
     [] {
       call(SYS_mknodat, AT_FDCWD, "missing/x", S_IFBLK | 04644, 0x12345678),
           call(SYS_mknodat, 77, "x", 0644, 5), call(SYS_mknod, "missing/x", S_IFSOCK | 0777, 0);
     }},
    {"mknod_unknown", [] { call(SYS_mknod, "missing/x", 0150644, 5), call(SYS_mknod, nowhere, 0, 0); }},
    {"umask_more", [] { call(SYS_umask, 07777), call(SYS_umask, 0), call(SYS_umask, 022); }},
    {"mkdir_sticky", [] { call(SYS_mkdir, "missing/x", 0777777), call(SYS_mkdirat, 77, "x", 01777); }},
    {"chmod_odd",
     [] {
       call(SYS_chmod, "missing", 0170000), call(SYS_fchmod, -1, 07777), call(SYS_fchmodat, 77, nullptr, 0),
           call(452, AT_FDCWD, "missing", 0644, 0x1100);
     }},
    {"chown_odd",
     [] {
       call(SYS_fchownat, AT_FDCWD, "missing", 5, -1, 0x1100), call(SYS_lchown, nowhere, -1, -1),
           call(SYS_fchown, -1, 0xffffffff, 0x80000000);
     }},
    {"renameat2_odd",
     [] {
       call(SYS_renameat2, AT_FDCWD, "a", 5, nowhere, 0x17), call(SYS_renameat, 77, nullptr, AT_FDCWD, "b");
     }},
    {"unlinkat_odd", [] { call(SYS_unlinkat, AT_FDCWD, "a", 0x1), call(SYS_unlinkat, 77, nowhere, 0); }},
    {"linkat_odd", [] { call(SYS_linkat, AT_FDCWD, "a", 77, "b", 0x800), call(SYS_link, "a", nowhere); }},
    {"symlinkat",
     [] {
       call(SYS_symlinkat, "to", 77, "link"), call(SYS_readlinkat, AT_FDCWD, "missing", low, 10),
           call(SYS_readlinkat, 77, nullptr, nowhere, -1);
     }},
    {"faccessat",
     [] {
       call(SYS_faccessat, AT_FDCWD, "/etc", 7), call(SYS_faccessat2, AT_FDCWD, "/etc", 8, 0x801),
           call(SYS_access, "/etc", 0xf);
     }},
    {"openat_odd",
     [] {
       call(SYS_openat, AT_FDCWD, "missing", 0x7fffffff, 0170777), call(SYS_openat, -1, nullptr, 3),
           call(SYS_openat, AT_FDCWD, "x", 0x80000000);
       call(SYS_open, "missing/x", O_CREAT | O_SYNC | O_DSYNC, 01777);
     }},
    {"openat2_flags",
     [] {
       in_low((unsigned long[4]){0x100000000 | O_CREAT, 0777777, 0x3f, 5});
       call(437, AT_FDCWD, "missing/x", low, 24), call(437, AT_FDCWD, "missing/x", low, 32);
       in_low((unsigned long[4]){O_TMPFILE, 07777, 0x100, 0});
       call(437, -1, nowhere, low, 24), call(437, AT_FDCWD, "missing/x", low, 32);
       in_low((unsigned long[4]){O_PATH, 5, 0, 0});
       call(437, -1, "x", low, 24), call(437, -1, "x", low, 23), call(437, -1, "x", nullptr, 24);
     }},
    {"close_range_all", [] { call(436, 50, -1, 0), call(436, 60, 50, 6), call(436, -1, 5, 1); }},
    {"dup_odd",
     [] {
       call(SYS_dup, -1), call(SYS_dup2, 0, 99), call(SYS_dup3, 0, 0, 0x12345), call(SYS_dup3, 5, -1, 0);
     }},
    {"pipe_unwritable",
     [] { call(SYS_pipe, nowhere), call(SYS_pipe2, low, 0x80000001), call(SYS_pipe, low); }},
    {"deleted_file",
     [] {
       const int fd = file();
       ::unlink("file");
       call(SYS_fsync, fd), call(SYS_fdatasync, fd), call(SYS_syncfs, fd);
     }},
    {"named_deleted", [] { call(SYS_fsync, ::open("odd (deleted)", O_RDWR | O_CREAT, 0600)); }},
    {"named_deleted_and_deleted",
     [] {
       const int fd = ::open("odd (deleted)", O_RDWR | O_CREAT, 0600);
       ::unlink("odd (deleted)");
       call(SYS_fsync, fd);
     }},
    {"odd_name", [] { call(SYS_fsync, ::open("a<b>\n\"\\c\t\1", O_RDWR | O_CREAT, 0600)); }},
    {"chroot", [] { call(SYS_chroot, "missing"), call(SYS_chdir, nowhere), call(SYS_fchdir, 77); }},
    {"getcwd_odd",
     [] { call(SYS_getcwd, nowhere, 4096), call(SYS_getcwd, low, 0), call(SYS_getcwd, nullptr, 10); }},
    {"lseek_odd",
     [] {
       call(SYS_lseek, regular(), -3, SEEK_END), call(SYS_lseek, -1, 5, SEEK_DATA),
           call(SYS_lseek, -1, 1LL << 62, SEEK_HOLE);
     }},
    {"truncate_odd", [] { call(SYS_truncate, nowhere, -1), call(SYS_ftruncate, file(), 100); }},
    {"pread64_odd",
     [] {
       call(SYS_pread64, regular(), low, 4, 3), call(SYS_pread64, -1, low, 4, -1),
           call(SYS_pwrite64, file(), "abc", 3, 1LL << 33);
     }},
    {"newer_files",
     [] {
       call(463, AT_FDCWD, "missing", 0, "user.a", low, 16),
           call(464, AT_FDCWD, "missing", 0, "user.a", low, 16);
       call(465, AT_FDCWD, "missing", 0, low, 16), call(466, AT_FDCWD, "missing", 0, "user.a");
       call(468, AT_FDCWD, "missing", low, 24, 0), call(469, AT_FDCWD, "missing", low, 24, 0),
           call(467, AT_FDCWD, "missing", 0, low, 32);
     }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
