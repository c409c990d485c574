// Tables of constants: files and descriptors.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// asm-generic/fcntl.h
constexpr FlagName open_flags_rows[] = {
    {0, "O_RDONLY", 3},      {01, "O_WRONLY", 3},      {02, "O_RDWR", 3},        {03, "O_ACCMODE", 3},
    {0100, "O_CREAT"},       {0200, "O_EXCL"},         {0400, "O_NOCTTY"},       {01000, "O_TRUNC"},
    {02000, "O_APPEND"},     {04000, "O_NONBLOCK"},    {04010000, "O_SYNC"},     {010000, "O_DSYNC"},
    {040000, "O_DIRECT"},    {0100000, "O_LARGEFILE"}, {0400000, "O_NOFOLLOW"},  {01000000, "O_NOATIME"},
    {02000000, "O_CLOEXEC"}, {010000000, "O_PATH"},    {020200000, "O_TMPFILE"}, {0200000, "O_DIRECTORY"},
    {0x2000, "FASYNC"}};
constinit const Table open_flags = table<open_flags_rows>("O_???");

// asm-generic/fcntl.h, of dup3 and pipe2
constexpr FlagName descriptor_flags_rows[] = {
    {0100, "O_CREAT"},       {0200, "O_EXCL"},         {0400, "O_NOCTTY"},       {01000, "O_TRUNC"},
    {02000, "O_APPEND"},     {04000, "O_NONBLOCK"},    {04010000, "O_SYNC"},     {010000, "O_DSYNC"},
    {040000, "O_DIRECT"},    {0100000, "O_LARGEFILE"}, {0400000, "O_NOFOLLOW"},  {01000000, "O_NOATIME"},
    {02000000, "O_CLOEXEC"}, {010000000, "O_PATH"},    {020200000, "O_TMPFILE"}, {0200000, "O_DIRECTORY"},
    {0x2000, "FASYNC"}};
constinit const Table descriptor_flags = table<descriptor_flags_rows>("O_???");

// unistd.h
constexpr FlagName access_modes_rows[] = {{0, "F_OK"}, {4, "R_OK"}, {2, "W_OK"}, {1, "X_OK"}};
constinit const Table access_modes = table<access_modes_rows>("?_OK");

// linux/fcntl.h
constexpr FlagName at_flags_rows[] = {{0x100, "AT_SYMLINK_NOFOLLOW"}, {0x200, "AT_REMOVEDIR"},
                                      {0x400, "AT_SYMLINK_FOLLOW"},   {0x800, "AT_NO_AUTOMOUNT"},
                                      {0x1000, "AT_EMPTY_PATH"},      {0x8000, "AT_RECURSIVE"}};
constinit const Table at_flags = table<at_flags_rows>("AT_???");

// linux/fcntl.h
constexpr FlagName faccessat_flags_rows[] = {
    {0x100, "AT_SYMLINK_NOFOLLOW"}, {0x200, "AT_EACCESS"}, {0x1000, "AT_EMPTY_PATH"}};
constinit const Table faccessat_flags = table<faccessat_flags_rows>("AT_???");

// linux/fcntl.h
constexpr FlagName at_statx_flags_rows[] = {{0x6000, "AT_STATX_FORCE_SYNC|AT_STATX_DONT_SYNC", 0x6000},
                                            {0x2000, "AT_STATX_FORCE_SYNC", 0x6000},
                                            {0x4000, "AT_STATX_DONT_SYNC", 0x6000},
                                            {0, "AT_STATX_SYNC_AS_STAT", 0x6000},
                                            {0x100, "AT_SYMLINK_NOFOLLOW"},
                                            {0x200, "AT_REMOVEDIR"},
                                            {0x400, "AT_SYMLINK_FOLLOW"},
                                            {0x800, "AT_NO_AUTOMOUNT"},
                                            {0x1000, "AT_EMPTY_PATH"},
                                            {0x8000, "AT_RECURSIVE"}};
constinit const Table at_statx_flags = table<at_statx_flags_rows>("AT_???");

// linux/stat.h
constexpr FlagName statx_masks_rows[] = {{0xfff, "STATX_ALL"},
                                         {0x7ff, "STATX_BASIC_STATS"},
                                         {1, "STATX_TYPE"},
                                         {2, "STATX_MODE"},
                                         {4, "STATX_NLINK"},
                                         {8, "STATX_UID"},
                                         {0x10, "STATX_GID"},
                                         {0x20, "STATX_ATIME"},
                                         {0x40, "STATX_MTIME"},
                                         {0x80, "STATX_CTIME"},
                                         {0x100, "STATX_INO"},
                                         {0x200, "STATX_SIZE"},
                                         {0x400, "STATX_BLOCKS"},
                                         {0x800, "STATX_BTIME"},
                                         {0x1000, "STATX_MNT_ID"},
                                         {0x2000, "STATX_DIOALIGN"},
                                         {0x4000, "STATX_MNT_ID_UNIQUE"},
                                         {0x8000, "STATX_SUBVOL"},
                                         {0x10000, "STATX_WRITE_ATOMIC"},
                                         {0x20000, "STATX_DIO_READ_ALIGN"}};
constinit const Table statx_masks = table<statx_masks_rows>("STATX_???");

// linux/stat.h
constexpr FlagName statx_attributes_rows[] = {
    {0x4, "STATX_ATTR_COMPRESSED"},       {0x10, "STATX_ATTR_IMMUTABLE"},  {0x20, "STATX_ATTR_APPEND"},
    {0x40, "STATX_ATTR_NODUMP"},          {0x800, "STATX_ATTR_ENCRYPTED"}, {0x1000, "STATX_ATTR_AUTOMOUNT"},
    {0x2000, "STATX_ATTR_MOUNT_ROOT"},    {0x100000, "STATX_ATTR_VERITY"}, {0x200000, "STATX_ATTR_DAX"},
    {0x400000, "STATX_ATTR_WRITE_ATOMIC"}};
constinit const Table statx_attributes = table<statx_attributes_rows>("STATX_ATTR_???");

// linux/stat.h
constexpr FlagName file_types_rows[] = {{0140000, "S_IFSOCK", 0170000},
                                        {0120000, "S_IFLNK", 0170000},
                                        {0100000, "S_IFREG", 0170000},
                                        {060000, "S_IFBLK", 0170000},
                                        {040000, "S_IFDIR", 0170000},
                                        {020000, "S_IFCHR", 0170000},
                                        {010000, "S_IFIFO", 0170000},
                                        {04000, "S_ISUID"},
                                        {02000, "S_ISGID"},
                                        {01000, "S_ISVTX"}};
constinit const Table file_types = table<file_types_rows>("S_I???");

// linux/fs.h
constexpr FlagName whence_rows[] = {
    {0, "SEEK_SET"}, {1, "SEEK_CUR"}, {2, "SEEK_END"}, {3, "SEEK_DATA"}, {4, "SEEK_HOLE"}};
constinit const Table whence = table<whence_rows>("SEEK_???");

// asm-generic/fcntl.h, linux/fcntl.h
constexpr FlagName fcntl_commands_rows[] = {{0, "F_DUPFD"},
                                            {1, "F_GETFD"},
                                            {2, "F_SETFD"},
                                            {3, "F_GETFL"},
                                            {4, "F_SETFL"},
                                            {5, "F_GETLK"},
                                            {6, "F_SETLK"},
                                            {7, "F_SETLKW"},
                                            {8, "F_SETOWN"},
                                            {9, "F_GETOWN"},
                                            {0xa, "F_SETSIG"},
                                            {0xb, "F_GETSIG"},
                                            {0xf, "F_SETOWN_EX"},
                                            {0x10, "F_GETOWN_EX"},
                                            {0x11, "F_GETOWNER_UIDS"},
                                            {0x24, "F_OFD_GETLK"},
                                            {0x25, "F_OFD_SETLK"},
                                            {0x26, "F_OFD_SETLKW"},
                                            {0x400, "F_SETLEASE"},
                                            {0x401, "F_GETLEASE"},
                                            {0x402, "F_NOTIFY"},
                                            {1027, "F_DUPFD_QUERY"},
                                            {1028, "F_CREATED_QUERY"},
                                            {1029, "F_CANCELLK"},
                                            {0x406, "F_DUPFD_CLOEXEC"},
                                            {0x407, "F_SETPIPE_SZ"},
                                            {0x408, "F_GETPIPE_SZ"},
                                            {0x409, "F_ADD_SEALS"},
                                            {0x40a, "F_GET_SEALS"},
                                            {0x40b, "F_GET_RW_HINT"},
                                            {0x40c, "F_SET_RW_HINT"},
                                            {0x40d, "F_GET_FILE_RW_HINT"},
                                            {0x40e, "F_SET_FILE_RW_HINT"}};
constinit const Table fcntl_commands = table<fcntl_commands_rows>("F_???");

// asm-generic/fcntl.h
constexpr FlagName fd_flags_rows[] = {{1, "FD_CLOEXEC"}};
constinit const Table fd_flags = table<fd_flags_rows>("FD_???");

// asm-generic/fcntl.h
constexpr FlagName lock_types_rows[] = {{0, "F_RDLCK"}, {1, "F_WRLCK"}, {2, "F_UNLCK"}};
constinit const Table lock_types = table<lock_types_rows>("F_???");

// linux/fcntl.h
constexpr FlagName seals_rows[] = {{1, "F_SEAL_SEAL"},  {2, "F_SEAL_SHRINK"},          {4, "F_SEAL_GROW"},
                                   {8, "F_SEAL_WRITE"}, {0x10, "F_SEAL_FUTURE_WRITE"}, {0x20, "F_SEAL_EXEC"}};
constinit const Table seals = table<seals_rows>("F_SEAL_???");

// asm-generic/fcntl.h
constexpr FlagName flock_operations_rows[] = {{1, "LOCK_SH"}, {2, "LOCK_EX"},      {4, "LOCK_NB"},
                                              {8, "LOCK_UN"}, {0x20, "LOCK_MAND"}, {0xc0, "LOCK_RW"}};
constinit const Table flock_operations = table<flock_operations_rows>("LOCK_???");

// linux/xattr.h
constexpr FlagName xattr_flags_rows[] = {{1, "XATTR_CREATE"}, {2, "XATTR_REPLACE"}};
constinit const Table xattr_flags = table<xattr_flags_rows>("XATTR_???");

// linux/falloc.h
constexpr FlagName fallocate_modes_rows[] = {
    {1, "FALLOC_FL_KEEP_SIZE"},       {2, "FALLOC_FL_PUNCH_HOLE"},    {4, "FALLOC_FL_NO_HIDE_STALE"},
    {8, "FALLOC_FL_COLLAPSE_RANGE"},  {0x10, "FALLOC_FL_ZERO_RANGE"}, {0x20, "FALLOC_FL_INSERT_RANGE"},
    {0x40, "FALLOC_FL_UNSHARE_RANGE"}};
constinit const Table fallocate_modes = table<fallocate_modes_rows>("FALLOC_FL_???");

// linux/fadvise.h
constexpr FlagName fadvise_advice_rows[] = {{0, "POSIX_FADV_NORMAL"},     {1, "POSIX_FADV_RANDOM"},
                                            {2, "POSIX_FADV_SEQUENTIAL"}, {3, "POSIX_FADV_WILLNEED"},
                                            {4, "POSIX_FADV_DONTNEED"},   {5, "POSIX_FADV_NOREUSE"}};
constinit const Table fadvise_advice = table<fadvise_advice_rows>("POSIX_FADV_???");

// linux/fs.h
constexpr FlagName sync_file_range_flags_rows[] = {
    {1, "SYNC_FILE_RANGE_WAIT_BEFORE"}, {2, "SYNC_FILE_RANGE_WRITE"}, {4, "SYNC_FILE_RANGE_WAIT_AFTER"}};
constinit const Table sync_file_range_flags = table<sync_file_range_flags_rows>("SYNC_FILE_RANGE_???");

// linux/fs.h
constexpr FlagName rename_flags_rows[] = {
    {1, "RENAME_NOREPLACE"}, {2, "RENAME_EXCHANGE"}, {4, "RENAME_WHITEOUT"}};
constinit const Table rename_flags = table<rename_flags_rows>("RENAME_???");

// fcntl.h
constexpr FlagName splice_flags_rows[] = {
    {1, "SPLICE_F_MOVE"}, {2, "SPLICE_F_NONBLOCK"}, {4, "SPLICE_F_MORE"}, {8, "SPLICE_F_GIFT"}};
constinit const Table splice_flags = table<splice_flags_rows>("SPLICE_F_???");

// linux/fs.h
constexpr FlagName rwf_flags_rows[] = {{1, "RWF_HIPRI"},     {2, "RWF_DSYNC"},       {4, "RWF_SYNC"},
                                       {8, "RWF_NOWAIT"},    {0x10, "RWF_APPEND"},   {0x20, "RWF_NOAPPEND"},
                                       {0x40, "RWF_ATOMIC"}, {0x80, "RWF_DONTCACHE"}};
constinit const Table rwf_flags = table<rwf_flags_rows>("RWF_???");

// linux/close_range.h
constexpr FlagName close_range_flags_rows[] = {{2, "CLOSE_RANGE_UNSHARE"}, {4, "CLOSE_RANGE_CLOEXEC"}};
constinit const Table close_range_flags = table<close_range_flags_rows>("CLOSE_RANGE_???");

// linux/memfd.h
constexpr FlagName memfd_flags_rows[] = {{1, "MFD_CLOEXEC"},
                                         {2, "MFD_ALLOW_SEALING"},
                                         {4, "MFD_HUGETLB"},
                                         {0x8, "MFD_NOEXEC_SEAL"},
                                         {0x10, "MFD_EXEC"}};
constinit const Table memfd_flags = table<memfd_flags_rows>("MFD_???");

// linux/secretmem.h: 02000000 alone
constexpr FlagName memfd_secret_flags_rows[] = {{02000000, "O_CLOEXEC"}};
constinit const Table memfd_secret_flags = table<memfd_secret_flags_rows>("");

// linux/openat2.h
constexpr FlagName resolve_flags_rows[] = {{1, "RESOLVE_NO_XDEV"},     {2, "RESOLVE_NO_MAGICLINKS"},
                                           {4, "RESOLVE_NO_SYMLINKS"}, {8, "RESOLVE_BENEATH"},
                                           {0x10, "RESOLVE_IN_ROOT"},  {0x20, "RESOLVE_CACHED"}};
constinit const Table resolve_flags = table<resolve_flags_rows>("RESOLVE_???");

// linux/fcntl.h
constexpr FlagName name_to_handle_flags_rows[] = {{0x400, "AT_SYMLINK_FOLLOW"}, {0x1000, "AT_EMPTY_PATH"}};
constinit const Table name_to_handle_flags = table<name_to_handle_flags_rows>("AT_???");

}  // namespace ptop::decode
