// Files and descriptors.
#include "calls.hpp"

#include <linux/fs.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/uio.h>

namespace {

int file() { return ::open("file", O_RDWR | O_CREAT, 0640); }

constexpr Case list[] = {
    {"read", [] { call(SYS_read, ::open("/dev/zero", O_RDONLY), low, 16); }},
    {"read_nothing", [] { call(SYS_read, ::open("/dev/null", O_RDONLY), low, 16); }},
    {"read_bad_descriptor", [] { call(SYS_read, -1, low, 16); }},
    {"read_bad_buffer", [] { call(SYS_read, ::open("/dev/zero", O_RDONLY), nowhere, 16); }},
    {"write", [] { call(SYS_write, file(), "a\tb\n\1\2003\377\"\\", 10); }},
    {"write_long", [] { call(SYS_write, file(), std::memset(low, 'x', 300), 300); }},
    {"write_at_end_of_page", [] { call(SYS_write, file(), low + low_size - 4, 8); }},
    {"write_null", [] { call(SYS_write, file(), nullptr, 8); }},
    {"write_nothing", [] { call(SYS_write, file(), low, 0); }},
    {"open", [] { call(SYS_open, "file", O_RDONLY); }},
    {"open_creates", [] { call(SYS_open, "file", O_WRONLY | O_CREAT | O_EXCL, 0600); }},
    {"open_unknown_flags", [] { call(SYS_open, "file", 0x40000000 | O_RDWR); }},
    {"open_unreadable_path", [] { call(SYS_open, nowhere, O_RDONLY); }},
    {"open_null_path", [] { call(SYS_open, nullptr, O_RDONLY); }},
    {"open_path_at_end_of_page", [] { call(SYS_open, at_end("file"), O_RDONLY); }},
    {"open_unterminated_path", [] { call(SYS_open, std::memset(low + low_size - 4, 'x', 4), O_RDONLY); }},
    {"openat_creates",
     [] { call(SYS_openat, AT_FDCWD, "file", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0755); }},
    {"openat_in_directory", [] { call(SYS_openat, ::open("/", O_PATH), "etc", O_DIRECTORY); }},
    {"openat_temporary", [] { call(SYS_openat, AT_FDCWD, ".", O_TMPFILE | O_RDWR, 0600); }},
    {"openat_bad_directory", [] { call(SYS_openat, 77, "file", O_RDONLY | O_NOFOLLOW | O_NOCTTY); }},
    {"openat2",
     [] {
       call(SYS_openat2, AT_FDCWD, "file",
            at_end(open_how{.flags = O_RDWR | O_CREAT, .mode = 0600, .resolve = RESOLVE_BENEATH}),
            sizeof(open_how));
     }},
    {"openat2_bad_size", [] { call(SYS_openat2, AT_FDCWD, "file", low, 3); }},
    {"openat2_unreadable", [] { call(SYS_openat2, AT_FDCWD, "file", nowhere, sizeof(open_how)); }},
    {"close", [] { call(SYS_close, file()); }},
    {"close_bad_descriptor", [] { call(SYS_close, -100); }},
    {"close_range", [] { call(SYS_close_range, 50, 60, 4); }},
    {"close_range_unknown", [] { call(SYS_close_range, 50, ~0U, 0x80); }},
    {"creat", [] { call(SYS_creat, "file", 0620); }},
    {"access", [] { call(SYS_access, "/etc", R_OK | X_OK); }},
    {"access_exists", [] { call(SYS_access, "/nowhere", F_OK); }},
    {"faccessat2", [] { call(SYS_faccessat2, AT_FDCWD, "/etc", W_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW); }},
    {"lseek", [] { call(SYS_lseek, file(), 5, SEEK_CUR); }},
    {"lseek_negative", [] { call(SYS_lseek, file(), -1, SEEK_SET); }},
    {"lseek_unknown", [] { call(SYS_lseek, file(), 0, 77); }},
    {"dup3", [] { call(SYS_dup3, 0, 44, O_CLOEXEC); }},
    {"pipe2", [] { call(SYS_pipe2, low, O_NONBLOCK | O_DIRECT); }},
    {"pipe2_unwritable", [] { call(SYS_pipe2, nowhere, 0); }},
    {"fcntl_getfl", [] { call(SYS_fcntl, file(), F_GETFL); }},
    {"fcntl_getfd", [] { call(SYS_fcntl, ::open("/", O_RDONLY | O_CLOEXEC), F_GETFD); }},
    {"fcntl_getfd_none", [] { call(SYS_fcntl, file(), F_GETFD); }},
    {"fcntl_setfd", [] { call(SYS_fcntl, file(), F_SETFD, 3); }},
    {"fcntl_setfl", [] { call(SYS_fcntl, file(), F_SETFL, O_APPEND | O_NONBLOCK); }},
    {"fcntl_dupfd", [] { call(SYS_fcntl, 0, F_DUPFD_CLOEXEC, 60); }},
    {"fcntl_unknown", [] { call(SYS_fcntl, 0, 0x777, 60); }},
    {"fcntl_seals", [] { call(SYS_fcntl, call(SYS_memfd_create, "m", 2), F_GET_SEALS); }},
    {"flock", [] { call(SYS_flock, file(), 2 | 4); }},
    {"rename", [] { call(SYS_rename, "a", "b"); }},
    {"renameat2", [] { call(SYS_renameat2, AT_FDCWD, "a", AT_FDCWD, "b", RENAME_NOREPLACE); }},
    {"mkdir", [] { call(SYS_mkdir, "d", 01777); }},
    {"mkdirat_of_no_mode", [] { call(SYS_mkdirat, AT_FDCWD, "d", 0); }},
    {"mknod_device", [] { call(SYS_mknod, "dev/missing", S_IFCHR | 0600, 0x10305); }},
    {"mknod_fifo", [] { call(SYS_mknod, "fifo", S_IFIFO | 0600, 0); }},
    {"unlinkat", [] { call(SYS_unlinkat, AT_FDCWD, "d", AT_REMOVEDIR); }},
    {"linkat", [] { call(SYS_linkat, AT_FDCWD, "a", AT_FDCWD, "b", AT_SYMLINK_FOLLOW | AT_EMPTY_PATH); }},
    {"symlink", [] { call(SYS_symlink, "to", "link"); }},
    {"readlink", [] { call(SYS_readlink, "/proc/self/cwd/../..//proc/mounts", low, 100); }},
    {"readlink_short", [] { call(SYS_readlink, "/proc/mounts", low, 3); }},
    {"chmod", [] { call(SYS_fchmodat, AT_FDCWD, "missing", 04755); }},
    {"chown", [] { call(SYS_chown, "missing", -1, 5); }},
    {"umask", [] { call(SYS_umask, 027); }},
    {"truncate", [] { call(SYS_truncate, "missing", 1LL << 40); }},
    {"getcwd", [] { call(SYS_chdir, "/etc"), call(SYS_getcwd, low, 100); }},
    {"getcwd_too_short", [] { call(SYS_chdir, "/etc"), call(SYS_getcwd, low, 2); }},
    {"stat_missing", [] { call(SYS_stat, "missing", low); }},
    {"fstat_null_device", [] { call(SYS_fstat, ::open("/dev/null", O_RDWR), at_end((struct stat){})); }},
    {"fstat_unwritable", [] { call(SYS_fstat, 0, nowhere); }},
    {"newfstatat_directory", [] { call(SYS_newfstatat, AT_FDCWD, "/etc", low, AT_SYMLINK_NOFOLLOW); }},
    {"readv",
     [] {
       in_low((iovec[2]){{low + 100, 3}, {low + 200, 20}});
       call(SYS_readv, ::open("/dev/zero", O_RDONLY), low, 2);
     }},
    {"writev",
     [] {
       std::strcpy(low + 100, "abc");
       in_low((iovec[3]){{low + 100, 3}, {nullptr, 0}, {low + 100, 2}});
       call(SYS_writev, file(), low, 3);
     }},
    {"writev_none", [] { call(SYS_writev, file(), low, 0); }},
    {"writev_unreadable", [] { call(SYS_writev, file(), nowhere, 2); }},
    {"writev_broken_array",
     [] {
       in_low((iovec[1]){{low, 3}}, low_size - sizeof(iovec));
       call(SYS_writev, file(), low + low_size - sizeof(iovec), 2);
     }},
    {"pread64", [] { call(SYS_pread64, ::open("/dev/zero", O_RDONLY), low, 4, 1LL << 33); }},
    {"fallocate", [] { call(SYS_fallocate, file(), 3, 4096, 8192); }},
    {"fadvise64", [] { call(SYS_fadvise64, file(), 0, 100, 3); }},
    {"copy_file_range", [] { call(SYS_copy_file_range, file(), nullptr, file(), nullptr, 10, 0); }},
    {"sendfile", [] { call(SYS_sendfile, 1, file(), in_low(3L), 10); }},
    {"inotify_add_watch", [] { call(SYS_inotify_add_watch, call(SYS_inotify_init1, 04000), "/etc", 0x300); }},
    {"eventfd2", [] { call(SYS_eventfd2, 7, 02000001); }},
    {"memfd_create", [] { call(SYS_memfd_create, "name", 3); }},
    {"getdents64_empty", [] { call(SYS_getdents64, ::open(".", O_RDONLY), low, 4096); }},
    {"statx", [] { call(SYS_statx, AT_FDCWD, "/dev/null", AT_STATX_DONT_SYNC, STATX_BASIC_STATS, nowhere); }},
    {"ftruncate_negative", [] { call(SYS_ftruncate, file(), -1); }},
    {"utimensat",
     [] {
       in_low((timespec[2]){{0, UTIME_NOW}, {123, 456}});
       call(SYS_utimensat, AT_FDCWD, "missing", low, AT_SYMLINK_NOFOLLOW);
     }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
