// x86-64: system-call registers of 64-bit and 32-bit tasks.
#include <cstdint>

#include <asm/unistd.h>
#include <elf.h>
#include <linux/audit.h>
#include <sys/uio.h>
#include <sys/user.h>

#include "ptop/trace/brief_stop.hpp"
#include "registers.hpp"
#include "request.hpp"

namespace ptop::trace {

const AuditArch native_audit_arch = AUDIT_ARCH_X86_64;
const std::uint32_t first_foreign_call = __X32_SYSCALL_BIT;

namespace {

// struct user_regs_struct32 of arch/x86/include/asm/user32.h: what the kernel copies for a 32-bit tracee.
struct Registers32 {
  std::uint32_t ebx, ecx, edx, esi, edi, ebp, eax, ds, es, fs, gs, orig_eax, eip, cs, eflags, esp, ss;
};

union Registers {
  user_regs_struct wide;
  Registers32 narrow;
};

}  // namespace

void pause_processor() { __builtin_ia32_pause(); }

Result<SyscallEnter> read_call_registers(Tid tid) {
  Registers regs{};
  iovec where{&regs, sizeof regs};
  if (auto r = ptrace_request(PTRACE_GETREGSET, "PTRACE_GETREGSET", tid, as_pointer(NT_PRSTATUS), &where); !r)
    return fail(r.error());
  if (where.iov_len == sizeof(Registers32)) {  // the kernel says which by the size it filled in
    const auto& r = regs.narrow;
    return SyscallEnter{SyscallNo(static_cast<std::int32_t>(r.orig_eax)),
                        {r.ebx, r.ecx, r.edx, r.esi, r.edi, r.ebp}};
  }
  const auto& r = regs.wide;
  return SyscallEnter{SyscallNo(static_cast<std::int64_t>(r.orig_rax)),
                      {r.rdi, r.rsi, r.rdx, r.r10, r.r8, r.r9}};
}

bool has_native_registers(Tid tid) {
  Registers regs{};
  iovec where{&regs, sizeof regs};
  return ptrace_request(PTRACE_GETREGSET, "PTRACE_GETREGSET", tid, as_pointer(NT_PRSTATUS), &where) &&
         where.iov_len == sizeof(user_regs_struct);
}

}  // namespace ptop::trace
