// The x32 table: 64-bit registers, pointers of 32 bits, the numbers of x86-64 with a bit more. Calls that
// take structures with pointers have numbers of their own from 512 on; those of x86-64 are none then, and
// fail.
#include "x32.hpp"

#include <algorithm>
#include <vector>

#include "argument.hpp"
#include "x86_64.hpp"

namespace ptop::decode {
namespace {

struct OwnNumber {
  std::int64_t nr;
  std::string_view name;
};
// arch/x86/entry/syscalls/syscall_64.tbl, ABI x32.
constexpr OwnNumber own_numbers[] = {
    {512, "rt_sigaction"},
    {513, "rt_sigreturn"},
    {514, "ioctl"},
    {515, "readv"},
    {516, "writev"},
    {517, "recvfrom"},
    {518, "sendmsg"},
    {519, "recvmsg"},
    {520, "execve"},
    {521, "ptrace"},
    {522, "rt_sigpending"},
    {523, "rt_sigtimedwait"},
    {524, "rt_sigqueueinfo"},
    {525, "sigaltstack"},
    {526, "timer_create"},
    {527, "mq_notify"},
    {528, "kexec_load"},
    {529, "waitid"},
    {530, "set_robust_list"},
    {531, "get_robust_list"},
    {532, "vmsplice"},
    {533, "move_pages"},
    {534, "preadv"},
    {535, "pwritev"},
    {536, "rt_tgsigqueueinfo"},
    {537, "recvmmsg"},
    {538, "sendmmsg"},
    {539, "process_vm_readv"},
    {540, "process_vm_writev"},
    {541, "setsockopt"},
    {542, "getsockopt"},
    {543, "io_setup"},
    {544, "io_submit"},
    {545, "execveat"},
    {546, "preadv2"},
    {547, "pwritev2"},
};

// Numbers of x86-64 alone (ABI 64). Their names say so, as in strace; nobody looks at their arguments.
constexpr OwnNumber foreign_numbers[] = {
    {13, "rt_sigaction#64"},
    {15, "rt_sigreturn#64"},
    {16, "ioctl#64"},
    {19, "readv#64"},
    {20, "writev#64"},
    {45, "recvfrom#64"},
    {46, "sendmsg#64"},
    {47, "recvmsg#64"},
    {54, "setsockopt#64"},
    {55, "getsockopt#64"},
    {59, "execve#64"},
    {101, "ptrace#64"},
    {127, "rt_sigpending#64"},
    {128, "rt_sigtimedwait#64"},
    {129, "rt_sigqueueinfo#64"},
    {131, "sigaltstack#64"},
    {134, "uselib#64"},
    {156, "_sysctl#64"},
    {174, "create_module#64"},
    {177, "get_kernel_syms#64"},
    {178, "query_module#64"},
    {180, "nfsservctl#64"},
    {205, "set_thread_area#64"},
    {206, "io_setup#64"},
    {209, "io_submit#64"},
    {211, "get_thread_area#64"},
    {214, "epoll_ctl_old#64"},
    {215, "epoll_wait_old#64"},
    {222, "timer_create#64"},
    {236, "vserver#64"},
    {244, "mq_notify#64"},
    {246, "kexec_load#64"},
    {247, "waitid#64"},
    {273, "set_robust_list#64"},
    {274, "get_robust_list#64"},
    {278, "vmsplice#64"},
    {279, "move_pages#64"},
    {295, "preadv#64"},
    {296, "pwritev#64"},
    {297, "rt_tgsigqueueinfo#64"},
    {299, "recvmmsg#64"},
    {307, "sendmmsg#64"},
    {310, "process_vm_readv#64"},
    {311, "process_vm_writev#64"},
    {322, "execveat#64"},
    {327, "preadv2#64"},
    {328, "pwritev2#64"},
};

constexpr std::array<Argument, 6> bare_arguments{hex("arg1"), hex("arg2"), hex("arg3"),
                                                 hex("arg4"), hex("arg5"), hex("arg6")};

SyscallRow as_foreign(const SyscallRow& row, std::string_view name) {
  return {row.nr, name, row.groups, ReturnKind::number,
          std::span(bare_arguments).first(row.arguments.size())};
}

std::vector<SyscallRow> made_of_x86_64() {
  std::vector<SyscallRow> rows;
  for (const SyscallRow& row : x86_64_syscalls()) {
    const auto* const foreign = std::ranges::find(foreign_numbers, row.nr.raw(), &OwnNumber::nr);
    rows.push_back(foreign == std::end(foreign_numbers) ? row : as_foreign(row, foreign->name));
  }
  for (const OwnNumber& own : own_numbers) {
    SyscallRow row = *std::ranges::find(x86_64_syscalls(), own.name, &SyscallRow::name);
    row.nr = SyscallNo(own.nr);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

std::span<const SyscallRow> x32_syscalls() {
  static const std::vector<SyscallRow> rows = made_of_x86_64();
  return rows;
}

}  // namespace ptop::decode
