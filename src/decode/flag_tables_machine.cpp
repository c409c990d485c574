// Tables of constants: the whole machine, and security.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// linux/seccomp.h
constexpr FlagName seccomp_operations_rows[] = {{0, "SECCOMP_SET_MODE_STRICT"},
                                                {1, "SECCOMP_SET_MODE_FILTER"},
                                                {2, "SECCOMP_GET_ACTION_AVAIL"},
                                                {3, "SECCOMP_GET_NOTIF_SIZES"}};
constinit const Table seccomp_operations = table<seccomp_operations_rows>("SECCOMP_SET_MODE_???");

// linux/random.h
constexpr FlagName random_flags_rows[] = {{1, "GRND_NONBLOCK"}, {2, "GRND_RANDOM"}, {4, "GRND_INSECURE"}};
constinit const Table random_flags = table<random_flags_rows>("GRND_???");

// linux/kcmp.h
constexpr FlagName kcmp_types_rows[] = {{0, "KCMP_FILE"},    {1, "KCMP_VM"},       {2, "KCMP_FILES"},
                                        {3, "KCMP_FS"},      {4, "KCMP_SIGHAND"},  {5, "KCMP_IO"},
                                        {6, "KCMP_SYSVSEM"}, {7, "KCMP_EPOLL_TFD"}};
constinit const Table kcmp_types = table<kcmp_types_rows>("KCMP_???");

// linux/perf_event.h
constexpr FlagName perf_flags_rows[] = {{1, "PERF_FLAG_FD_NO_GROUP"},
                                        {2, "PERF_FLAG_FD_OUTPUT"},
                                        {4, "PERF_FLAG_PID_CGROUP"},
                                        {8, "PERF_FLAG_FD_CLOEXEC"}};
constinit const Table perf_flags = table<perf_flags_rows>("PERF_FLAG_???");

// linux/keyctl.h
constexpr FlagName keyctl_operations_rows[] = {{0, "KEYCTL_GET_KEYRING_ID"},
                                               {1, "KEYCTL_JOIN_SESSION_KEYRING"},
                                               {2, "KEYCTL_UPDATE"},
                                               {3, "KEYCTL_REVOKE"},
                                               {4, "KEYCTL_CHOWN"},
                                               {5, "KEYCTL_SETPERM"},
                                               {6, "KEYCTL_DESCRIBE"},
                                               {7, "KEYCTL_CLEAR"},
                                               {8, "KEYCTL_LINK"},
                                               {9, "KEYCTL_UNLINK"},
                                               {10, "KEYCTL_SEARCH"},
                                               {11, "KEYCTL_READ"},
                                               {12, "KEYCTL_INSTANTIATE"},
                                               {13, "KEYCTL_NEGATE"},
                                               {14, "KEYCTL_SET_REQKEY_KEYRING"},
                                               {15, "KEYCTL_SET_TIMEOUT"},
                                               {16, "KEYCTL_ASSUME_AUTHORITY"},
                                               {17, "KEYCTL_GET_SECURITY"},
                                               {18, "KEYCTL_SESSION_TO_PARENT"},
                                               {19, "KEYCTL_REJECT"},
                                               {20, "KEYCTL_INSTANTIATE_IOV"},
                                               {21, "KEYCTL_INVALIDATE"},
                                               {22, "KEYCTL_GET_PERSISTENT"},
                                               {23, "KEYCTL_DH_COMPUTE"},
                                               {24, "KEYCTL_PKEY_QUERY"},
                                               {25, "KEYCTL_PKEY_ENCRYPT"},
                                               {26, "KEYCTL_PKEY_DECRYPT"},
                                               {27, "KEYCTL_PKEY_SIGN"},
                                               {28, "KEYCTL_PKEY_VERIFY"},
                                               {29, "KEYCTL_RESTRICT_KEYRING"},
                                               {30, "KEYCTL_MOVE"},
                                               {31, "KEYCTL_CAPABILITIES"},
                                               {32, "KEYCTL_WATCH_KEY"}};
constinit const Table keyctl_operations = table<keyctl_operations_rows>("KEYCTL_???");

// linux/landlock.h
constexpr FlagName landlock_flags_rows[] = {{1, "LANDLOCK_CREATE_RULESET_VERSION"},
                                            {2, "LANDLOCK_CREATE_RULESET_ERRATA"}};
constinit const Table landlock_flags = table<landlock_flags_rows>("LANDLOCK_CREATE_RULESET_???");

// linux/landlock.h
constexpr FlagName landlock_rules_rows[] = {{1, "LANDLOCK_RULE_PATH_BENEATH"}, {2, "LANDLOCK_RULE_NET_PORT"}};
constinit const Table landlock_rules = table<landlock_rules_rows>("LANDLOCK_RULE_???");

// linux/reboot.h
constexpr FlagName reboot_magics_rows[] = {{0xfee1dead, "LINUX_REBOOT_MAGIC1"},
                                           {0x28121969, "LINUX_REBOOT_MAGIC2"},
                                           {0x5121996, "LINUX_REBOOT_MAGIC2A"},
                                           {0x16041998, "LINUX_REBOOT_MAGIC2B"},
                                           {0x20112000, "LINUX_REBOOT_MAGIC2C"}};
constinit const Table reboot_magics = table<reboot_magics_rows>("LINUX_REBOOT_MAGIC_???");

// linux/reboot.h
constexpr FlagName reboot_commands_rows[] = {{0, "LINUX_REBOOT_CMD_CAD_OFF"},
                                             {0x89abcdef, "LINUX_REBOOT_CMD_CAD_ON"},
                                             {0xcdef0123, "LINUX_REBOOT_CMD_HALT"},
                                             {0x45584543, "LINUX_REBOOT_CMD_KEXEC"},
                                             {0x4321fedc, "LINUX_REBOOT_CMD_POWER_OFF"},
                                             {0x1234567, "LINUX_REBOOT_CMD_RESTART"},
                                             {0xa1b2c3d4, "LINUX_REBOOT_CMD_RESTART2"},
                                             {0xd000fce2, "LINUX_REBOOT_CMD_SW_SUSPEND"}};
constinit const Table reboot_commands = table<reboot_commands_rows>("LINUX_REBOOT_CMD_???");

// linux/module.h
constexpr FlagName module_init_flags_rows[] = {{1, "MODULE_INIT_IGNORE_MODVERSIONS"},
                                               {2, "MODULE_INIT_IGNORE_VERMAGIC"},
                                               {4, "MODULE_INIT_COMPRESSED_FILE"}};
constinit const Table module_init_flags = table<module_init_flags_rows>("MODULE_INIT_???");

// asm-generic/fcntl.h
constexpr FlagName module_delete_flags_rows[] = {{0x800, "O_NONBLOCK"}, {0x200, "O_TRUNC"}};
constinit const Table module_delete_flags = table<module_delete_flags_rows>("O_???");

// linux/kexec.h
constexpr FlagName kexec_file_flags_rows[] = {{1, "KEXEC_FILE_UNLOAD"},
                                              {2, "KEXEC_FILE_ON_CRASH"},
                                              {4, "KEXEC_FILE_NO_INITRAMFS"},
                                              {8, "KEXEC_FILE_DEBUG"}};
constinit const Table kexec_file_flags = table<kexec_file_flags_rows>("KEXEC_FILE_???");

// linux/userfaultfd.h
constexpr FlagName userfaultfd_flags_rows[] = {
    {1, "UFFD_USER_MODE_ONLY"}, {0x800, "O_NONBLOCK"}, {0x80000, "O_CLOEXEC"}};
constinit const Table userfaultfd_flags = table<userfaultfd_flags_rows>("UFFD_???");

// kernel: include/linux/syslog.h
constexpr FlagName syslog_actions_rows[] = {
    {0, "SYSLOG_ACTION_CLOSE"},       {1, "SYSLOG_ACTION_OPEN"},        {2, "SYSLOG_ACTION_READ"},
    {3, "SYSLOG_ACTION_READ_ALL"},    {4, "SYSLOG_ACTION_READ_CLEAR"},  {5, "SYSLOG_ACTION_CLEAR"},
    {6, "SYSLOG_ACTION_CONSOLE_OFF"}, {7, "SYSLOG_ACTION_CONSOLE_ON"},  {8, "SYSLOG_ACTION_CONSOLE_LEVEL"},
    {9, "SYSLOG_ACTION_SIZE_UNREAD"}, {10, "SYSLOG_ACTION_SIZE_BUFFER"}};
constinit const Table syslog_actions = table<syslog_actions_rows>("SYSLOG_ACTION_???");

}  // namespace ptop::decode
