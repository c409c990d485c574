// Source of the names: sigaction(2) and include/uapi/asm-generic/siginfo.h.
#include "signal_code.hpp"

#include <signal.h>

namespace ptop::render {
namespace {

struct Row {
  int signal;  // 0: any
  int code;
  SignalCode text;
};

constexpr Row rows[] = {
    {0, SI_USER, {"SI_USER", "kill"}},
    {0, SI_QUEUE, {"SI_QUEUE", "sigqueue"}},
    {0, SI_TIMER, {"SI_TIMER", "timer"}},
    {0, SI_MESGQ, {"SI_MESGQ", "message queue"}},
    {0, SI_ASYNCIO, {"SI_ASYNCIO", "asynchronous I/O"}},
    {0, SI_SIGIO, {"SI_SIGIO", "I/O"}},
    {0, SI_TKILL, {"SI_TKILL", "tgkill"}},
    {0, SI_KERNEL, {"SI_KERNEL", "kernel"}},
    {SIGCHLD, CLD_EXITED, {"CLD_EXITED", "child exited"}},
    {SIGCHLD, CLD_KILLED, {"CLD_KILLED", "child killed"}},
    {SIGCHLD, CLD_DUMPED, {"CLD_DUMPED", "child dumped core"}},
    {SIGCHLD, CLD_TRAPPED, {"CLD_TRAPPED", "child trapped"}},
    {SIGCHLD, CLD_STOPPED, {"CLD_STOPPED", "child stopped"}},
    {SIGCHLD, CLD_CONTINUED, {"CLD_CONTINUED", "child continued"}},
    {SIGSEGV, SEGV_MAPERR, {"SEGV_MAPERR", "address not mapped"}},
    {SIGSEGV, SEGV_ACCERR, {"SEGV_ACCERR", "access not permitted"}},
    {SIGSEGV, 3, {"SEGV_BNDERR", "bounds check failed"}},
    {SIGSEGV, 4, {"SEGV_PKUERR", "protection key"}},
    {SIGBUS, BUS_ADRALN, {"BUS_ADRALN", "misaligned address"}},
    {SIGBUS, BUS_ADRERR, {"BUS_ADRERR", "no such physical address"}},
    {SIGBUS, BUS_OBJERR, {"BUS_OBJERR", "hardware error"}},
    {SIGBUS, BUS_MCEERR_AR, {"BUS_MCEERR_AR", "memory error in use"}},
    {SIGBUS, BUS_MCEERR_AO, {"BUS_MCEERR_AO", "memory error found"}},
    {SIGFPE, FPE_INTDIV, {"FPE_INTDIV", "integer division by zero"}},
    {SIGFPE, FPE_INTOVF, {"FPE_INTOVF", "integer overflow"}},
    {SIGFPE, FPE_FLTDIV, {"FPE_FLTDIV", "float division by zero"}},
    {SIGFPE, FPE_FLTOVF, {"FPE_FLTOVF", "float overflow"}},
    {SIGFPE, FPE_FLTUND, {"FPE_FLTUND", "float underflow"}},
    {SIGFPE, FPE_FLTRES, {"FPE_FLTRES", "inexact float result"}},
    {SIGFPE, FPE_FLTINV, {"FPE_FLTINV", "invalid float operation"}},
    {SIGILL, ILL_ILLOPC, {"ILL_ILLOPC", "illegal opcode"}},
    {SIGILL, ILL_ILLOPN, {"ILL_ILLOPN", "illegal operand"}},
    {SIGILL, ILL_ILLADR, {"ILL_ILLADR", "illegal addressing mode"}},
    {SIGILL, ILL_PRVOPC, {"ILL_PRVOPC", "privileged opcode"}},
    {SIGTRAP, TRAP_BRKPT, {"TRAP_BRKPT", "breakpoint"}},
    {SIGTRAP, TRAP_TRACE, {"TRAP_TRACE", "single step"}},
    {SIGTRAP, 3, {"TRAP_BRANCH", "branch"}},
    {SIGTRAP, 4, {"TRAP_HWBKPT", "hardware breakpoint"}},
    {SIGSYS, 1, {"SYS_SECCOMP", "seccomp filter"}},
    {SIGSYS, 2, {"SYS_USER_DISPATCH", "system call user dispatch"}},
    {SIGIO, POLL_IN, {"POLL_IN", "input available"}},
    {SIGIO, POLL_OUT, {"POLL_OUT", "output possible"}},
    {SIGIO, POLL_MSG, {"POLL_MSG", "message available"}},
    {SIGIO, POLL_ERR, {"POLL_ERR", "I/O error"}},
    {SIGIO, POLL_PRI, {"POLL_PRI", "urgent input"}},
    {SIGIO, POLL_HUP, {"POLL_HUP", "hung up"}},
};

}  // namespace

SignalCode signal_code(int signal, int code) {
  for (const Row& row : rows) {
    if (row.code == code && (row.signal == 0 || row.signal == signal)) return row.text;
  }
  return {};
}

}  // namespace ptop::render
