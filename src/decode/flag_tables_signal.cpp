// Tables of constants: signals.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// asm/signal.h
constexpr FlagName signal_names_rows[] = {
    {1, "SIGHUP"},     {2, "SIGINT"},    {3, "SIGQUIT"},   {4, "SIGILL"},    {5, "SIGTRAP"},
    {6, "SIGABRT"},    {7, "SIGBUS"},    {8, "SIGFPE"},    {9, "SIGKILL"},   {10, "SIGUSR1"},
    {11, "SIGSEGV"},   {12, "SIGUSR2"},  {13, "SIGPIPE"},  {14, "SIGALRM"},  {15, "SIGTERM"},
    {16, "SIGSTKFLT"}, {17, "SIGCHLD"},  {18, "SIGCONT"},  {19, "SIGSTOP"},  {20, "SIGTSTP"},
    {21, "SIGTTIN"},   {22, "SIGTTOU"},  {23, "SIGURG"},   {24, "SIGXCPU"},  {25, "SIGXFSZ"},
    {26, "SIGVTALRM"}, {27, "SIGPROF"},  {28, "SIGWINCH"}, {29, "SIGIO"},    {30, "SIGPWR"},
    {31, "SIGSYS"},    {32, "SIGRTMIN"}, {33, "SIGRT_1"},  {34, "SIGRT_2"},  {35, "SIGRT_3"},
    {36, "SIGRT_4"},   {37, "SIGRT_5"},  {38, "SIGRT_6"},  {39, "SIGRT_7"},  {40, "SIGRT_8"},
    {41, "SIGRT_9"},   {42, "SIGRT_10"}, {43, "SIGRT_11"}, {44, "SIGRT_12"}, {45, "SIGRT_13"},
    {46, "SIGRT_14"},  {47, "SIGRT_15"}, {48, "SIGRT_16"}, {49, "SIGRT_17"}, {50, "SIGRT_18"},
    {51, "SIGRT_19"},  {52, "SIGRT_20"}, {53, "SIGRT_21"}, {54, "SIGRT_22"}, {55, "SIGRT_23"},
    {56, "SIGRT_24"},  {57, "SIGRT_25"}, {58, "SIGRT_26"}, {59, "SIGRT_27"}, {60, "SIGRT_28"},
    {61, "SIGRT_29"},  {62, "SIGRT_30"}, {63, "SIGRT_31"}, {64, "SIGRT_32"}};
constinit const Table signal_names = table<signal_names_rows>("SIG???");

// asm-generic/signal-defs.h
constexpr FlagName sigprocmask_how_rows[] = {{0, "SIG_BLOCK"}, {1, "SIG_UNBLOCK"}, {2, "SIG_SETMASK"}};
constinit const Table sigprocmask_how = table<sigprocmask_how_rows>("SIG_???");

// asm/signal.h, asm-generic/signal-defs.h
constexpr FlagName sigaction_flags_rows[] = {{0x04000000, "SA_RESTORER"}, {0x08000000, "SA_ONSTACK"},
                                             {0x10000000, "SA_RESTART"},  {0x20000000, "SA_INTERRUPT"},
                                             {0x40000000, "SA_NODEFER"},  {0x80000000, "SA_RESETHAND"},
                                             {4, "SA_SIGINFO"},           {1, "SA_NOCLDSTOP"},
                                             {2, "SA_NOCLDWAIT"},         {0x400, "SA_UNSUPPORTED"},
                                             {0x800, "SA_EXPOSE_TAGBITS"}};
constinit const Table sigaction_flags = table<sigaction_flags_rows>("SA_???");

// linux/signal.h
constexpr FlagName altstack_flags_rows[] = {
    {1, "SS_ONSTACK"}, {2, "SS_DISABLE"}, {0x80000000, "SS_AUTODISARM"}};
constinit const Table altstack_flags = table<altstack_flags_rows>("SS_???");

// asm-generic/siginfo.h
constexpr FlagName si_codes_rows[] = {{0, "SI_USER"},
                                      {0x80, "SI_KERNEL"},
                                      {static_cast<std::uint64_t>(-1), "SI_QUEUE"},
                                      {static_cast<std::uint64_t>(-2), "SI_TIMER"},
                                      {static_cast<std::uint64_t>(-3), "SI_MESGQ"},
                                      {static_cast<std::uint64_t>(-4), "SI_ASYNCIO"},
                                      {static_cast<std::uint64_t>(-5), "SI_SIGIO"},
                                      {static_cast<std::uint64_t>(-6), "SI_TKILL"},
                                      {static_cast<std::uint64_t>(-7), "SI_DETHREAD"},
                                      {static_cast<std::uint64_t>(-60), "SI_ASYNCNL"}};
constinit const Table si_codes = table<si_codes_rows>("");

// asm-generic/siginfo.h
constexpr FlagName ill_codes_rows[] = {{1, "ILL_ILLOPC"}, {2, "ILL_ILLOPN"}, {3, "ILL_ILLADR"},
                                       {4, "ILL_ILLTRP"}, {5, "ILL_PRVOPC"}, {6, "ILL_PRVREG"},
                                       {7, "ILL_COPROC"}, {8, "ILL_BADSTK"}, {9, "ILL_BADIADDR"}};
constinit const Table ill_codes = table<ill_codes_rows>("");

// asm-generic/siginfo.h
constexpr FlagName fpe_codes_rows[] = {
    {1, "FPE_INTDIV"}, {2, "FPE_INTOVF"}, {3, "FPE_FLTDIV"}, {4, "FPE_FLTOVF"},  {5, "FPE_FLTUND"},
    {6, "FPE_FLTRES"}, {7, "FPE_FLTINV"}, {8, "FPE_FLTSUB"}, {14, "FPE_FLTUNK"}, {15, "FPE_CONDTRAP"}};
constinit const Table fpe_codes = table<fpe_codes_rows>("");

// asm-generic/siginfo.h
constexpr FlagName segv_codes_rows[] = {{1, "SEGV_MAPERR"},  {2, "SEGV_ACCERR"},  {3, "SEGV_BNDERR"},
                                        {4, "SEGV_PKUERR"},  {5, "SEGV_ACCADI"},  {6, "SEGV_ADIDERR"},
                                        {7, "SEGV_ADIPERR"}, {8, "SEGV_MTEAERR"}, {9, "SEGV_MTESERR"}};
constinit const Table segv_codes = table<segv_codes_rows>("");

// asm-generic/siginfo.h
constexpr FlagName bus_codes_rows[] = {
    {1, "BUS_ADRALN"}, {2, "BUS_ADRERR"}, {3, "BUS_OBJERR"}, {4, "BUS_MCEERR_AR"}, {5, "BUS_MCEERR_AO"}};
constinit const Table bus_codes = table<bus_codes_rows>("");

// asm-generic/siginfo.h
constexpr FlagName trap_codes_rows[] = {{1, "TRAP_BRKPT"},  {2, "TRAP_TRACE"}, {3, "TRAP_BRANCH"},
                                        {4, "TRAP_HWBKPT"}, {5, "TRAP_UNK"},   {6, "TRAP_PERF"}};
constinit const Table trap_codes = table<trap_codes_rows>("");

// asm-generic/siginfo.h
constexpr FlagName cld_codes_rows[] = {{1, "CLD_EXITED"},  {2, "CLD_KILLED"},  {3, "CLD_DUMPED"},
                                       {4, "CLD_TRAPPED"}, {5, "CLD_STOPPED"}, {6, "CLD_CONTINUED"}};
constinit const Table cld_codes = table<cld_codes_rows>("");

// asm-generic/siginfo.h
constexpr FlagName poll_codes_rows[] = {{1, "POLL_IN"},  {2, "POLL_OUT"}, {3, "POLL_MSG"},
                                        {4, "POLL_ERR"}, {5, "POLL_PRI"}, {6, "POLL_HUP"}};
constinit const Table poll_codes = table<poll_codes_rows>("");

// asm-generic/siginfo.h
constexpr FlagName sys_codes_rows[] = {{1, "SYS_SECCOMP"}, {2, "SYS_USER_DISPATCH"}};
constinit const Table sys_codes = table<sys_codes_rows>("");

// linux/audit.h
constexpr FlagName audit_architectures_rows[] = {{0xc000003e, "AUDIT_ARCH_X86_64"},
                                                 {0x40000003, "AUDIT_ARCH_I386"}};
constinit const Table audit_architectures = table<audit_architectures_rows>("AUDIT_ARCH_???");

}  // namespace ptop::decode
