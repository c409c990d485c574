// fork, vfork, clone and clone3 of both calling conventions.
#include "birth.hpp"

#include <algorithm>
#include <csignal>
#include <span>

#include <linux/audit.h>
#include <linux/sched.h>

namespace ptop::follow {
namespace {

constexpr std::uint64_t exit_signal_mask = 0xff;  // CSIGNAL: the low byte of clone's flags

// arch/x86/entry/syscalls/syscall_{64,32}.tbl
struct Numbers {
  std::int64_t fork, vfork, clone, clone3;
};
constexpr Numbers x86_64{57, 58, 56, 435};
constexpr Numbers i386{2, 190, 120, 435};

BirthCall from_flags(std::uint64_t flags, std::uint64_t exit_signal) {
  BirthCall birth{.flags = flags};
  if ((flags & CLONE_THREAD) == 0) birth.exit_signal = static_cast<int>(exit_signal);
  return birth;
}

/// clone(2) stores the pidfd where CLONE_PARENT_SETTID would store the tid: its third argument.
BirthCall from_clone(std::uint64_t first, std::uint64_t parent_tid) {
  BirthCall birth = from_flags(first & ~exit_signal_mask & 0xffffffff, first & exit_signal_mask);
  if ((birth.flags & CLONE_PIDFD) != 0) birth.pidfd_address = parent_tid;
  return birth;
}

std::vector<Pid> read_set_tid(const clone_args& args, decode::MemoryReader& memory) {
  constexpr std::uint64_t deepest = 32;  // MAX_PID_NS_LEVEL
  if (args.set_tid_size == 0 || args.set_tid_size > deepest) return {};
  std::vector<pid_t> wanted(args.set_tid_size);
  const auto bytes = std::as_writable_bytes(std::span(wanted));
  if (memory.read(args.set_tid, bytes) < bytes.size()) return {};
  return {wanted.begin(), wanted.end()};
}

std::optional<BirthCall> from_clone3(std::uint64_t address, std::uint64_t size,
                                     decode::MemoryReader& memory) {
  clone_args args{};  // what a caller's shorter struct lacks is 0, as for the kernel
  const std::size_t needed = std::min<std::size_t>(size, sizeof args);
  if (needed < CLONE_ARGS_SIZE_VER0) return std::nullopt;
  if (memory.read(address, std::as_writable_bytes(std::span(&args, 1)).first(needed)) < needed)
    return std::nullopt;
  BirthCall birth = from_flags(args.flags, args.exit_signal);
  if ((args.flags & CLONE_PIDFD) != 0) birth.pidfd_address = args.pidfd;
  if ((args.flags & CLONE_INTO_CGROUP) != 0) birth.cgroup_fd = static_cast<int>(args.cgroup);
  birth.set_tid = read_set_tid(args, memory);
  return birth;
}

}  // namespace

bool BirthCall::thread() const { return (flags & CLONE_THREAD) != 0; }
bool BirthCall::parents_sibling() const { return (flags & CLONE_PARENT) != 0; }

std::optional<BirthCall> birth_call(const trace::SyscallEnter& call, bool compat,
                                    decode::MemoryReader& memory) {
  const Numbers& numbers = compat ? i386 : x86_64;
  constexpr std::int64_t x32_bit = 0x40000000;
  const auto nr = compat ? call.nr.raw() : call.nr.raw() & ~x32_bit;
  if (nr == numbers.fork) return from_flags(0, SIGCHLD);
  if (nr == numbers.vfork) return from_flags(CLONE_VFORK | CLONE_VM, SIGCHLD);
  if (nr == numbers.clone3) return from_clone3(call.args[0], call.args[1], memory);
  if (nr == numbers.clone) return from_clone(call.args[0], call.args[2]);
  return std::nullopt;
}

std::optional<BirthCall> read_birth_call(const trace::Stopped& parent, decode::MemoryReader& memory) {
  const auto registers = parent.call_registers();
  if (!registers) return std::nullopt;
  const auto nr = registers->nr.raw();  // in the 32-bit table these three make no child
  if (nr == x86_64.fork || nr == x86_64.vfork || nr == x86_64.clone)
    return birth_call(*registers, false, memory);
  const auto info = parent.syscall();  // for its arch: registers alone cannot tell an int 0x80 in 64-bit code
  return birth_call(*registers, info && info->arch == AUDIT_ARCH_I386, memory);
}

}  // namespace ptop::follow
