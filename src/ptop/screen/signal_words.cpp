// signal(7): what each is for, and what it does unless the process decided otherwise.
#include "signal_words.hpp"

#include <csignal>

#include <vector>

#include <fmt/format.h>

#include "ptop/base/names.hpp"

namespace ptop::app {
namespace {

using enum SignalDefault;

constexpr SignalWords table[] = {
    {SIGTERM, end, "asks it to end"},
    {SIGKILL, end, "at once; it cannot refuse, and cleans up nothing"},
    {SIGINT, end, "what Ctrl-C sends: stop what you do"},
    {SIGHUP, end, "its terminal is gone; many daemons read their settings anew"},
    {SIGQUIT, core, "what Ctrl-\\ sends"},
    {SIGSTOP, stop, "until SIGCONT; it cannot refuse"},
    {SIGTSTP, stop, "what Ctrl-Z sends: until SIGCONT"},
    {SIGCONT, go_on, "after a stop, also when it is ignored or blocked"},
    {SIGUSR1, end, "means what the program says"},
    {SIGUSR2, end, "means what the program says"},
    {SIGABRT, core, "what abort(3) sends"},
    {SIGALRM, end, "a timer of alarm(2) or setitimer(2)"},
    {SIGCHLD, nothing, "a child ended, stopped or went on"},
    {SIGPIPE, end, "nobody reads its pipe"},
    {SIGWINCH, nothing, "its terminal has another size"},
    {SIGURG, nothing, "urgent data on a socket"},
    {SIGTTIN, stop, "read its terminal from the background"},
    {SIGTTOU, stop, "wrote its terminal from the background"},
    {SIGVTALRM, end, "a timer of its own CPU time"},
    {SIGPROF, end, "a profiling timer"},
    {SIGIO, end, "input or output is possible"},
    {SIGPWR, end, "power failure"},
    {SIGXCPU, core, "used up its CPU time"},
    {SIGXFSZ, core, "wrote past its file size limit"},
    {SIGILL, core, "as after an illegal instruction"},
    {SIGTRAP, core, "as at a breakpoint"},
    {SIGBUS, core, "as after a bad memory access"},
    {SIGFPE, core, "as after a division by zero"},
    {SIGSEGV, core, "as after an invalid address"},
    {SIGSTKFLT, end, "unused by the kernel"},
    {SIGSYS, core, "as after a bad system call"},
};

constexpr int first_real_time = 32, last_signal = 64;  // the kernel's SIGRTMIN and SIGRTMAX

std::vector<SignalWords> with_real_time() {
  std::vector<SignalWords> all(std::begin(table), std::end(table));
  for (int signal = SIGRTMIN; signal <= SIGRTMAX; ++signal)
    all.push_back({signal, end, "means what the program says; queued, with the lowest first"});
  for (int signal = first_real_time; signal < SIGRTMIN; ++signal)
    all.push_back({signal, end, "the C library's own: upsets its threads"});
  return all;
}

}  // namespace

std::string_view default_name(SignalDefault what) {
  constexpr std::string_view names[] = {"ends", "core dump", "stops", "continues", "nothing"};
  return names[static_cast<std::size_t>(what)];
}

std::span<const SignalWords> sendable_signals() {
  static const std::vector<SignalWords> all = with_real_time();
  return all;
}

std::string signal_label(int signal) {
  if (signal < SIGRTMIN || signal > last_signal) return signal_name(signal);
  const int from_min = signal - SIGRTMIN, from_max = SIGRTMAX - signal;
  if (from_min == 0) return "SIGRTMIN";
  if (from_max == 0) return "SIGRTMAX";
  return from_min <= from_max ? fmt::format("SIGRTMIN+{}", from_min) : fmt::format("SIGRTMAX-{}", from_max);
}

/// Of SIGKILL and SIGSTOP only a kernel thread can be rid.
std::string_view use_name(const SignalUse& use, int signal) {
  const std::uint64_t bit = std::uint64_t{1} << (signal - 1);
  if ((use.blocked & bit) != 0) return "blocked";
  if ((use.ignored & bit) != 0) return "ignored";
  return (use.caught & bit) != 0 ? "caught" : "";
}

}  // namespace ptop::app
