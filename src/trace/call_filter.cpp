// Classic BPF for seccomp(2): one comparison or two for each run of numbers.
#include "ptop/trace/call_filter.hpp"

#include <cerrno>
#include <cstddef>

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "registers.hpp"

namespace ptop::trace {
namespace {

constexpr sock_filter load(std::size_t offset) {
  return {BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<std::uint32_t>(offset)};
}

/// Jumps are counted from the instruction behind.
constexpr sock_filter jump(int comparison, std::uint32_t with, std::uint8_t over_if_so,
                           std::uint8_t over_if_not) {
  return {static_cast<std::uint16_t>(BPF_JMP | comparison | BPF_K), over_if_so, over_if_not, with};
}

constexpr sock_filter answer(std::uint32_t action) { return {BPF_RET | BPF_K, 0, 0, action}; }

constexpr sock_filter stop_here = answer(SECCOMP_RET_TRACE), pass = answer(SECCOMP_RET_ALLOW);

}  // namespace

// The order is ascending, so the first run that does not end before the number decides. The kernel keeps the
// numbers that always pass in a bitmap and runs no filter for them (Linux 5.11, seccomp_cache_prepare).
std::vector<sock_filter> call_filter(std::span<const CallRange> stops) {
  std::vector<sock_filter> program{
      load(offsetof(seccomp_data, arch)), jump(BPF_JEQ, native_audit_arch, 1, 0),  stop_here,
      load(offsetof(seccomp_data, nr)),   jump(BPF_JGE, first_foreign_call, 0, 1), stop_here,
  };
  for (const CallRange& range : stops) {
    program.push_back(jump(BPF_JGT, range.last, 3, 0));
    program.push_back(jump(BPF_JGE, range.first, 0, 1));
    program.push_back(stop_here);
    program.push_back(pass);
  }
  program.push_back(pass);
  if (program.size() > BPF_MAXINSNS) program.clear();
  return program;
}

Result<void> can_filter_calls() {
  std::uint32_t action = SECCOMP_RET_TRACE;
  if (::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0) return {};
  Error error = os_error("seccomp");
  if (error.sys == ENOSYS || error.sys == EINVAL || error.sys == EOPNOTSUPP) error.code = Errc::unsupported;
  return fail(std::move(error));
}

bool install_call_filter(std::span<const sock_filter> filter) {
  const sock_fprog program{static_cast<unsigned short>(filter.size()),
                           const_cast<sock_filter*>(filter.data())};  // the kernel only reads it
  const auto install = [&] { return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0; };
  if (install()) return true;
  // A filter could make a set-user-ID program misbehave: only who could do worse anyway may have both.
  return errno == EACCES && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && install();
}

}  // namespace ptop::trace
