// PTRACE_SEIZE, PTRACE_INTERRUPT and the wait calls.
#include "ptop/trace/engine.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ptop/base/overloaded.hpp"
#include "registers.hpp"
#include "request.hpp"

namespace ptop::trace {
namespace {

constexpr std::uintptr_t seize_options = PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT | PTRACE_O_TRACESYSGOOD;
constexpr std::uintptr_t options_for_newborns =
    PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE;
constexpr std::uintptr_t options_for_life = PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL;

/// A task killed in the middle of its event stop has no message any more, or that of its exit stop, which is
/// a status and no tid; 0 stands for "unknown" then. It does not come back to the event: what it still stands
/// in afterwards it stood in before.
std::uint64_t message_of(const Stopped& task, int event) {
  constexpr unsigned event_shift = 8;  // of si_code in an event stop, ptrace(2)
  const auto message = task.event_message();
  const auto info = task.signal_info();
  const bool stands = info && info->si_code >> event_shift == event;
  return stands ? message.value_or(0) : 0;
}

Tid tid_of(const Stopped& task, int event) { return Tid(static_cast<std::int32_t>(message_of(task, event))); }

Stop stop_of_event(const Stopped& task, int event) {
  switch (event) {
    case PTRACE_EVENT_EXIT:
      return ExitComing{};  // its status comes again with the end
    case PTRACE_EVENT_FORK:
      return NewChild{ChildKind::fork, tid_of(task, event)};
    case PTRACE_EVENT_VFORK:
      return NewChild{ChildKind::vfork, tid_of(task, event)};
    case PTRACE_EVENT_CLONE:
      return NewChild{ChildKind::clone, tid_of(task, event)};
    case PTRACE_EVENT_EXEC:
      return ExecDone{tid_of(task, event)};
    case PTRACE_EVENT_VFORK_DONE:
      return VforkDone{};
    case PTRACE_EVENT_SECCOMP:
      return Seccomp{};
    default:
      return UnknownStop{event};
  }
}

int signal_to_keep(const WaitStatus& status) {
  const auto* stop = std::get_if<SignalStop>(&status);
  return stop ? stop->signal : 0;
}

Stop stop_of(const Stopped& task, const WaitStatus& status) {
  return std::visit(overloaded{[](SignalStop s) -> Stop { return SignalDelivery{s.signal}; },
                               [](SyscallStop) -> Stop { return SyscallReached{}; },
                               [](GroupStopStatus s) -> Stop { return GroupStop{s.signal}; },
                               [](TrapStop) -> Stop { return Interrupted{}; },
                               [&](EventStop e) -> Stop { return stop_of_event(task, e.event); },
                               [](auto) -> Stop { return UnknownStop{}; }},
                    status);
}

/// Tracees and children belong to a thread: another Engine on another thread has its own to wait for.
constexpr int whose = __WALL | __WNOTHREAD;

/// As wait4(2), which cannot leave a stop as it is. The C library's waitid() has no usage. An exec has to be
/// taken: before, requests to its task fail (kernel/ptrace.c, looks_like_a_spurious_pid).
pid_t look(int which, int& status, int options, rusage& usage) {
  siginfo_t info{};
  const long failed = ::syscall(SYS_waitid, which == -1 ? P_ALL : P_PID, which, &info,
                                whose | options | WEXITED | WNOWAIT, &usage);
  if (failed != 0 || info.si_pid == 0) return failed != 0 ? -1 : 0;
  constexpr int exec_event = SIGTRAP | PTRACE_EVENT_EXEC << 8;
  if (info.si_code != CLD_TRAPPED || info.si_status == exec_event)
    return std::max(0, ::wait4(info.si_pid, &status, whose | WNOHANG, &usage));
  status = W_STOPCODE(info.si_status);
  return info.si_pid;
}

pid_t ask(int which, int& status, int options, rusage& usage, Claim claim) {
  return claim == Claim::left ? look(which, status, options, usage)
                              : ::wait4(which, &status, whose | options, &usage);
}

/// Some 50 microseconds. The pauses leave the kernel's task list alone: each wait locks it.
pid_t ask_for_a_while(int which, int& status, rusage& usage, Claim claim) {
  constexpr int questions = 50, pauses = 16;
  pid_t got = 0;
  for (int asked = 0; asked < questions && got == 0; ++asked) {
    got = ask(which, status, WNOHANG, usage, claim);
    for (int pause = 0; pause < pauses && got == 0; ++pause) pause_processor();
  }
  return got;
}

std::uint64_t preemptions() {
  rusage mine{};
  ::getrusage(RUSAGE_THREAD, &mine);
  return static_cast<std::uint64_t>(mine.ru_nivcsw);
}

}  // namespace

Result<void> Engine::seize(Tid tid, Bond bond) {
  const std::uintptr_t options = seize_options | (newborns_ == Newborns::seized ? options_for_newborns : 0) |
                                 (bond == Bond::for_life ? options_for_life : 0);
  if (auto r = ptrace_request(PTRACE_SEIZE, "PTRACE_SEIZE", tid, nullptr, as_pointer(options)); !r)
    return fail(r.error());
  return {};
}

Result<void> Engine::interrupt(Tid tid) {
  if (auto r = ptrace_request(PTRACE_INTERRUPT, "PTRACE_INTERRUPT", tid, nullptr, nullptr); !r)
    return fail(r.error());
  return {};
}

std::optional<Report> Engine::next_of(int which, Wait wait, Claim claim) {
  int status = 0;
  rusage usage{};
  pid_t got = 0;
  if (wait == Wait::block && among_calls_ && !shared_processor_ && eager_.worth_trying()) {
    got = ask_for_a_while(which, status, usage, claim);
    eager_.tried(got != 0, preemptions);
  }
  if (got == 0) got = ask(which, status, wait == Wait::poll ? WNOHANG : 0, usage, claim);
  childless_ = which == -1 && got < 0 && errno == ECHILD;  // of one task it says that this one is not ours
  if (got <= 0) return std::nullopt;
  const Tid tid(got);
  const auto what = classify_wait_status(status);
  if (const auto* exited = std::get_if<TaskExited>(&what))
    return Report{tid, EndReport{tid, *exited, status, usage}, usage};
  if (const auto* killed = std::get_if<TaskKilled>(&what))
    return Report{tid, EndReport{tid, *killed, status, usage}, usage};
  Stopped task(tid, signal_to_keep(what));
  const Stop stop = stop_of(task, what);
  among_calls_ = std::holds_alternative<SyscallReached>(stop) || std::holds_alternative<Seccomp>(stop);
  return Report{tid, StopReport{std::move(task), stop}, usage};
}

}  // namespace ptop::trace
