// Tables of constants: file systems, owners, clocks, waiting, tracing.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// linux/magic.h
constexpr FlagName statfs_types_rows[] = {{0xadf5, "ADFS_SUPER_MAGIC"},
                                          {0xadff, "AFFS_SUPER_MAGIC"},
                                          {0x5346414f, "AFS_SUPER_MAGIC"},
                                          {0x187, "AUTOFS_SUPER_MAGIC"},
                                          {0x73757245, "CODA_SUPER_MAGIC"},
                                          {0x28cd3d45, "CRAMFS_MAGIC"},
                                          {0x64626720, "DEBUGFS_MAGIC"},
                                          {0x73636673, "SECURITYFS_MAGIC"},
                                          {0xf97cff8c, "SELINUX_MAGIC"},
                                          {0x43415d53, "SMACK_MAGIC"},
                                          {0x858458f6, "RAMFS_MAGIC"},
                                          {0x1021994, "TMPFS_MAGIC"},
                                          {0x958458f6, "HUGETLBFS_MAGIC"},
                                          {0x73717368, "SQUASHFS_MAGIC"},
                                          {0xf15f, "ECRYPTFS_SUPER_MAGIC"},
                                          {0x414a53, "EFS_SUPER_MAGIC"},
                                          {0xef53, "EXT2_SUPER_MAGIC"},
                                          {0x9123683e, "BTRFS_SUPER_MAGIC"},
                                          {0x3434, "NILFS_SUPER_MAGIC"},
                                          {0xf2f52010, "F2FS_SUPER_MAGIC"},
                                          {0xf995e849, "HPFS_SUPER_MAGIC"},
                                          {0x9660, "ISOFS_SUPER_MAGIC"},
                                          {0x72b6, "JFFS2_SUPER_MAGIC"},
                                          {0x58465342, "XFS_SUPER_MAGIC"},
                                          {0x6165676c, "PSTOREFS_MAGIC"},
                                          {0xde5e81e4, "EFIVARFS_MAGIC"},
                                          {0xc0ffee, "HOSTFS_SUPER_MAGIC"},
                                          {0x794c7630, "OVERLAYFS_SUPER_MAGIC"},
                                          {0x137f, "MINIX_SUPER_MAGIC"},
                                          {0x4d44, "MSDOS_SUPER_MAGIC"},
                                          {0x564c, "NCP_SUPER_MAGIC"},
                                          {0x6969, "NFS_SUPER_MAGIC"},
                                          {0x7461636f, "OCFS2_SUPER_MAGIC"},
                                          {0x2f, "QNX4_SUPER_MAGIC"},
                                          {0x68191122, "QNX6_SUPER_MAGIC"},
                                          {0x52654973, "REISERFS_SUPER_MAGIC"},
                                          {0x517b, "SMB_SUPER_MAGIC"},
                                          {0xff534d42, "CIFS_SUPER_MAGIC"},
                                          {0xfe534d42, "SMB2_SUPER_MAGIC"},
                                          {0x27e0eb, "CGROUP_SUPER_MAGIC"},
                                          {0x63677270, "CGROUP2_SUPER_MAGIC"},
                                          {0x74726163, "TRACEFS_MAGIC"},
                                          {0x1021997, "V9FS_MAGIC"},
                                          {0x62646576, "BDEVFS_MAGIC"},
                                          {0x64646178, "DAXFS_MAGIC"},
                                          {0x42494e4d, "BINFMTFS_MAGIC"},
                                          {0x1cd1, "DEVPTS_SUPER_MAGIC"},
                                          {0x6c6f6f70, "BINDERFS_SUPER_MAGIC"},
                                          {0xbad1dea, "FUTEXFS_SUPER_MAGIC"},
                                          {0x50495045, "PIPEFS_MAGIC"},
                                          {0x9fa0, "PROC_SUPER_MAGIC"},
                                          {0x534f434b, "SOCKFS_MAGIC"},
                                          {0x62656572, "SYSFS_MAGIC"},
                                          {0x9fa2, "USBDEVICE_SUPER_MAGIC"},
                                          {0x11307854, "MTD_INODE_FS_MAGIC"},
                                          {0x9041934, "ANON_INODE_FS_MAGIC"},
                                          {0x73727279, "BTRFS_TEST_MAGIC"},
                                          {0x6e736673, "NSFS_MAGIC"},
                                          {0xcafe4a11, "BPF_FS_MAGIC"},
                                          {0x5a3c69f0, "AAFS_MAGIC"},
                                          {0x5a4f4653, "ZONEFS_MAGIC"},
                                          {0x15013346, "UDF_SUPER_MAGIC"},
                                          {0x444d4142, "DMA_BUF_MAGIC"},
                                          {0x454d444d, "DEVMEM_MAGIC"},
                                          {0x5345434d, "SECRETMEM_MAGIC"},
                                          {0x65735546, "FUSE_SUPER_MAGIC"},
                                          {0xe0f5e1e2, "EROFS_SUPER_MAGIC_V1"},
                                          {0x2011bab0, "EXFAT_SUPER_MAGIC"},
                                          {0x50494446, "PID_FS_MAGIC"},
                                          {0x474d454d, "GUEST_MEMFD_MAGIC"},

                                          {0x19800202, "MQUEUE_MAGIC"}};
constinit const Table statfs_types = table<statfs_types_rows>("");

// linux/statfs.h of the kernel
constexpr FlagName statfs_flags_rows[] = {
    {1, "ST_RDONLY"},         {2, "ST_NOSUID"},        {4, "ST_NODEV"},           {8, "ST_NOEXEC"},
    {0x10, "ST_SYNCHRONOUS"}, {0x20, "ST_VALID"},      {0x40, "ST_MANDLOCK"},     {0x400, "ST_NOATIME"},
    {0x800, "ST_NODIRATIME"}, {0x1000, "ST_RELATIME"}, {0x2000, "ST_NOSYMFOLLOW"}};
constinit const Table statfs_flags = table<statfs_flags_rows>("ST_???");

// asm-generic/fcntl.h
constexpr FlagName owner_types_rows[] = {{0, "F_OWNER_TID"}, {1, "F_OWNER_PID"}, {2, "F_OWNER_PGRP"}};
constinit const Table owner_types = table<owner_types_rows>("F_OWNER_???");

// linux/fcntl.h
constexpr FlagName notify_flags_rows[] = {{1, "DN_ACCESS"},
                                          {2, "DN_MODIFY"},
                                          {4, "DN_CREATE"},
                                          {8, "DN_DELETE"},
                                          {0x10, "DN_RENAME"},
                                          {0x20, "DN_ATTRIB"},
                                          {0x80000000, "DN_MULTISHOT"}};
constinit const Table notify_flags = table<notify_flags_rows>("DN_???");

// linux/fcntl.h
constexpr FlagName rw_hints_rows[] = {{0, "RWH_WRITE_LIFE_NOT_SET"}, {1, "RWH_WRITE_LIFE_NONE"},
                                      {2, "RWH_WRITE_LIFE_SHORT"},   {3, "RWH_WRITE_LIFE_MEDIUM"},
                                      {4, "RWH_WRITE_LIFE_LONG"},    {5, "RWH_WRITE_LIFE_EXTREME"}};
constinit const Table rw_hints = table<rw_hints_rows>("RWH_WRITE_LIFE_???");

// linux/fs_types.h of the kernel
constexpr FlagName directory_types_rows[] = {{0, "DT_UNKNOWN"}, {1, "DT_FIFO"},  {2, "DT_CHR"},
                                             {4, "DT_DIR"},     {6, "DT_BLK"},   {8, "DT_REG"},
                                             {10, "DT_LNK"},    {12, "DT_SOCK"}, {14, "DT_WHT"}};
constinit const Table directory_types = table<directory_types_rows>("DT_???");

// asm-generic/siginfo.h
constexpr FlagName sigevent_kinds_rows[] = {
    {0, "SIGEV_SIGNAL"}, {1, "SIGEV_NONE"}, {2, "SIGEV_THREAD"}, {4, "SIGEV_THREAD_ID"}};
constinit const Table sigevent_kinds = table<sigevent_kinds_rows>("SIGEV_???");

// linux/timex.h
constexpr FlagName timex_modes_rows[] = {{1, "ADJ_OFFSET"},
                                         {2, "ADJ_FREQUENCY"},
                                         {4, "ADJ_MAXERROR"},
                                         {8, "ADJ_ESTERROR"},
                                         {0x10, "ADJ_STATUS"},
                                         {0x20, "ADJ_TIMECONST"},
                                         {0x80, "ADJ_TAI"},
                                         {0x100, "ADJ_SETOFFSET"},
                                         {0x1000, "ADJ_MICRO"},
                                         {0x2000, "ADJ_NANO"},
                                         {0x4000, "ADJ_TICK"},
                                         {0x8001, "ADJ_OFFSET_SINGLESHOT"},
                                         {0xa001, "ADJ_OFFSET_SS_READ"}};
constinit const Table timex_modes = table<timex_modes_rows>("ADJ_???");

// linux/timex.h
constexpr FlagName timex_states_rows[] = {
    {1, "STA_PLL"},           {2, "STA_PPSFREQ"},       {4, "STA_PPSTIME"},       {8, "STA_FLL"},
    {0x10, "STA_INS"},        {0x20, "STA_DEL"},        {0x40, "STA_UNSYNC"},     {0x80, "STA_FREQHOLD"},
    {0x100, "STA_PPSSIGNAL"}, {0x200, "STA_PPSJITTER"}, {0x400, "STA_PPSWANDER"}, {0x800, "STA_PPSERROR"},
    {0x1000, "STA_CLOCKERR"}, {0x2000, "STA_NANO"},     {0x4000, "STA_MODE"},     {0x8000, "STA_CLK"}};
constinit const Table timex_states = table<timex_states_rows>("STA_???");

// linux/timex.h
constexpr FlagName timex_results_rows[] = {{0, "TIME_OK"},  {1, "TIME_INS"},  {2, "TIME_DEL"},
                                           {3, "TIME_OOP"}, {4, "TIME_WAIT"}, {5, "TIME_ERROR"}};
constinit const Table timex_results = table<timex_results_rows>("");

// linux/futex.h
constexpr FlagName futex_wake_operations_rows[] = {
    {0, "FUTEX_OP_SET"}, {1, "FUTEX_OP_ADD"}, {2, "FUTEX_OP_OR"}, {3, "FUTEX_OP_ANDN"}, {4, "FUTEX_OP_XOR"}};
constinit const Table futex_wake_operations = table<futex_wake_operations_rows>("FUTEX_OP_???");

// linux/futex.h
constexpr FlagName futex_wake_comparisons_rows[] = {{0, "FUTEX_OP_CMP_EQ"}, {1, "FUTEX_OP_CMP_NE"},
                                                    {2, "FUTEX_OP_CMP_LT"}, {3, "FUTEX_OP_CMP_LE"},
                                                    {4, "FUTEX_OP_CMP_GT"}, {5, "FUTEX_OP_CMP_GE"}};
constinit const Table futex_wake_comparisons = table<futex_wake_comparisons_rows>("FUTEX_OP_CMP_???");

// linux/futex.h
constexpr FlagName futex_waiter_flags_rows[] = {{2, "FUTEX_32"}, {0x80, "FUTEX_PRIVATE_FLAG"}};
constinit const Table futex_waiter_flags = table<futex_waiter_flags_rows>("FUTEX_???");

// linux/sem.h, linux/ipc.h
constexpr FlagName semaphore_flags_rows[] = {{0x1000, "SEM_UNDO"}, {04000, "IPC_NOWAIT"}};
constinit const Table semaphore_flags = table<semaphore_flags_rows>("SEM_???");

// linux/ptrace.h
constexpr FlagName ptrace_option_names_rows[] = {
    {1, "PTRACE_O_TRACESYSGOOD"},    {2, "PTRACE_O_TRACEFORK"},
    {4, "PTRACE_O_TRACEVFORK"},      {8, "PTRACE_O_TRACECLONE"},
    {0x10, "PTRACE_O_TRACEEXEC"},    {0x20, "PTRACE_O_TRACEVFORKDONE"},
    {0x40, "PTRACE_O_TRACEEXIT"},    {0x80, "PTRACE_O_TRACESECCOMP"},
    {0x100000, "PTRACE_O_EXITKILL"}, {0x200000, "PTRACE_O_SUSPEND_SECCOMP"}};
constinit const Table ptrace_option_names = table<ptrace_option_names_rows>("PTRACE_O_???");

// linux/ptrace.h
constexpr FlagName ptrace_peek_flags_rows[] = {{1, "PTRACE_PEEKSIGINFO_SHARED"}};
constinit const Table ptrace_peek_flags = table<ptrace_peek_flags_rows>("PTRACE_PEEKSIGINFO_???");

// linux/elf.h
constexpr FlagName register_sets_rows[] = {
    {1, "NT_PRSTATUS"},       {2, "NT_FPREGSET"},          {3, "NT_PRPSINFO"},    {4, "NT_TASKSTRUCT"},
    {6, "NT_AUXV"},           {0x46e62b7f, "NT_PRXFPREG"}, {0x200, "NT_386_TLS"}, {0x201, "NT_386_IOPERM"},
    {0x202, "NT_X86_XSTATE"}, {0x204, "NT_X86_SHSTK"}};
constinit const Table register_sets = table<register_sets_rows>("NT_???");

// linux/ptrace.h
constexpr FlagName ptrace_stop_kinds_rows[] = {{0, "PTRACE_SYSCALL_INFO_NONE"},
                                               {1, "PTRACE_SYSCALL_INFO_ENTRY"},
                                               {2, "PTRACE_SYSCALL_INFO_EXIT"},
                                               {3, "PTRACE_SYSCALL_INFO_SECCOMP"}};
constinit const Table ptrace_stop_kinds = table<ptrace_stop_kinds_rows>("PTRACE_SYSCALL_INFO_???");

// linux/mempolicy.h
constexpr FlagName mempolicy_bits_rows[] = {
    {1, "MPOL_F_NODE"}, {2, "MPOL_F_ADDR"}, {4, "MPOL_F_MEMS_ALLOWED"}};
constinit const Table mempolicy_bits = table<mempolicy_bits_rows>("MPOL_???");

// linux/mount.h
constexpr FlagName mount_propagations_rows[] = {
    {0x20000, "MS_UNBINDABLE"}, {0x40000, "MS_PRIVATE"}, {0x80000, "MS_SLAVE"}, {0x100000, "MS_SHARED"}};
constinit const Table mount_propagations = table<mount_propagations_rows>("MS_???");

// linux/fs.h
constexpr FlagName file_extended_flags_rows[] = {
    {1, "FS_XFLAG_REALTIME"},         {2, "FS_XFLAG_PREALLOC"},        {8, "FS_XFLAG_IMMUTABLE"},
    {0x10, "FS_XFLAG_APPEND"},        {0x20, "FS_XFLAG_SYNC"},         {0x40, "FS_XFLAG_NOATIME"},
    {0x80, "FS_XFLAG_NODUMP"},        {0x100, "FS_XFLAG_RTINHERIT"},   {0x200, "FS_XFLAG_PROJINHERIT"},
    {0x400, "FS_XFLAG_NOSYMLINKS"},   {0x800, "FS_XFLAG_EXTSIZE"},     {0x1000, "FS_XFLAG_EXTSZINHERIT"},
    {0x2000, "FS_XFLAG_NODEFRAG"},    {0x4000, "FS_XFLAG_FILESTREAM"}, {0x8000, "FS_XFLAG_DAX"},
    {0x10000, "FS_XFLAG_COWEXTSIZE"}, {0x20000, "FS_XFLAG_VERITY"},    {0x80000000, "FS_XFLAG_HASATTR"}};
constinit const Table file_extended_flags = table<file_extended_flags_rows>("FS_XFLAG_???");

// linux/mount.h
constexpr FlagName statmount_masks_rows[] = {{1, "STATMOUNT_SB_BASIC"},
                                             {2, "STATMOUNT_MNT_BASIC"},
                                             {4, "STATMOUNT_PROPAGATE_FROM"},
                                             {8, "STATMOUNT_MNT_ROOT"},
                                             {0x10, "STATMOUNT_MNT_POINT"},
                                             {0x20, "STATMOUNT_FS_TYPE"},
                                             {0x40, "STATMOUNT_MNT_NS_ID"},
                                             {0x80, "STATMOUNT_MNT_OPTS"},
                                             {0x100, "STATMOUNT_FS_SUBTYPE"},
                                             {0x200, "STATMOUNT_SB_SOURCE"},
                                             {0x400, "STATMOUNT_OPT_ARRAY"},
                                             {0x800, "STATMOUNT_OPT_SEC_ARRAY"},
                                             {0x1000, "STATMOUNT_SUPPORTED_MASK"},
                                             {0x2000, "STATMOUNT_MNT_UIDMAP"},
                                             {0x4000, "STATMOUNT_MNT_GIDMAP"}};
constinit const Table statmount_masks = table<statmount_masks_rows>("STATMOUNT_???");

// linux/lsm.h
constexpr FlagName lsm_modules_rows[] = {
    {0, "LSM_ID_UNDEF"},       {100, "LSM_ID_CAPABILITY"}, {101, "LSM_ID_SELINUX"}, {102, "LSM_ID_SMACK"},
    {103, "LSM_ID_TOMOYO"},    {104, "LSM_ID_APPARMOR"},   {105, "LSM_ID_YAMA"},    {106, "LSM_ID_LOADPIN"},
    {107, "LSM_ID_SAFESETID"}, {108, "LSM_ID_LOCKDOWN"},   {109, "LSM_ID_BPF"},     {110, "LSM_ID_LANDLOCK"},
    {111, "LSM_ID_IMA"},       {112, "LSM_ID_EVM"},        {113, "LSM_ID_IPE"}};
constinit const Table lsm_modules = table<lsm_modules_rows>("LSM_ID_???");

}  // namespace ptop::decode
