// What a task stopped for, and the right to make ptrace requests on it while it is stopped.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

#include <signal.h>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::trace {

/// The tracer's request that lets a stopped task run on.
enum class Resume : std::uint8_t {
  run,           ///< PTRACE_CONT: until the next event
  next_syscall,  ///< PTRACE_SYSCALL: until it enters or leaves a system call
};

enum class ChildKind : std::uint8_t { fork, vfork, clone };  ///< which PTRACE_EVENT_* reported it

struct NewChild {
  ChildKind kind = ChildKind::fork;
  Tid child;  ///< 0: not known, the maker was killed here
};            ///< the child's own first stop may arrive before this one
struct ExecDone {
  Tid former;          ///< 0: not known, it was killed here
};                     ///< a non-leader's tid disappears here: it became the leader
struct ExitComing {};  ///< still complete in /proc
struct VforkDone {};   ///< its child does not use its memory any more
struct Seccomp {};     ///< a filter said so: the task enters a call, see Stopped::syscall()
struct UnknownStop {
  int event = 0;
};  ///< newer kernel: report and resume
struct SignalDelivery {
  int signal = 0;
};  ///< resume must inject it, or suppress it on purpose
struct GroupStop {
  int signal = 0;
};                         ///< listen(): the task stays stopped, as its user asked
struct Interrupted {};     ///< first stop of a newborn, after interrupt(), or a group-stop that ended
struct SyscallReached {};  ///< enter or exit: see Stopped::syscall()

using Stop = std::variant<NewChild, ExecDone, ExitComing, VforkDone, Seccomp, UnknownStop, SignalDelivery,
                          GroupStop, Interrupted, SyscallReached>;

/// The machine convention of the system call a task is in: AUDIT_ARCH_* of linux/audit.h.
using AuditArch = std::uint32_t;

/// From PTRACE_GET_SYSCALL_INFO (Linux 5.3).
struct SyscallEnter {
  SyscallNo nr;
  std::array<std::uint64_t, 6> args{};
};
struct SyscallExit {
  std::int64_t value = 0;
  bool error = false;
};
struct SyscallInfo {
  AuditArch arch = 0;
  TraceeAddr instruction, stack;
  std::variant<std::monostate, SyscallEnter, SyscallExit> what;  ///< monostate: not at a system-call stop
};

/// Move-only: holding one means that its task is in a ptrace-stop. Every request may answer `gone` (ESRCH):
/// the task was killed meanwhile, and its exit status will come. Destroyed unused, it lets the task run
/// untraced, because nothing may stay stopped.
class [[nodiscard]] Stopped {
 public:
  Stopped(Stopped&& other) noexcept;
  Stopped& operator=(Stopped&& other) noexcept;
  ~Stopped();

  Tid tid() const { return tid_; }
  Result<std::uint64_t> event_message() const;  ///< PTRACE_GETEVENTMSG
  Result<siginfo_t> signal_info() const;        ///< PTRACE_GETSIGINFO
  Result<SyscallInfo> syscall() const;          ///< PTRACE_GET_SYSCALL_INFO
  /// The call number and arguments as the registers still hold them inside an event stop (fork family).
  Result<SyscallEnter> call_registers() const;

  /// No default signal: forgetting to inject must not compile. 0 suppresses.
  Result<void> resume(Resume how, int inject) &&;
  Result<void> listen() &&;            ///< PTRACE_LISTEN: only from a GroupStop
  Result<void> detach(int inject) &&;  ///< PTRACE_DETACH
  /// Its task has come to another stop, which it has been killed for.
  void expire() && { tid_ = Tid{}; }

 private:
  friend class Engine;
  explicit Stopped(Tid tid, int pending_signal) : tid_(tid), pending_signal_(pending_signal) {}
  Tid tid_;                 ///< 0: spent
  int pending_signal_ = 0;  ///< what the destructor must not swallow
};

}  // namespace ptop::trace
