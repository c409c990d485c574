// Requests on a stopped task.
#include "ptop/trace/stop.hpp"

#include <utility>

#include <sys/ptrace.h>
#include <sys/uio.h>

#include "registers.hpp"
#include "request.hpp"

namespace ptop::trace {
namespace {

Result<void> without_value(const Result<long>& r) {
  if (!r) return fail(r.error());
  return {};
}

SyscallInfo from_kernel(const __ptrace_syscall_info& k) {
  SyscallInfo info{
      .arch = k.arch, .instruction = TraceeAddr(k.instruction_pointer), .stack = TraceeAddr(k.stack_pointer)};
  if (k.op == PTRACE_SYSCALL_INFO_ENTRY) {
    SyscallEnter enter{.nr = SyscallNo(static_cast<std::int64_t>(k.entry.nr))};
    for (std::size_t i = 0; i < enter.args.size(); ++i) enter.args[i] = k.entry.args[i];
    info.what = enter;
  } else if (k.op == PTRACE_SYSCALL_INFO_SECCOMP) {
    SyscallEnter enter{.nr = SyscallNo(static_cast<std::int64_t>(k.seccomp.nr))};
    for (std::size_t i = 0; i < enter.args.size(); ++i) enter.args[i] = k.seccomp.args[i];
    info.what = enter;
  } else if (k.op == PTRACE_SYSCALL_INFO_EXIT) {
    info.what = SyscallExit{.value = k.exit.rval, .error = k.exit.is_error != 0};
  }
  return info;
}

}  // namespace

Stopped::Stopped(Stopped&& other) noexcept
    : tid_(std::exchange(other.tid_, Tid{})), pending_signal_(other.pending_signal_) {}

Stopped& Stopped::operator=(Stopped&& other) noexcept {
  std::swap(tid_, other.tid_);
  std::swap(pending_signal_, other.pending_signal_);
  return *this;
}

Stopped::~Stopped() {
  if (tid_ == Tid{}) return;
  (void)ptrace_request(PTRACE_DETACH, "PTRACE_DETACH", tid_, nullptr,
                       as_pointer(static_cast<unsigned>(pending_signal_)));
}

Result<std::uint64_t> Stopped::event_message() const {
  unsigned long message = 0;
  if (auto r = ptrace_request(PTRACE_GETEVENTMSG, "PTRACE_GETEVENTMSG", tid_, nullptr, &message); !r)
    return fail(r.error());
  return message;
}

Result<siginfo_t> Stopped::signal_info() const {
  siginfo_t info{};
  if (auto r = ptrace_request(PTRACE_GETSIGINFO, "PTRACE_GETSIGINFO", tid_, nullptr, &info); !r)
    return fail(r.error());
  return info;
}

Result<SyscallInfo> Stopped::syscall() const {
  __ptrace_syscall_info info{};
  if (auto r = ptrace_request(PTRACE_GET_SYSCALL_INFO, "PTRACE_GET_SYSCALL_INFO", tid_,
                              as_pointer(sizeof info), &info);
      !r)
    return fail(r.error());
  return from_kernel(info);
}

Result<SyscallEnter> Stopped::call_registers() const { return read_call_registers(tid_); }

Result<void> Stopped::resume(Resume how, int inject) && {
  const Tid tid = std::exchange(tid_, Tid{});
  void* const data = as_pointer(static_cast<unsigned>(inject));
  if (how == Resume::next_syscall)
    return without_value(ptrace_request(PTRACE_SYSCALL, "PTRACE_SYSCALL", tid, nullptr, data));
  return without_value(ptrace_request(PTRACE_CONT, "PTRACE_CONT", tid, nullptr, data));
}

Result<void> Stopped::listen() && {
  return without_value(
      ptrace_request(PTRACE_LISTEN, "PTRACE_LISTEN", std::exchange(tid_, Tid{}), nullptr, nullptr));
}

Result<void> Stopped::detach(int inject) && {
  return without_value(ptrace_request(PTRACE_DETACH, "PTRACE_DETACH", std::exchange(tid_, Tid{}), nullptr,
                                      as_pointer(static_cast<unsigned>(inject))));
}

}  // namespace ptop::trace
