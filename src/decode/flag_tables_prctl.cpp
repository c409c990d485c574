// Tables of constants: prctl(2) and capabilities.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// linux/capability.h
constexpr FlagName capabilities_rows[] = {{0, "CAP_CHOWN"},
                                          {1, "CAP_DAC_OVERRIDE"},
                                          {2, "CAP_DAC_READ_SEARCH"},
                                          {3, "CAP_FOWNER"},
                                          {4, "CAP_FSETID"},
                                          {5, "CAP_KILL"},
                                          {6, "CAP_SETGID"},
                                          {7, "CAP_SETUID"},
                                          {8, "CAP_SETPCAP"},
                                          {9, "CAP_LINUX_IMMUTABLE"},
                                          {0xa, "CAP_NET_BIND_SERVICE"},
                                          {0xb, "CAP_NET_BROADCAST"},
                                          {0xc, "CAP_NET_ADMIN"},
                                          {0xd, "CAP_NET_RAW"},
                                          {0xe, "CAP_IPC_LOCK"},
                                          {0xf, "CAP_IPC_OWNER"},
                                          {0x10, "CAP_SYS_MODULE"},
                                          {0x11, "CAP_SYS_RAWIO"},
                                          {0x12, "CAP_SYS_CHROOT"},
                                          {0x13, "CAP_SYS_PTRACE"},
                                          {0x14, "CAP_SYS_PACCT"},
                                          {0x15, "CAP_SYS_ADMIN"},
                                          {0x16, "CAP_SYS_BOOT"},
                                          {0x17, "CAP_SYS_NICE"},
                                          {0x18, "CAP_SYS_RESOURCE"},
                                          {0x19, "CAP_SYS_TIME"},
                                          {0x1a, "CAP_SYS_TTY_CONFIG"},
                                          {0x1b, "CAP_MKNOD"},
                                          {0x1c, "CAP_LEASE"},
                                          {0x1d, "CAP_AUDIT_WRITE"},
                                          {0x1e, "CAP_AUDIT_CONTROL"},
                                          {0x1f, "CAP_SETFCAP"},
                                          {0x20, "CAP_MAC_OVERRIDE"},
                                          {0x21, "CAP_MAC_ADMIN"},
                                          {0x22, "CAP_SYSLOG"},
                                          {0x23, "CAP_WAKE_ALARM"},
                                          {0x24, "CAP_BLOCK_SUSPEND"},
                                          {0x25, "CAP_AUDIT_READ"},
                                          {0x26, "CAP_PERFMON"},
                                          {0x27, "CAP_BPF"},
                                          {0x28, "CAP_CHECKPOINT_RESTORE"}};
constinit const Table capabilities = table<capabilities_rows>("CAP_???");

// linux/prctl.h
constexpr FlagName unaligned_actions_rows[] = {{1, "PR_UNALIGN_NOPRINT"}, {2, "PR_UNALIGN_SIGBUS"}};
constinit const Table unaligned_actions = table<unaligned_actions_rows>("PR_UNALIGN_???");

// linux/prctl.h
constexpr FlagName fpemu_modes_rows[] = {{1, "PR_FPEMU_NOPRINT"}, {2, "PR_FPEMU_SIGFPE"}};
constinit const Table fpemu_modes = table<fpemu_modes_rows>("PR_FPEMU_???");

// linux/prctl.h
constexpr FlagName fp_exceptions_rows[] = {{0x80, "PR_FP_EXC_SW_ENABLE"}, {0x10000, "PR_FP_EXC_DIV"},
                                           {0x20000, "PR_FP_EXC_OVF"},    {0x40000, "PR_FP_EXC_UND"},
                                           {0x80000, "PR_FP_EXC_RES"},    {0x100000, "PR_FP_EXC_INV"},
                                           {0, "PR_FP_EXC_DISABLED"},     {1, "PR_FP_EXC_NONRECOV"},
                                           {2, "PR_FP_EXC_ASYNC"},        {3, "PR_FP_EXC_PRECISE"}};
constinit const Table fp_exceptions = table<fp_exceptions_rows>("PR_FP_EXC_???");

// linux/prctl.h
constexpr FlagName fp_modes_rows[] = {{1, "PR_FP_MODE_FR"}, {2, "PR_FP_MODE_FRE"}};
constinit const Table fp_modes = table<fp_modes_rows>("PR_FP_MODE_???");

// linux/prctl.h
constexpr FlagName timing_modes_rows[] = {{0, "PR_TIMING_STATISTICAL"}, {1, "PR_TIMING_TIMESTAMP"}};
constinit const Table timing_modes = table<timing_modes_rows>("PR_TIMING_???");

// linux/prctl.h
constexpr FlagName endian_modes_rows[] = {
    {0, "PR_ENDIAN_BIG"}, {1, "PR_ENDIAN_LITTLE"}, {2, "PR_ENDIAN_PPC_LITTLE"}};
constinit const Table endian_modes = table<endian_modes_rows>("PR_ENDIAN_???");

// linux/seccomp.h
constexpr FlagName seccomp_modes_rows[] = {
    {0, "SECCOMP_MODE_DISABLED"}, {1, "SECCOMP_MODE_STRICT"}, {2, "SECCOMP_MODE_FILTER"}};
constinit const Table seccomp_modes = table<seccomp_modes_rows>("SECCOMP_MODE_???");

// linux/prctl.h
constexpr FlagName tsc_modes_rows[] = {{1, "PR_TSC_ENABLE"}, {2, "PR_TSC_SIGSEGV"}};
constinit const Table tsc_modes = table<tsc_modes_rows>("PR_TSC_???");

// linux/securebits.h
constexpr FlagName secure_bits_rows[] = {{1, "SECBIT_NOROOT"},
                                         {2, "SECBIT_NOROOT_LOCKED"},
                                         {4, "SECBIT_NO_SETUID_FIXUP"},
                                         {8, "SECBIT_NO_SETUID_FIXUP_LOCKED"},
                                         {0x10, "SECBIT_KEEP_CAPS"},
                                         {0x20, "SECBIT_KEEP_CAPS_LOCKED"},
                                         {0x40, "SECBIT_NO_CAP_AMBIENT_RAISE"},
                                         {0x80, "SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED"},
                                         {0x100, "SECBIT_EXEC_RESTRICT_FILE"},
                                         {0x200, "SECBIT_EXEC_RESTRICT_FILE_LOCKED"},
                                         {0x400, "SECBIT_EXEC_DENY_INTERACTIVE"},
                                         {0x800, "SECBIT_EXEC_DENY_INTERACTIVE_LOCKED"}};
constinit const Table secure_bits = table<secure_bits_rows>("SECBIT_???");

// linux/prctl.h
constexpr FlagName mce_kill_actions_rows[] = {{0, "PR_MCE_KILL_CLEAR"}, {1, "PR_MCE_KILL_SET"}};
constinit const Table mce_kill_actions = table<mce_kill_actions_rows>("PR_MCE_KILL_???");

// linux/prctl.h
constexpr FlagName mce_kill_policies_rows[] = {
    {0, "PR_MCE_KILL_LATE"}, {1, "PR_MCE_KILL_EARLY"}, {2, "PR_MCE_KILL_DEFAULT"}};
constinit const Table mce_kill_policies = table<mce_kill_policies_rows>("PR_MCE_KILL_???");

// linux/prctl.h
constexpr FlagName mm_fields_rows[] = {
    {1, "PR_SET_MM_START_CODE"},  {2, "PR_SET_MM_END_CODE"},    {3, "PR_SET_MM_START_DATA"},
    {4, "PR_SET_MM_END_DATA"},    {5, "PR_SET_MM_START_STACK"}, {6, "PR_SET_MM_START_BRK"},
    {7, "PR_SET_MM_BRK"},         {8, "PR_SET_MM_ARG_START"},   {9, "PR_SET_MM_ARG_END"},
    {0xa, "PR_SET_MM_ENV_START"}, {0xb, "PR_SET_MM_ENV_END"},   {0xc, "PR_SET_MM_AUXV"},
    {0xd, "PR_SET_MM_EXE_FILE"},  {0xe, "PR_SET_MM_MAP"},       {0xf, "PR_SET_MM_MAP_SIZE"}};
constinit const Table mm_fields = table<mm_fields_rows>("PR_SET_MM_???");

// linux/prctl.h
constexpr FlagName ambient_actions_rows[] = {{1, "PR_CAP_AMBIENT_IS_SET"},
                                             {2, "PR_CAP_AMBIENT_RAISE"},
                                             {3, "PR_CAP_AMBIENT_LOWER"},
                                             {4, "PR_CAP_AMBIENT_CLEAR_ALL"}};
constinit const Table ambient_actions = table<ambient_actions_rows>("PR_CAP_AMBIENT_???");

// linux/prctl.h
constexpr FlagName sve_flags_rows[] = {{0x40000, "PR_SVE_SET_VL_ONEXEC"}, {0x20000, "PR_SVE_VL_INHERIT"}};
constinit const Table sve_flags = table<sve_flags_rows>("PR_SVE_???");

// linux/prctl.h
constexpr FlagName sme_flags_rows[] = {{0x40000, "PR_SME_SET_VL_ONEXEC"}, {0x20000, "PR_SME_VL_INHERIT"}};
constinit const Table sme_flags = table<sme_flags_rows>("PR_SME_???");

// linux/prctl.h
constexpr FlagName speculation_features_rows[] = {
    {0, "PR_SPEC_STORE_BYPASS"}, {1, "PR_SPEC_INDIRECT_BRANCH"}, {2, "PR_SPEC_L1D_FLUSH"}};
constinit const Table speculation_features = table<speculation_features_rows>("PR_SPEC_???");

// linux/prctl.h
constexpr FlagName speculation_states_rows[] = {{1, "PR_SPEC_PRCTL"},
                                                {2, "PR_SPEC_ENABLE"},
                                                {4, "PR_SPEC_DISABLE"},
                                                {8, "PR_SPEC_FORCE_DISABLE"},
                                                {0x10, "PR_SPEC_DISABLE_NOEXEC"}};
constinit const Table speculation_states = table<speculation_states_rows>("PR_SPEC_???");

// linux/prctl.h
constexpr FlagName speculation_settings_rows[] = {{2, "PR_SPEC_ENABLE"},
                                                  {4, "PR_SPEC_DISABLE"},
                                                  {8, "PR_SPEC_FORCE_DISABLE"},
                                                  {0x10, "PR_SPEC_DISABLE_NOEXEC"}};
constinit const Table speculation_settings = table<speculation_settings_rows>("PR_SPEC_???");

// linux/prctl.h
constexpr FlagName pac_keys_rows[] = {{1, "PR_PAC_APIAKEY"},
                                      {2, "PR_PAC_APIBKEY"},
                                      {4, "PR_PAC_APDAKEY"},
                                      {8, "PR_PAC_APDBKEY"},
                                      {0x10, "PR_PAC_APGAKEY"}};
constinit const Table pac_keys = table<pac_keys_rows>("PR_PAC_???");

// linux/prctl.h; the generic key is always on
constexpr FlagName pac_enabled_keys_rows[] = {
    {1, "PR_PAC_APIAKEY"}, {2, "PR_PAC_APIBKEY"}, {4, "PR_PAC_APDAKEY"}, {8, "PR_PAC_APDBKEY"}};
constinit const Table pac_enabled_keys = table<pac_enabled_keys_rows>("PR_PAC_???");

// linux/prctl.h
constexpr FlagName tagged_address_flags_rows[] = {{1, "PR_TAGGED_ADDR_ENABLE"}};
constinit const Table tagged_address_flags = table<tagged_address_flags_rows>("PR_TAGGED_ADDR_???");

// linux/prctl.h
constexpr FlagName mte_modes_rows[] = {
    {0, "PR_MTE_TCF_NONE"}, {2, "PR_MTE_TCF_SYNC"}, {4, "PR_MTE_TCF_ASYNC"}, {6, "PR_MTE_TCF_MASK"}};
constinit const Table mte_modes = table<mte_modes_rows>("PR_MTE_TCF_???");

// linux/prctl.h
constexpr FlagName dispatch_modes_rows[] = {
    {0, "PR_SYS_DISPATCH_OFF"}, {1, "PR_SYS_DISPATCH_ON"}, {2, "PR_SYS_DISPATCH_INCLUSIVE_ON"}};
constinit const Table dispatch_modes = table<dispatch_modes_rows>("PR_SYS_DISPATCH_???");

// linux/prctl.h
constexpr FlagName sched_core_commands_rows[] = {{0, "PR_SCHED_CORE_GET"},
                                                 {1, "PR_SCHED_CORE_CREATE"},
                                                 {2, "PR_SCHED_CORE_SHARE_TO"},
                                                 {3, "PR_SCHED_CORE_SHARE_FROM"}};
constinit const Table sched_core_commands = table<sched_core_commands_rows>("PR_SCHED_CORE_???");

// linux/pid.h of the kernel
constexpr FlagName pid_types_rows[] = {
    {0, "PIDTYPE_PID"}, {1, "PIDTYPE_TGID"}, {2, "PIDTYPE_PGID"}, {3, "PIDTYPE_SID"}};
constinit const Table pid_types = table<pid_types_rows>("PIDTYPE_???");

// linux/prctl.h
constexpr FlagName vma_settings_rows[] = {{0, "PR_SET_VMA_ANON_NAME"}};
constinit const Table vma_settings = table<vma_settings_rows>("PR_SET_VMA_???");

// linux/prctl.h
constexpr FlagName mdwe_flags_rows[] = {{1, "PR_MDWE_REFUSE_EXEC_GAIN"}, {2, "PR_MDWE_NO_INHERIT"}};
constinit const Table mdwe_flags = table<mdwe_flags_rows>("PR_MDWE_???");

// linux/sched/coredump.h of the kernel
constexpr FlagName dumpable_settings_rows[] = {
    {0, "SUID_DUMP_DISABLE"}, {1, "SUID_DUMP_USER"}, {2, "SUID_DUMP_ROOT"}};
constinit const Table dumpable_settings = table<dumpable_settings_rows>("SUID_DUMP_???");

// arch/x86/include/asm/fpu/types.h of the kernel
constexpr FlagName xfeatures_rows[] = {
    {0, "XFEATURE_FP"},         {1, "XFEATURE_SSE"},      {2, "XFEATURE_YMM"},
    {3, "XFEATURE_BNDREGS"},    {4, "XFEATURE_BNDCSR"},   {5, "XFEATURE_OPMASK"},
    {6, "XFEATURE_ZMM_Hi256"},  {7, "XFEATURE_Hi16_ZMM"}, {8, "XFEATURE_PT_UNIMPLEMENTED_SO_FAR"},
    {9, "XFEATURE_PKRU"},       {10, "XFEATURE_PASID"},   {17, "XFEATURE_XTILE_CFG"},
    {18, "XFEATURE_XTILE_DATA"}};
constinit const Table xfeatures = table<xfeatures_rows>("XFEATURE_???");

}  // namespace ptop::decode
