// Tables of constants: limits of the machine, rings, keys, quotas.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// linux/personality.h
constexpr FlagName personalities_rows[] = {{0, "PER_LINUX"},
                                           {0x0800000, "PER_LINUX_32BIT"},
                                           {0x0080000, "PER_LINUX_FDPIC"},
                                           {0x4100001, "PER_SVR4"},
                                           {0x5000002, "PER_SVR3"},
                                           {0x7000003, "PER_SCOSVR3"},
                                           {0x6000003, "PER_OSR5"},
                                           {0x5000004, "PER_WYSEV386"},
                                           {0x4000005, "PER_ISCR4"},
                                           {6, "PER_BSD"},
                                           {0x4000006, "PER_SUNOS"},
                                           {0x5000007, "PER_XENIX"},
                                           {8, "PER_LINUX32"},
                                           {0x8000008, "PER_LINUX32_3GB"},
                                           {0x4000009, "PER_IRIX32"},
                                           {0x400000a, "PER_IRIXN32"},
                                           {0x400000b, "PER_IRIX64"},
                                           {0xc, "PER_RISCOS"},
                                           {0x400000d, "PER_SOLARIS"},
                                           {0x410000e, "PER_UW7"},
                                           {0xf, "PER_OSF4"},
                                           {0x10, "PER_HPUX"}};
constinit const Table personalities = table<personalities_rows>("PER_???");

// linux/personality.h
constexpr FlagName personality_flags_rows[] = {
    {0x20000, "UNAME26"},           {0x40000, "ADDR_NO_RANDOMIZE"},   {0x80000, "FDPIC_FUNCPTRS"},
    {0x100000, "MMAP_PAGE_ZERO"},   {0x200000, "ADDR_COMPAT_LAYOUT"}, {0x400000, "READ_IMPLIES_EXEC"},
    {0x800000, "ADDR_LIMIT_32BIT"}, {0x1000000, "SHORT_INODE"},       {0x2000000, "WHOLE_SECONDS"},
    {0x4000000, "STICKY_TIMEOUTS"}, {0x8000000, "ADDR_LIMIT_3GB"}};
constinit const Table personality_flags = table<personality_flags_rows>("PER_???");

// linux/ioprio.h
constexpr FlagName ioprio_classes_rows[] = {
    {0, "IOPRIO_CLASS_NONE"}, {1, "IOPRIO_CLASS_RT"}, {2, "IOPRIO_CLASS_BE"}, {3, "IOPRIO_CLASS_IDLE"}};
constinit const Table ioprio_classes = table<ioprio_classes_rows>("IOPRIO_CLASS_???");

// linux/sched.h
constexpr FlagName sched_flags_rows[] = {
    {1, "SCHED_FLAG_RESET_ON_FORK"},    {2, "SCHED_FLAG_RECLAIM"},        {4, "SCHED_FLAG_DL_OVERRUN"},
    {8, "SCHED_FLAG_KEEP_POLICY"},      {0x10, "SCHED_FLAG_KEEP_PARAMS"}, {0x20, "SCHED_FLAG_UTIL_CLAMP_MIN"},
    {0x40, "SCHED_FLAG_UTIL_CLAMP_MAX"}};
constinit const Table sched_flags = table<sched_flags_rows>("SCHED_FLAG_???");

// linux/capability.h
constexpr FlagName capability_versions_rows[] = {{0x19980330, "_LINUX_CAPABILITY_VERSION_1"},
                                                 {0x20071026, "_LINUX_CAPABILITY_VERSION_2"},
                                                 {0x20080522, "_LINUX_CAPABILITY_VERSION_3"}};
constinit const Table capability_versions = table<capability_versions_rows>("_LINUX_CAPABILITY_VERSION_???");

// linux/kern_levels.h of the kernel
constexpr FlagName log_levels_rows[] = {
    {0, "LOGLEVEL_EMERG"},   {1, "LOGLEVEL_ALERT"},  {2, "LOGLEVEL_CRIT"}, {3, "LOGLEVEL_ERR"},
    {4, "LOGLEVEL_WARNING"}, {5, "LOGLEVEL_NOTICE"}, {6, "LOGLEVEL_INFO"}, {7, "LOGLEVEL_DEBUG"}};
constinit const Table log_levels = table<log_levels_rows>("LOGLEVEL_???");

// linux/kexec.h
constexpr FlagName kexec_flags_rows[] = {{1, "KEXEC_ON_CRASH"},
                                         {2, "KEXEC_PRESERVE_CONTEXT"},
                                         {4, "KEXEC_UPDATE_ELFCOREHDR"},
                                         {8, "KEXEC_CRASH_HOTPLUG_SUPPORT"}};
constinit const Table kexec_flags = table<kexec_flags_rows>("KEXEC_???");

// linux/kexec.h
constexpr FlagName kexec_architectures_rows[] = {
    {0, "KEXEC_ARCH_DEFAULT"},          {0x30000, "KEXEC_ARCH_386"},      {0x40000, "KEXEC_ARCH_68K"},
    {0xf0000, "KEXEC_ARCH_PARISC"},     {0x3e0000, "KEXEC_ARCH_X86_64"},  {0x140000, "KEXEC_ARCH_PPC"},
    {0x150000, "KEXEC_ARCH_PPC64"},     {0x320000, "KEXEC_ARCH_IA_64"},   {0x280000, "KEXEC_ARCH_ARM"},
    {0x160000, "KEXEC_ARCH_S390"},      {0x2a0000, "KEXEC_ARCH_SH"},      {0xa0000, "KEXEC_ARCH_MIPS_LE"},
    {0x80000, "KEXEC_ARCH_MIPS"},       {0xb70000, "KEXEC_ARCH_AARCH64"}, {0xf30000, "KEXEC_ARCH_RISCV"},
    {0x1020000, "KEXEC_ARCH_LOONGARCH"}};
constinit const Table kexec_architectures = table<kexec_architectures_rows>("KEXEC_ARCH_???");

// linux/aio_abi.h
constexpr FlagName aio_commands_rows[] = {
    {0, "IOCB_CMD_PREAD"},  {1, "IOCB_CMD_PWRITE"}, {2, "IOCB_CMD_FSYNC"},
    {3, "IOCB_CMD_FDSYNC"}, {4, "IOCB_CMD_PREADX"}, {5, "IOCB_CMD_POLL"},
    {6, "IOCB_CMD_NOOP"},   {7, "IOCB_CMD_PREADV"}, {8, "IOCB_CMD_PWRITEV"}};
constinit const Table aio_commands = table<aio_commands_rows>("IOCB_CMD_???");

// linux/aio_abi.h
constexpr FlagName aio_flags_rows[] = {{1, "IOCB_FLAG_RESFD"}, {2, "IOCB_FLAG_IOPRIO"}};
constinit const Table aio_flags = table<aio_flags_rows>("IOCB_FLAG_???");

// linux/io_uring.h
constexpr FlagName ring_setup_flags_rows[] = {{1, "IORING_SETUP_IOPOLL"},
                                              {2, "IORING_SETUP_SQPOLL"},
                                              {4, "IORING_SETUP_SQ_AFF"},
                                              {8, "IORING_SETUP_CQSIZE"},
                                              {0x10, "IORING_SETUP_CLAMP"},
                                              {0x20, "IORING_SETUP_ATTACH_WQ"},
                                              {0x40, "IORING_SETUP_R_DISABLED"},
                                              {0x80, "IORING_SETUP_SUBMIT_ALL"},
                                              {0x100, "IORING_SETUP_COOP_TASKRUN"},
                                              {0x200, "IORING_SETUP_TASKRUN_FLAG"},
                                              {0x400, "IORING_SETUP_SQE128"},
                                              {0x800, "IORING_SETUP_CQE32"},
                                              {0x1000, "IORING_SETUP_SINGLE_ISSUER"},
                                              {0x2000, "IORING_SETUP_DEFER_TASKRUN"},
                                              {0x4000, "IORING_SETUP_NO_MMAP"},
                                              {0x8000, "IORING_SETUP_REGISTERED_FD_ONLY"},
                                              {0x10000, "IORING_SETUP_NO_SQARRAY"},
                                              {0x20000, "IORING_SETUP_HYBRID_IOPOLL"},
                                              {0x40000, "IORING_SETUP_CQE_MIXED"}};
constinit const Table ring_setup_flags = table<ring_setup_flags_rows>("IORING_SETUP_???");

// linux/io_uring.h
constexpr FlagName ring_features_rows[] = {
    {1, "IORING_FEAT_SINGLE_MMAP"},          {2, "IORING_FEAT_NODROP"},
    {4, "IORING_FEAT_SUBMIT_STABLE"},        {8, "IORING_FEAT_RW_CUR_POS"},
    {0x10, "IORING_FEAT_CUR_PERSONALITY"},   {0x20, "IORING_FEAT_FAST_POLL"},
    {0x40, "IORING_FEAT_POLL_32BITS"},       {0x80, "IORING_FEAT_SQPOLL_NONFIXED"},
    {0x100, "IORING_FEAT_EXT_ARG"},          {0x200, "IORING_FEAT_NATIVE_WORKERS"},
    {0x400, "IORING_FEAT_RSRC_TAGS"},        {0x800, "IORING_FEAT_CQE_SKIP"},
    {0x1000, "IORING_FEAT_LINKED_FILE"},     {0x2000, "IORING_FEAT_REG_REG_RING"},
    {0x4000, "IORING_FEAT_RECVSEND_BUNDLE"}, {0x8000, "IORING_FEAT_MIN_TIMEOUT"},
    {0x10000, "IORING_FEAT_RW_ATTR"},        {0x20000, "IORING_FEAT_NO_IOWAIT"}};
constinit const Table ring_features = table<ring_features_rows>("IORING_FEAT_???");

// linux/io_uring.h
constexpr FlagName ring_operations_rows[] = {{0, "IORING_OP_NOP"},
                                             {1, "IORING_OP_READV"},
                                             {2, "IORING_OP_WRITEV"},
                                             {3, "IORING_OP_FSYNC"},
                                             {4, "IORING_OP_READ_FIXED"},
                                             {5, "IORING_OP_WRITE_FIXED"},
                                             {6, "IORING_OP_POLL_ADD"},
                                             {7, "IORING_OP_POLL_REMOVE"},
                                             {8, "IORING_OP_SYNC_FILE_RANGE"},
                                             {9, "IORING_OP_SENDMSG"},
                                             {10, "IORING_OP_RECVMSG"},
                                             {11, "IORING_OP_TIMEOUT"},
                                             {12, "IORING_OP_TIMEOUT_REMOVE"},
                                             {13, "IORING_OP_ACCEPT"},
                                             {14, "IORING_OP_ASYNC_CANCEL"},
                                             {15, "IORING_OP_LINK_TIMEOUT"},
                                             {16, "IORING_OP_CONNECT"},
                                             {17, "IORING_OP_FALLOCATE"},
                                             {18, "IORING_OP_OPENAT"},
                                             {19, "IORING_OP_CLOSE"},
                                             {20, "IORING_OP_FILES_UPDATE"},
                                             {21, "IORING_OP_STATX"},
                                             {22, "IORING_OP_READ"},
                                             {23, "IORING_OP_WRITE"},
                                             {24, "IORING_OP_FADVISE"},
                                             {25, "IORING_OP_MADVISE"},
                                             {26, "IORING_OP_SEND"},
                                             {27, "IORING_OP_RECV"},
                                             {28, "IORING_OP_OPENAT2"},
                                             {29, "IORING_OP_EPOLL_CTL"},
                                             {30, "IORING_OP_SPLICE"},
                                             {31, "IORING_OP_PROVIDE_BUFFERS"},
                                             {32, "IORING_OP_REMOVE_BUFFERS"},
                                             {33, "IORING_OP_TEE"},
                                             {34, "IORING_OP_SHUTDOWN"},
                                             {35, "IORING_OP_RENAMEAT"},
                                             {36, "IORING_OP_UNLINKAT"},
                                             {37, "IORING_OP_MKDIRAT"},
                                             {38, "IORING_OP_SYMLINKAT"},
                                             {39, "IORING_OP_LINKAT"},
                                             {40, "IORING_OP_MSG_RING"},
                                             {41, "IORING_OP_FSETXATTR"},
                                             {42, "IORING_OP_SETXATTR"},
                                             {43, "IORING_OP_FGETXATTR"},
                                             {44, "IORING_OP_GETXATTR"},
                                             {45, "IORING_OP_SOCKET"},
                                             {46, "IORING_OP_URING_CMD"},
                                             {47, "IORING_OP_SEND_ZC"},
                                             {48, "IORING_OP_SENDMSG_ZC"},
                                             {49, "IORING_OP_READ_MULTISHOT"},
                                             {50, "IORING_OP_WAITID"},
                                             {51, "IORING_OP_FUTEX_WAIT"},
                                             {52, "IORING_OP_FUTEX_WAKE"},
                                             {53, "IORING_OP_FUTEX_WAITV"},
                                             {54, "IORING_OP_FIXED_FD_INSTALL"},
                                             {55, "IORING_OP_FTRUNCATE"},
                                             {56, "IORING_OP_BIND"},
                                             {57, "IORING_OP_LISTEN"},
                                             {58, "IORING_OP_RECV_ZC"},
                                             {59, "IORING_OP_EPOLL_WAIT"},
                                             {60, "IORING_OP_READV_FIXED"},
                                             {61, "IORING_OP_WRITEV_FIXED"},
                                             {62, "IORING_OP_PIPE"}};
constinit const Table ring_operations = table<ring_operations_rows>("IORING_OP_???");

// linux/io_uring.h
constexpr FlagName ring_operation_flags_rows[] = {{1, "IO_URING_OP_SUPPORTED"}};
constinit const Table ring_operation_flags = table<ring_operation_flags_rows>("IO_URING_OP_???");

// linux/io_uring.h
constexpr FlagName ring_restrictions_rows[] = {{0, "IORING_RESTRICTION_REGISTER_OP"},
                                               {1, "IORING_RESTRICTION_SQE_OP"},
                                               {2, "IORING_RESTRICTION_SQE_FLAGS_ALLOWED"},
                                               {3, "IORING_RESTRICTION_SQE_FLAGS_REQUIRED"}};
constinit const Table ring_restrictions = table<ring_restrictions_rows>("IORING_RESTRICTION_???");

// linux/io_uring.h
constexpr FlagName ring_entry_flags_rows[] = {
    {1, "IOSQE_FIXED_FILE"},         {2, "IOSQE_IO_DRAIN"}, {4, "IOSQE_IO_LINK"},
    {8, "IOSQE_IO_HARDLINK"},        {0x10, "IOSQE_ASYNC"}, {0x20, "IOSQE_BUFFER_SELECT"},
    {0x40, "IOSQE_CQE_SKIP_SUCCESS"}};
constinit const Table ring_entry_flags = table<ring_entry_flags_rows>("IOSQE_???");

// linux/landlock.h
constexpr FlagName landlock_fs_access_rows[] = {
    {1, "LANDLOCK_ACCESS_FS_EXECUTE"},       {2, "LANDLOCK_ACCESS_FS_WRITE_FILE"},
    {4, "LANDLOCK_ACCESS_FS_READ_FILE"},     {8, "LANDLOCK_ACCESS_FS_READ_DIR"},
    {0x10, "LANDLOCK_ACCESS_FS_REMOVE_DIR"}, {0x20, "LANDLOCK_ACCESS_FS_REMOVE_FILE"},
    {0x40, "LANDLOCK_ACCESS_FS_MAKE_CHAR"},  {0x80, "LANDLOCK_ACCESS_FS_MAKE_DIR"},
    {0x100, "LANDLOCK_ACCESS_FS_MAKE_REG"},  {0x200, "LANDLOCK_ACCESS_FS_MAKE_SOCK"},
    {0x400, "LANDLOCK_ACCESS_FS_MAKE_FIFO"}, {0x800, "LANDLOCK_ACCESS_FS_MAKE_BLOCK"},
    {0x1000, "LANDLOCK_ACCESS_FS_MAKE_SYM"}, {0x2000, "LANDLOCK_ACCESS_FS_REFER"},
    {0x4000, "LANDLOCK_ACCESS_FS_TRUNCATE"}, {0x8000, "LANDLOCK_ACCESS_FS_IOCTL_DEV"}};
constinit const Table landlock_fs_access = table<landlock_fs_access_rows>("LANDLOCK_ACCESS_FS_???");

// linux/landlock.h
constexpr FlagName landlock_net_access_rows[] = {{1, "LANDLOCK_ACCESS_NET_BIND_TCP"},
                                                 {2, "LANDLOCK_ACCESS_NET_CONNECT_TCP"}};
constinit const Table landlock_net_access = table<landlock_net_access_rows>("LANDLOCK_ACCESS_NET_???");

// linux/landlock.h
constexpr FlagName landlock_scopes_rows[] = {{1, "LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET"},
                                             {2, "LANDLOCK_SCOPE_SIGNAL"}};
constinit const Table landlock_scopes = table<landlock_scopes_rows>("LANDLOCK_SCOPE_???");

// linux/landlock.h
constexpr FlagName landlock_restrict_flags_rows[] = {{1, "LANDLOCK_RESTRICT_SELF_LOG_SAME_EXEC_OFF"},
                                                     {2, "LANDLOCK_RESTRICT_SELF_LOG_NEW_EXEC_ON"},
                                                     {4, "LANDLOCK_RESTRICT_SELF_LOG_SUBDOMAINS_OFF"}};
constinit const Table landlock_restrict_flags =
    table<landlock_restrict_flags_rows>("LANDLOCK_RESTRICT_SELF_???");

// linux/quota.h, linux/dqblk_xfs.h
constexpr FlagName quota_commands_rows[] = {
    {0x800001, "Q_SYNC"},     {0x800002, "Q_QUOTAON"},  {0x800003, "Q_QUOTAOFF"},
    {0x800004, "Q_GETFMT"},   {0x800005, "Q_GETINFO"},  {0x800006, "Q_SETINFO"},
    {0x800007, "Q_GETQUOTA"}, {0x800008, "Q_SETQUOTA"}, {0x800009, "Q_GETNEXTQUOTA"},
    {0x5801, "Q_XQUOTAON"},   {0x5802, "Q_XQUOTAOFF"},  {0x5803, "Q_XGETQUOTA"},
    {0x5804, "Q_XSETQLIM"},   {0x5805, "Q_XGETQSTAT"},  {0x5806, "Q_XQUOTARM"},
    {0x5807, "Q_XQUOTASYNC"}, {0x5808, "Q_XGETQSTATV"}, {0x5809, "Q_XGETNEXTQUOTA"}};
constinit const Table quota_commands = table<quota_commands_rows>("Q_???");

// linux/quota.h
constexpr FlagName quota_types_rows[] = {{0, "USRQUOTA"}, {1, "GRPQUOTA"}, {2, "PRJQUOTA"}};
constinit const Table quota_types = table<quota_types_rows>("???QUOTA");

// linux/quota.h
constexpr FlagName quota_formats_rows[] = {
    {1, "QFMT_VFS_OLD"}, {2, "QFMT_VFS_V0"}, {3, "QFMT_OCFS2"}, {4, "QFMT_VFS_V1"}};
constinit const Table quota_formats = table<quota_formats_rows>("QFMT_VFS_???");

// linux/quota.h
constexpr FlagName quota_fields_rows[] = {{1, "QIF_BLIMITS"}, {2, "QIF_SPACE"},    {4, "QIF_ILIMITS"},
                                          {8, "QIF_INODES"},  {0x10, "QIF_BTIME"}, {0x20, "QIF_ITIME"}};
constinit const Table quota_fields = table<quota_fields_rows>("QIF_???");

// linux/quota.h
constexpr FlagName quota_info_fields_rows[] = {{1, "IIF_BGRACE"}, {2, "IIF_IGRACE"}, {4, "IIF_FLAGS"}};
constinit const Table quota_info_fields = table<quota_info_fields_rows>("IIF_???");

// linux/quota.h
constexpr FlagName quota_info_flags_rows[] = {{1, "DQF_ROOT_SQUASH"}, {0x10000, "DQF_SYS_FILE"}};
constinit const Table quota_info_flags = table<quota_info_flags_rows>("DQF_???");

// linux/dqblk_xfs.h
constexpr FlagName quota_xfs_flags_rows[] = {{1, "FS_QUOTA_UDQ_ACCT"},    {2, "FS_QUOTA_UDQ_ENFD"},
                                             {4, "FS_QUOTA_GDQ_ACCT"},    {8, "FS_QUOTA_GDQ_ENFD"},
                                             {0x10, "FS_QUOTA_PDQ_ACCT"}, {0x20, "FS_QUOTA_PDQ_ENFD"}};
constinit const Table quota_xfs_flags = table<quota_xfs_flags_rows>("XFS_QUOTA_???");

// linux/keyctl.h
constexpr FlagName key_serials_rows[] = {
    {0xffffffff, "KEY_SPEC_THREAD_KEYRING"},       {0xfffffffe, "KEY_SPEC_PROCESS_KEYRING"},
    {0xfffffffd, "KEY_SPEC_SESSION_KEYRING"},      {0xfffffffc, "KEY_SPEC_USER_KEYRING"},
    {0xfffffffb, "KEY_SPEC_USER_SESSION_KEYRING"}, {0xfffffffa, "KEY_SPEC_GROUP_KEYRING"},
    {0xfffffff9, "KEY_SPEC_REQKEY_AUTH_KEY"},      {0xfffffff8, "KEY_SPEC_REQUESTOR_KEYRING"}};
constinit const Table key_serials = table<key_serials_rows>("");

// linux/keyctl.h
constexpr FlagName key_defaults_rows[] = {
    {0xffffffff, "KEY_REQKEY_DEFL_NO_CHANGE"},   {0, "KEY_REQKEY_DEFL_DEFAULT"},
    {1, "KEY_REQKEY_DEFL_THREAD_KEYRING"},       {2, "KEY_REQKEY_DEFL_PROCESS_KEYRING"},
    {3, "KEY_REQKEY_DEFL_SESSION_KEYRING"},      {4, "KEY_REQKEY_DEFL_USER_KEYRING"},
    {5, "KEY_REQKEY_DEFL_USER_SESSION_KEYRING"}, {6, "KEY_REQKEY_DEFL_GROUP_KEYRING"},
    {7, "KEY_REQKEY_DEFL_REQUESTOR_KEYRING"}};
constinit const Table key_defaults = table<key_defaults_rows>("KEY_REQKEY_DEFL_???");

// linux/key.h of the kernel
constexpr FlagName key_permissions_rows[] = {
    {0x01000000, "KEY_POS_VIEW"},   {0x02000000, "KEY_POS_READ"}, {0x04000000, "KEY_POS_WRITE"},
    {0x08000000, "KEY_POS_SEARCH"}, {0x10000000, "KEY_POS_LINK"}, {0x20000000, "KEY_POS_SETATTR"},
    {0x00010000, "KEY_USR_VIEW"},   {0x00020000, "KEY_USR_READ"}, {0x00040000, "KEY_USR_WRITE"},
    {0x00080000, "KEY_USR_SEARCH"}, {0x00100000, "KEY_USR_LINK"}, {0x00200000, "KEY_USR_SETATTR"},
    {0x00000100, "KEY_GRP_VIEW"},   {0x00000200, "KEY_GRP_READ"}, {0x00000400, "KEY_GRP_WRITE"},
    {0x00000800, "KEY_GRP_SEARCH"}, {0x00001000, "KEY_GRP_LINK"}, {0x00002000, "KEY_GRP_SETATTR"},
    {0x00000001, "KEY_OTH_VIEW"},   {0x00000002, "KEY_OTH_READ"}, {0x00000004, "KEY_OTH_WRITE"},
    {0x00000008, "KEY_OTH_SEARCH"}, {0x00000010, "KEY_OTH_LINK"}, {0x00000020, "KEY_OTH_SETATTR"}};
constinit const Table key_permissions = table<key_permissions_rows>("KEY_???");

// linux/keyctl.h
constexpr FlagName key_move_flags_rows[] = {{1, "KEYCTL_MOVE_EXCL"}};
constinit const Table key_move_flags = table<key_move_flags_rows>("KEYCTL_MOVE_???");

// linux/keyctl.h
constexpr FlagName key_capabilities0_rows[] = {
    {1, "KEYCTL_CAPS0_CAPABILITIES"},        {2, "KEYCTL_CAPS0_PERSISTENT_KEYRINGS"},
    {4, "KEYCTL_CAPS0_DIFFIE_HELLMAN"},      {8, "KEYCTL_CAPS0_PUBLIC_KEY"},
    {0x10, "KEYCTL_CAPS0_BIG_KEY"},          {0x20, "KEYCTL_CAPS0_INVALIDATE"},
    {0x40, "KEYCTL_CAPS0_RESTRICT_KEYRING"}, {0x80, "KEYCTL_CAPS0_MOVE"}};
constinit const Table key_capabilities0 = table<key_capabilities0_rows>("KEYCTL_CAPS0_???");

// linux/keyctl.h
constexpr FlagName key_capabilities1_rows[] = {
    {1, "KEYCTL_CAPS1_NS_KEYRING_NAME"}, {2, "KEYCTL_CAPS1_NS_KEY_TAG"}, {4, "KEYCTL_CAPS1_NOTIFICATIONS"}};
constinit const Table key_capabilities1 = table<key_capabilities1_rows>("KEYCTL_CAPS1_???");

// linux/lsm.h
constexpr FlagName lsm_attributes_rows[] = {{0, "LSM_ATTR_UNDEF"},       {100, "LSM_ATTR_CURRENT"},
                                            {101, "LSM_ATTR_EXEC"},      {102, "LSM_ATTR_FSCREATE"},
                                            {103, "LSM_ATTR_KEYCREATE"}, {104, "LSM_ATTR_PREV"},
                                            {105, "LSM_ATTR_SOCKCREATE"}};
constinit const Table lsm_attributes = table<lsm_attributes_rows>("LSM_ATTR_???");

}  // namespace ptop::decode
