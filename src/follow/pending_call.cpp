// AUDIT_ARCH_* to the calling conventions decode knows.
#include "pending_call.hpp"

#include <linux/audit.h>

namespace ptop::follow {

std::optional<decode::Arch> call_arch(trace::AuditArch arch, SyscallNo nr) {
  constexpr std::int64_t x32_bit = 0x40000000;  // __X32_SYSCALL_BIT
  switch (arch) {
    case AUDIT_ARCH_X86_64:
      return (nr.raw() & x32_bit) != 0 ? decode::Arch::x32 : decode::Arch::x86_64;
    case AUDIT_ARCH_I386:
      return decode::Arch::i386;
    case AUDIT_ARCH_AARCH64:
      return decode::Arch::aarch64;
    default:
      return std::nullopt;
  }
}

}  // namespace ptop::follow
