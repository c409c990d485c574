// signal(7): what each does unless the process decided otherwise.
#include "signal_words.hpp"

#include <csignal>

namespace ptop::app {
namespace {

constexpr SignalWords table[] = {
    {SIGTERM, "asks it to end"},
    {SIGKILL, "ends it at once; it cannot refuse, and cleans up nothing"},
    {SIGINT, "what Ctrl-C sends: stop what you do"},
    {SIGHUP, "its terminal is gone; many daemons read their settings anew"},
    {SIGQUIT, "what Ctrl-\\ sends: end with a core dump"},
    {SIGSTOP, "stops it until SIGCONT; it cannot refuse"},
    {SIGTSTP, "what Ctrl-Z sends: stop until SIGCONT"},
    {SIGCONT, "goes on after a stop"},
    {SIGUSR1, "means what the program says; ends it otherwise"},
    {SIGUSR2, "means what the program says; ends it otherwise"},
    {SIGABRT, "abort(3): ends with a core dump"},
    {SIGALRM, "a timer of alarm(2); ends it by default"},
    {SIGCHLD, "a child changed; ignored by default"},
    {SIGPIPE, "nobody reads its pipe; ends it by default"},
    {SIGWINCH, "its terminal has another size; ignored by default"},
    {SIGURG, "urgent data on a socket; ignored by default"},
    {SIGTTIN, "read its terminal from the background; stops it"},
    {SIGTTOU, "wrote its terminal from the background; stops it"},
    {SIGVTALRM, "a timer of its own CPU time; ends it by default"},
    {SIGPROF, "a profiling timer; ends it by default"},
    {SIGIO, "input or output is possible; ends it by default"},
    {SIGPWR, "power failure; ends it by default"},
    {SIGXCPU, "used up its CPU time; ends with a core dump"},
    {SIGXFSZ, "wrote past its file size limit; ends with a core dump"},
    {SIGILL, "as after an illegal instruction; core dump"},
    {SIGTRAP, "as at a breakpoint; core dump"},
    {SIGBUS, "as after a bad memory access; core dump"},
    {SIGFPE, "as after a division by zero; core dump"},
    {SIGSEGV, "as after an invalid address; core dump"},
    {SIGSTKFLT, "unused by the kernel; ends it by default"},
    {SIGSYS, "as after a bad system call; core dump"},
};

}  // namespace

std::span<const SignalWords> sendable_signals() { return table; }

}  // namespace ptop::app
