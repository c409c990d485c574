// fork, vfork, clone and clone3 of both calling conventions.
#include "birth.hpp"

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

std::optional<BirthCall> from_clone3(std::uint64_t address, decode::MemoryReader& memory) {
  clone_args
      args{};  // a caller's shorter struct is followed by whatever it has there; both fields are in version 0
  constexpr std::size_t needed = CLONE_ARGS_SIZE_VER0;
  if (memory.read(address, std::as_writable_bytes(std::span(&args, 1)).first(needed)) < needed)
    return std::nullopt;
  return from_flags(args.flags, args.exit_signal);
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
  if (nr == numbers.clone3) return from_clone3(call.args[0], memory);
  if (nr == numbers.clone)
    return from_flags(call.args[0] & ~exit_signal_mask & 0xffffffff, call.args[0] & exit_signal_mask);
  return std::nullopt;
}

std::optional<BirthCall> read_birth_call(const trace::Stopped& parent, decode::MemoryReader& memory) {
  const auto registers = parent.call_registers();
  if (!registers) return std::nullopt;
  const auto info = parent.syscall();  // for its arch: registers alone cannot tell an int 0x80 in 64-bit code
  return birth_call(*registers, info && info->arch == AUDIT_ARCH_I386, memory);
}

}  // namespace ptop::follow
