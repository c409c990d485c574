// Tables of constants: processes and their resources.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// linux/sched.h
constexpr FlagName clone_names_rows[] = {{0x80, "CLONE_NEWTIME"},
                                         {0x100, "CLONE_VM"},
                                         {0x200, "CLONE_FS"},
                                         {0x400, "CLONE_FILES"},
                                         {0x800, "CLONE_SIGHAND"},
                                         {0x1000, "CLONE_PIDFD"},
                                         {0x2000, "CLONE_PTRACE"},
                                         {0x4000, "CLONE_VFORK"},
                                         {0x8000, "CLONE_PARENT"},
                                         {0x10000, "CLONE_THREAD"},
                                         {0x20000, "CLONE_NEWNS"},
                                         {0x40000, "CLONE_SYSVSEM"},
                                         {0x80000, "CLONE_SETTLS"},
                                         {0x100000, "CLONE_PARENT_SETTID"},
                                         {0x200000, "CLONE_CHILD_CLEARTID"},
                                         {0x400000, "CLONE_DETACHED"},
                                         {0x800000, "CLONE_UNTRACED"},
                                         {0x1000000, "CLONE_CHILD_SETTID"},
                                         {0x2000000, "CLONE_NEWCGROUP"},
                                         {0x4000000, "CLONE_NEWUTS"},
                                         {0x8000000, "CLONE_NEWIPC"},
                                         {0x10000000, "CLONE_NEWUSER"},
                                         {0x20000000, "CLONE_NEWPID"},
                                         {0x40000000, "CLONE_NEWNET"},
                                         {0x80000000, "CLONE_IO"},
                                         {0x100000000, "CLONE_CLEAR_SIGHAND"},
                                         {0x200000000, "CLONE_INTO_CGROUP"}};
constinit const Table clone_names = table<clone_names_rows>("CLONE_???");

// linux/sched.h
constexpr FlagName unshare_flags_rows[] = {
    {0x80, "CLONE_NEWTIME"},      {0x100, "CLONE_VM"},         {0x200, "CLONE_FS"},
    {0x400, "CLONE_FILES"},       {0x800, "CLONE_SIGHAND"},    {0x10000, "CLONE_THREAD"},
    {0x20000, "CLONE_NEWNS"},     {0x40000, "CLONE_SYSVSEM"},  {0x2000000, "CLONE_NEWCGROUP"},
    {0x4000000, "CLONE_NEWUTS"},  {0x8000000, "CLONE_NEWIPC"}, {0x10000000, "CLONE_NEWUSER"},
    {0x20000000, "CLONE_NEWPID"}, {0x40000000, "CLONE_NEWNET"}};
constinit const Table unshare_flags = table<unshare_flags_rows>("CLONE_???");

// linux/sched.h
constexpr FlagName setns_flags_rows[] = {{0x80, "CLONE_NEWTIME"},        {0x20000, "CLONE_NEWNS"},
                                         {0x2000000, "CLONE_NEWCGROUP"}, {0x4000000, "CLONE_NEWUTS"},
                                         {0x8000000, "CLONE_NEWIPC"},    {0x10000000, "CLONE_NEWUSER"},
                                         {0x20000000, "CLONE_NEWPID"},   {0x40000000, "CLONE_NEWNET"}};
constinit const Table setns_flags = table<setns_flags_rows>("CLONE_NEW???");

// linux/wait.h
constexpr FlagName wait_options_rows[] = {
    {1, "WNOHANG"},         {4, "WEXITED"},           {2, "WSTOPPED"},        {8, "WCONTINUED"},
    {0x1000000, "WNOWAIT"}, {0x80000000, "__WCLONE"}, {0x40000000, "__WALL"}, {0x20000000, "__WNOTHREAD"}};
constinit const Table wait_options = table<wait_options_rows>("W???");

// linux/wait.h
constexpr FlagName waitid_types_rows[] = {{0, "P_ALL"}, {1, "P_PID"}, {2, "P_PGID"}, {3, "P_PIDFD"}};
constinit const Table waitid_types = table<waitid_types_rows>("P_???");

// asm-generic/resource.h
constexpr FlagName resources_rows[] = {
    {0, "RLIMIT_CPU"},       {1, "RLIMIT_FSIZE"}, {2, "RLIMIT_DATA"},    {3, "RLIMIT_STACK"},
    {4, "RLIMIT_CORE"},      {5, "RLIMIT_RSS"},   {6, "RLIMIT_NPROC"},   {7, "RLIMIT_NOFILE"},
    {8, "RLIMIT_MEMLOCK"},   {9, "RLIMIT_AS"},    {10, "RLIMIT_LOCKS"},  {11, "RLIMIT_SIGPENDING"},
    {12, "RLIMIT_MSGQUEUE"}, {13, "RLIMIT_NICE"}, {14, "RLIMIT_RTPRIO"}, {15, "RLIMIT_RTTIME"}};
constinit const Table resources = table<resources_rows>("RLIMIT_???");

// linux/resource.h
constexpr FlagName rusage_who_rows[] = {
    {0, "RUSAGE_SELF"}, {0xffffffff, "RUSAGE_CHILDREN"}, {0xfffffffe, "RUSAGE_BOTH"}, {1, "RUSAGE_THREAD"}};
constinit const Table rusage_who = table<rusage_who_rows>("RUSAGE_???");

// linux/prctl.h
constexpr FlagName prctl_options_rows[] = {{1, "PR_SET_PDEATHSIG"},
                                           {2, "PR_GET_PDEATHSIG"},
                                           {3, "PR_GET_DUMPABLE"},
                                           {4, "PR_SET_DUMPABLE"},
                                           {5, "PR_GET_UNALIGN"},
                                           {6, "PR_SET_UNALIGN"},
                                           {7, "PR_GET_KEEPCAPS"},
                                           {8, "PR_SET_KEEPCAPS"},
                                           {9, "PR_GET_FPEMU"},
                                           {10, "PR_SET_FPEMU"},
                                           {11, "PR_GET_FPEXC"},
                                           {12, "PR_SET_FPEXC"},
                                           {13, "PR_GET_TIMING"},
                                           {14, "PR_SET_TIMING"},
                                           {15, "PR_SET_NAME"},
                                           {16, "PR_GET_NAME"},
                                           {19, "PR_GET_ENDIAN"},
                                           {20, "PR_SET_ENDIAN"},
                                           {21, "PR_GET_SECCOMP"},
                                           {22, "PR_SET_SECCOMP"},
                                           {23, "PR_CAPBSET_READ"},
                                           {24, "PR_CAPBSET_DROP"},
                                           {25, "PR_GET_TSC"},
                                           {26, "PR_SET_TSC"},
                                           {27, "PR_GET_SECUREBITS"},
                                           {28, "PR_SET_SECUREBITS"},
                                           {29, "PR_SET_TIMERSLACK"},
                                           {30, "PR_GET_TIMERSLACK"},
                                           {31, "PR_TASK_PERF_EVENTS_DISABLE"},
                                           {32, "PR_TASK_PERF_EVENTS_ENABLE"},
                                           {33, "PR_MCE_KILL"},
                                           {34, "PR_MCE_KILL_GET"},
                                           {35, "PR_SET_MM"},
                                           {65, "PR_SET_MDWE"},
                                           {66, "PR_GET_MDWE"},
                                           {67, "PR_SET_MEMORY_MERGE"},
                                           {68, "PR_GET_MEMORY_MERGE"},
                                           {69, "PR_RISCV_V_SET_CONTROL"},
                                           {70, "PR_RISCV_V_GET_CONTROL"},
                                           {71, "PR_RISCV_SET_ICACHE_FLUSH_CTX"},
                                           {72, "PR_PPC_GET_DEXCR"},
                                           {73, "PR_PPC_SET_DEXCR"},
                                           {74, "PR_GET_SHADOW_STACK_STATUS"},
                                           {75, "PR_SET_SHADOW_STACK_STATUS"},
                                           {76, "PR_LOCK_SHADOW_STACK_STATUS"},
                                           {77, "PR_TIMER_CREATE_RESTORE_IDS"},
                                           {78, "PR_FUTEX_HASH"},
                                           {0x41555856, "PR_GET_AUXV"},
                                           {0x59616d61, "PR_SET_PTRACER"},
                                           {36, "PR_SET_CHILD_SUBREAPER"},
                                           {37, "PR_GET_CHILD_SUBREAPER"},
                                           {38, "PR_SET_NO_NEW_PRIVS"},
                                           {39, "PR_GET_NO_NEW_PRIVS"},
                                           {40, "PR_GET_TID_ADDRESS"},
                                           {41, "PR_SET_THP_DISABLE"},
                                           {42, "PR_GET_THP_DISABLE"},
                                           {43, "PR_MPX_ENABLE_MANAGEMENT"},
                                           {44, "PR_MPX_DISABLE_MANAGEMENT"},
                                           {45, "PR_SET_FP_MODE"},
                                           {46, "PR_GET_FP_MODE"},
                                           {47, "PR_CAP_AMBIENT"},
                                           {50, "PR_SVE_SET_VL"},
                                           {51, "PR_SVE_GET_VL"},
                                           {52, "PR_GET_SPECULATION_CTRL"},
                                           {53, "PR_SET_SPECULATION_CTRL"},
                                           {54, "PR_PAC_RESET_KEYS"},
                                           {55, "PR_SET_TAGGED_ADDR_CTRL"},
                                           {56, "PR_GET_TAGGED_ADDR_CTRL"},
                                           {57, "PR_SET_IO_FLUSHER"},
                                           {58, "PR_GET_IO_FLUSHER"},
                                           {59, "PR_SET_SYSCALL_USER_DISPATCH"},
                                           {60, "PR_PAC_SET_ENABLED_KEYS"},
                                           {61, "PR_PAC_GET_ENABLED_KEYS"},
                                           {62, "PR_SCHED_CORE"},
                                           {63, "PR_SME_SET_VL"},
                                           {64, "PR_SME_GET_VL"},
                                           {0x53564d41, "PR_SET_VMA"},
                                           {0x59616d61, "PR_SET_PTRACER"}};
constinit const Table prctl_options = table<prctl_options_rows>("PR_???");

// asm/prctl.h
constexpr FlagName arch_prctl_options_rows[] = {{0x1001, "ARCH_SET_GS"},
                                                {0x1002, "ARCH_SET_FS"},
                                                {0x1003, "ARCH_GET_FS"},
                                                {0x1004, "ARCH_GET_GS"},
                                                {0x1011, "ARCH_GET_CPUID"},
                                                {0x1012, "ARCH_SET_CPUID"},
                                                {0x1021, "ARCH_GET_XCOMP_SUPP"},
                                                {0x1022, "ARCH_GET_XCOMP_PERM"},
                                                {0x1023, "ARCH_REQ_XCOMP_PERM"},
                                                {0x1024, "ARCH_GET_XCOMP_GUEST_PERM"},
                                                {0x1025, "ARCH_REQ_XCOMP_GUEST_PERM"},
                                                {0x2001, "ARCH_MAP_VDSO_X32"},
                                                {0x2002, "ARCH_MAP_VDSO_32"},
                                                {0x2003, "ARCH_MAP_VDSO_64"},
                                                {0x4001, "ARCH_GET_UNTAG_MASK"},
                                                {0x4002, "ARCH_ENABLE_TAGGED_ADDR"},
                                                {0x4003, "ARCH_GET_MAX_TAG_BITS"},
                                                {0x4004, "ARCH_FORCE_TAGGED_SVA"},
                                                {0x5001, "ARCH_SHSTK_ENABLE"},
                                                {0x5002, "ARCH_SHSTK_DISABLE"},
                                                {0x5003, "ARCH_SHSTK_LOCK"},
                                                {0x5004, "ARCH_SHSTK_UNLOCK"},
                                                {0x5005, "ARCH_SHSTK_STATUS"}};
constinit const Table arch_prctl_options = table<arch_prctl_options_rows>("ARCH_???");

// linux/ptrace.h, asm/ptrace-abi.h
constexpr FlagName ptrace_requests_rows[] = {{0, "PTRACE_TRACEME"},
                                             {1, "PTRACE_PEEKTEXT"},
                                             {2, "PTRACE_PEEKDATA"},
                                             {3, "PTRACE_PEEKUSER"},
                                             {4, "PTRACE_POKETEXT"},
                                             {5, "PTRACE_POKEDATA"},
                                             {6, "PTRACE_POKEUSER"},
                                             {7, "PTRACE_CONT"},
                                             {8, "PTRACE_KILL"},
                                             {9, "PTRACE_SINGLESTEP"},
                                             {12, "PTRACE_GETREGS"},
                                             {13, "PTRACE_SETREGS"},
                                             {14, "PTRACE_GETFPREGS"},
                                             {15, "PTRACE_SETFPREGS"},
                                             {16, "PTRACE_ATTACH"},
                                             {17, "PTRACE_DETACH"},
                                             {18, "PTRACE_GETFPXREGS"},
                                             {19, "PTRACE_SETFPXREGS"},
                                             {21, "PTRACE_OLDSETOPTIONS"},
                                             {24, "PTRACE_SYSCALL"},
                                             {25, "PTRACE_GET_THREAD_AREA"},
                                             {26, "PTRACE_SET_THREAD_AREA"},
                                             {30, "PTRACE_ARCH_PRCTL"},
                                             {31, "PTRACE_SYSEMU"},
                                             {32, "PTRACE_SYSEMU_SINGLESTEP"},
                                             {33, "PTRACE_SINGLEBLOCK"},
                                             {0x4200, "PTRACE_SETOPTIONS"},
                                             {0x4201, "PTRACE_GETEVENTMSG"},
                                             {0x4202, "PTRACE_GETSIGINFO"},
                                             {0x4203, "PTRACE_SETSIGINFO"},
                                             {0x4204, "PTRACE_GETREGSET"},
                                             {0x4205, "PTRACE_SETREGSET"},
                                             {0x4206, "PTRACE_SEIZE"},
                                             {0x4207, "PTRACE_INTERRUPT"},
                                             {0x4208, "PTRACE_LISTEN"},
                                             {0x4209, "PTRACE_PEEKSIGINFO"},
                                             {0x420a, "PTRACE_GETSIGMASK"},
                                             {0x420b, "PTRACE_SETSIGMASK"},
                                             {0x420c, "PTRACE_SECCOMP_GET_FILTER"},
                                             {0x420d, "PTRACE_SECCOMP_GET_METADATA"},
                                             {0x420e, "PTRACE_GET_SYSCALL_INFO"},
                                             {0x420f, "PTRACE_GET_RSEQ_CONFIGURATION"},
                                             {0x4210, "PTRACE_SET_SYSCALL_USER_DISPATCH_CONFIG"},
                                             {0x4211, "PTRACE_GET_SYSCALL_USER_DISPATCH_CONFIG"},
                                             {0x4212, "PTRACE_SET_SYSCALL_INFO"}};
constinit const Table ptrace_requests = table<ptrace_requests_rows>("PTRACE_???");

// linux/sched.h
constexpr FlagName schedulers_rows[] = {{0, "SCHED_OTHER"},    {1, "SCHED_FIFO"}, {2, "SCHED_RR"},
                                        {3, "SCHED_BATCH"},    {4, "SCHED_ISO"},  {5, "SCHED_IDLE"},
                                        {6, "SCHED_DEADLINE"}, {7, "SCHED_EXT"}};
constinit const Table schedulers = table<schedulers_rows>("SCHED_???");

// linux/resource.h
constexpr FlagName priority_who_rows[] = {{0, "PRIO_PROCESS"}, {1, "PRIO_PGRP"}, {2, "PRIO_USER"}};
constinit const Table priority_who = table<priority_who_rows>("PRIO_???");

// linux/ioprio.h
constexpr FlagName ioprio_who_rows[] = {
    {1, "IOPRIO_WHO_PROCESS"}, {2, "IOPRIO_WHO_PGRP"}, {3, "IOPRIO_WHO_USER"}};
constinit const Table ioprio_who = table<ioprio_who_rows>("IOPRIO_WHO_???");

// linux/pidfd.h
constexpr FlagName pidfd_open_flags_rows[] = {{0x800, "PIDFD_NONBLOCK"}, {0x80, "PIDFD_THREAD"}};
constinit const Table pidfd_open_flags = table<pidfd_open_flags_rows>("PIDFD_???");

// linux/pidfd.h
constexpr FlagName pidfd_signal_flags_rows[] = {
    {1, "PIDFD_SIGNAL_THREAD"}, {2, "PIDFD_SIGNAL_THREAD_GROUP"}, {4, "PIDFD_SIGNAL_PROCESS_GROUP"}};
constinit const Table pidfd_signal_flags = table<pidfd_signal_flags_rows>("PIDFD_SIGNAL_???");

// linux/futex.h
constexpr FlagName futex_operations_rows[] = {{0, "FUTEX_WAIT"},
                                              {128, "FUTEX_WAIT_PRIVATE"},
                                              {256, "FUTEX_WAIT|FUTEX_CLOCK_REALTIME"},
                                              {384, "FUTEX_WAIT_PRIVATE|FUTEX_CLOCK_REALTIME"},
                                              {1, "FUTEX_WAKE"},
                                              {129, "FUTEX_WAKE_PRIVATE"},
                                              {2, "FUTEX_FD"},
                                              {130, "FUTEX_FD|FUTEX_PRIVATE_FLAG"},
                                              {3, "FUTEX_REQUEUE"},
                                              {131, "FUTEX_REQUEUE_PRIVATE"},
                                              {4, "FUTEX_CMP_REQUEUE"},
                                              {132, "FUTEX_CMP_REQUEUE_PRIVATE"},
                                              {5, "FUTEX_WAKE_OP"},
                                              {133, "FUTEX_WAKE_OP_PRIVATE"},
                                              {6, "FUTEX_LOCK_PI"},
                                              {134, "FUTEX_LOCK_PI_PRIVATE"},
                                              {7, "FUTEX_UNLOCK_PI"},
                                              {135, "FUTEX_UNLOCK_PI_PRIVATE"},
                                              {8, "FUTEX_TRYLOCK_PI"},
                                              {136, "FUTEX_TRYLOCK_PI_PRIVATE"},
                                              {9, "FUTEX_WAIT_BITSET"},
                                              {137, "FUTEX_WAIT_BITSET_PRIVATE"},
                                              {265, "FUTEX_WAIT_BITSET|FUTEX_CLOCK_REALTIME"},
                                              {393, "FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME"},
                                              {10, "FUTEX_WAKE_BITSET"},
                                              {138, "FUTEX_WAKE_BITSET_PRIVATE"},
                                              {11, "FUTEX_WAIT_REQUEUE_PI"},
                                              {139, "FUTEX_WAIT_REQUEUE_PI_PRIVATE"},
                                              {267, "FUTEX_WAIT_REQUEUE_PI|FUTEX_CLOCK_REALTIME"},
                                              {395, "FUTEX_WAIT_REQUEUE_PI_PRIVATE|FUTEX_CLOCK_REALTIME"},
                                              {12, "FUTEX_CMP_REQUEUE_PI"},
                                              {140, "FUTEX_CMP_REQUEUE_PI_PRIVATE"},
                                              {13, "FUTEX_LOCK_PI2"},
                                              {141, "FUTEX_LOCK_PI2_PRIVATE"},
                                              {269, "FUTEX_LOCK_PI2|FUTEX_CLOCK_REALTIME"},
                                              {397, "FUTEX_LOCK_PI2_PRIVATE|FUTEX_CLOCK_REALTIME"}};
constinit const Table futex_operations = table<futex_operations_rows>("FUTEX_???");

// linux/futex.h
constexpr FlagName futex_flags_rows[] = {
    {0, "FUTEX2_SIZE_U8", 3}, {1, "FUTEX2_SIZE_U16", 3}, {2, "FUTEX2_SIZE_U32", 3}, {3, "FUTEX2_SIZE_U64", 3},
    {4, "FUTEX2_NUMA"},       {8, "FUTEX2_MPOL"},        {0x80, "FUTEX2_PRIVATE"}};
constinit const Table futex_flags = table<futex_flags_rows>("FUTEX2_???");

}  // namespace ptop::decode
