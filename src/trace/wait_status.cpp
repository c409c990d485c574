// The bits of a wait status, for seized tasks.
#include "ptop/trace/wait_status.hpp"

#include <csignal>

#include <sys/ptrace.h>
#include <sys/wait.h>

namespace ptop::trace {
namespace {

constexpr int syscall_stop_signal = SIGTRAP | 0x80;

bool stops_a_group(int signal) {
  return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
}

WaitStatus classify_stop(int signal, int event) {
  if (event == 0) {
    if (signal == syscall_stop_signal) return SyscallStop{};
    return SignalStop{signal};
  }
  if (event != PTRACE_EVENT_STOP) return EventStop{event};
  if (stops_a_group(signal)) return GroupStopStatus{signal};
  return TrapStop{};
}

}  // namespace

WaitStatus classify_wait_status(int status) {
  if (WIFEXITED(status)) return TaskExited{WEXITSTATUS(status)};
  if (WIFSIGNALED(status)) return TaskKilled{WTERMSIG(status), WCOREDUMP(status) != 0};
  if (WIFCONTINUED(status)) return TaskContinued{};
  return classify_stop(WSTOPSIG(status), status >> 16);
}

}  // namespace ptop::trace
