// An int from wait4(2), classified. Does nothing else: event messages are fetched afterwards.
#pragma once

#include <variant>

namespace ptop::trace {

struct TaskExited {
  int code = 0;
};  ///< WIFEXITED: exit(2) status 0…255
struct TaskKilled {
  int signal = 0;
  bool core = false;
};
struct SignalStop {
  int signal = 0;
};                      ///< signal-delivery-stop: the signal waits to be injected
struct SyscallStop {};  ///< PTRACE_O_TRACESYSGOOD: SIGTRAP | 0x80
struct GroupStopStatus {
  int signal = 0;
};                   ///< PTRACE_EVENT_STOP with a stopping signal
struct TrapStop {};  ///< PTRACE_EVENT_STOP with SIGTRAP: a newborn, an interrupt, the end of a group-stop
struct EventStop {
  int event = 0;
};                        ///< any other PTRACE_EVENT_*
struct TaskContinued {};  ///< WIFCONTINUED; not asked for, so not expected

using WaitStatus = std::variant<TaskExited, TaskKilled, SignalStop, SyscallStop, GroupStopStatus, TrapStop,
                                EventStop, TaskContinued>;

/// Source: ptrace(2), "Stopped states", for a task that was seized.
WaitStatus classify_wait_status(int status);

}  // namespace ptop::trace
