// siginfo_t: which members count depends on si_code first, then on the signal (kernel/signal.c,
// siginfo_layout).
#include "ptop/decode/siginfo.hpp"

#include <time.h>
#include <unistd.h>

#include <cerrno>

#include "argument.hpp"
#include "context.hpp"
#include "decoders.hpp"
#include "flag_tables.hpp"
#include "ptop/base/names.hpp"

namespace ptop::decode {
namespace {

const Table* codes_of(int signal) {
  switch (signal) {
    case SIGILL:
      return &ill_codes;
    case SIGFPE:
      return &fpe_codes;
    case SIGSEGV:
      return &segv_codes;
    case SIGBUS:
      return &bus_codes;
    case SIGTRAP:
      return &trap_codes;
    case SIGCHLD:
      return &cld_codes;
    case SIGPOLL:
      return &poll_codes;
    case SIGSYS:
      return &sys_codes;
    default:
      return nullptr;
  }
}

/// Codes of the user and of the kernel in general are no signal's own.
Decoded code(const siginfo_t& info) {
  const auto value = static_cast<std::uint64_t>(static_cast<std::int64_t>(info.si_code));
  const Decoded general = make_symbol(value, si_codes);
  if (!std::get<Symbol>(general.what).name.empty()) return general;
  const Table* const own = codes_of(info.si_signo);
  return own != nullptr ? make_symbol(value, *own) : general;
}

Decoded pointer(const void* p) { return make_address(reinterpret_cast<std::uintptr_t>(p)); }

void add_sender(RecordBuilder& record, const siginfo_t& info, Arena& arena, const Options& options) {
  record.add("si_pid", make_pid(info.si_pid, arena, options)).add("si_uid", make_unsigned(info.si_uid));
}

/// A value of zero is as good as none.
void add_value(RecordBuilder& record, const siginfo_t& info) {
  if (info.si_ptr == nullptr) return;
  record.add("si_int", make_signed(info.si_int)).add("si_ptr", pointer(info.si_ptr));
}

Decoded ticks(Arena& arena, clock_t time) {
  static const double per_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
  if (time == 0) return make_unsigned(0);
  return make_word(arena, static_cast<std::uint64_t>(time), "{} /* {:.2f} s */", time,
                   static_cast<double>(time) / per_second);
}

void add_child(RecordBuilder& record, const siginfo_t& info, Arena& arena, const Options& options) {
  add_sender(record, info, arena, options);
  record.add("si_status", info.si_code == CLD_EXITED
                              ? make_signed(info.si_status)
                              : make_signal(static_cast<std::uint64_t>(info.si_status)));
  record.add("si_utime", ticks(arena, info.si_utime)).add("si_stime", ticks(arena, info.si_stime));
}

void add_fault(RecordBuilder& record, const siginfo_t& info) {
  record.add("si_addr", pointer(info.si_addr));
  if (info.si_signo == SIGSEGV && info.si_code == SEGV_BNDERR)
    record.add("si_lower", pointer(info.si_lower)).add("si_upper", pointer(info.si_upper));
  if (info.si_signo == SIGSEGV && info.si_code == SEGV_PKUERR)
    record.add("si_pkey", make_unsigned(info.si_pkey));
  if (info.si_signo == SIGBUS && (info.si_code == BUS_MCEERR_AR || info.si_code == BUS_MCEERR_AO))
    record.add("si_addr_lsb", make_unsigned(static_cast<std::uint64_t>(info.si_addr_lsb), Base::hex));
}

void add_band(RecordBuilder& record, const siginfo_t& info, Arena& arena, const Options& options) {
  record.add("si_band", make_signed(info.si_band)).add("si_fd", make_fd(info.si_fd, arena, options));
}

/// SECCOMP_RET_TRAP, system call user dispatch.
void add_call(RecordBuilder& record, const siginfo_t& info, Arena& arena) {
  const Arch arch = info.si_arch == 0xc000003e ? Arch::x86_64 : Arch::i386;
  const SyscallRow* const row = find_syscall(arch, SyscallNo(info.si_syscall));
  record.add("si_call_addr", pointer(info.si_call_addr));
  record.add("si_syscall", row != nullptr ? make_word(arena, static_cast<std::uint64_t>(info.si_syscall),
                                                      "__NR_{}", row->name)
                                          : make_signed(info.si_syscall));
  record.add("si_arch", make_symbol(info.si_arch, audit_architectures));
}

/// What no layout of its own has: shown as far as it is there.
void add_what_is_there(RecordBuilder& record, const siginfo_t& info, Arena& arena, const Options& options) {
  if (info.si_pid != 0 || info.si_uid != 0) add_sender(record, info, arena, options);
  add_value(record, info);
}

void add_kernels(RecordBuilder& record, const siginfo_t& info, Arena& arena, const Options& options) {
  switch (info.si_signo) {
    case SIGCHLD:
      return add_child(record, info, arena, options);
    case SIGILL:
    case SIGFPE:
    case SIGSEGV:
    case SIGBUS:
    case SIGTRAP:
      return add_fault(record, info);
    case SIGSYS:
      return add_call(record, info, arena);
    case SIGPOLL:
      if (info.si_code <= POLL_HUP) return add_band(record, info, arena, options);
      break;
    default:
      break;
  }
  add_what_is_there(record, info, arena, options);
}

void add_members(RecordBuilder& record, const siginfo_t& info, Arena& arena, const Options& options) {
  if (info.si_code > 0) return add_kernels(record, info, arena, options);
  switch (info.si_code) {
    case SI_USER:
    case SI_TKILL:
      return add_sender(record, info, arena, options);
    case SI_SIGIO:
      return add_band(record, info, arena, options);
    case SI_TIMER:
      record.add("si_timerid", make_unsigned(static_cast<std::uint32_t>(info.si_timerid), Base::hex))
          .add("si_overrun", make_signed(info.si_overrun));
      return add_value(record, info);
    default:
      add_sender(record, info, arena, options);
      return add_value(record, info);
  }
}

// include/linux/compat.h, struct compat_siginfo: three numbers, then members of 32 bits.
struct Siginfo32 {
  std::int32_t number, error, code;
  std::array<std::uint32_t, 29> words;
};
static_assert(sizeof(Siginfo32) == sizeof(siginfo_t));

void* wide_pointer(std::uint32_t value) { return reinterpret_cast<void*>(std::uintptr_t{value}); }

void widen_kernels(siginfo_t& wide, const std::array<std::uint32_t, 29>& w) {
  switch (wide.si_signo) {
    case SIGCHLD:
      wide.si_status = static_cast<int>(w[2]);
      wide.si_utime = static_cast<std::int32_t>(w[3]);
      wide.si_stime = static_cast<std::int32_t>(w[4]);
      return;
    case SIGILL:
    case SIGFPE:
    case SIGSEGV:
    case SIGBUS:
    case SIGTRAP:
      wide.si_addr = wide_pointer(w[0]);
      wide.si_addr_lsb = static_cast<short>(w[1]);
      if (wide.si_code == SEGV_BNDERR) wide.si_lower = wide_pointer(w[2]), wide.si_upper = wide_pointer(w[3]);
      if (wide.si_code == SEGV_PKUERR) wide.si_pkey = w[2];
      return;
    case SIGSYS:
      wide.si_call_addr = wide_pointer(w[0]);
      wide.si_syscall = static_cast<int>(w[1]);
      wide.si_arch = w[2];
      return;
    case SIGPOLL:
      wide.si_band = static_cast<std::int32_t>(w[0]);
      wide.si_fd = static_cast<int>(w[1]);
      return;
    default:
      wide.si_ptr = wide_pointer(w[2]);
      return;
  }
}

siginfo_t widened(const Siginfo32& narrow) {
  siginfo_t wide{};
  wide.si_signo = narrow.number, wide.si_errno = narrow.error, wide.si_code = narrow.code;
  const auto& w = narrow.words;
  wide.si_pid = static_cast<pid_t>(w[0]), wide.si_uid = w[1];  // of a timer: its number and overruns
  if (narrow.code > 0) {
    widen_kernels(wide, w);
  } else if (narrow.code == SI_SIGIO) {
    wide.si_band = static_cast<std::int32_t>(w[0]), wide.si_fd = static_cast<int>(w[1]);
  } else {
    wide.si_ptr = wide_pointer(w[2]);
  }
  return wide;
}

std::optional<siginfo_t> siginfo_at(Context& context, std::uint64_t address) {
  if (context.word_size() == 8) return context.object<siginfo_t>(address);
  const auto narrow = context.object<Siginfo32>(address);
  return narrow ? std::optional(widened(*narrow)) : std::nullopt;
}

}  // namespace

Decoded decode_siginfo(const siginfo_t& info, Arena& arena, const Options& options) {
  RecordBuilder record(arena, 10);
  if (info.si_signo == 0) return record.done();
  record.add("si_signo", make_signal(static_cast<std::uint64_t>(info.si_signo)));
  record.add("si_code", code(info));
  if (info.si_errno != 0) {
    const std::string_view name = errno_name(info.si_errno);
    record.add("si_errno",
               name.empty() ? make_signed(info.si_errno) : Decoded{Symbol{info.si_errno, name, {}}});
  }
  add_members(record, info, arena, options);
  return record.done();
}

Decoded decode_siginfo_pointer(Context& context, const Argument&, std::uint64_t address) {
  const auto info = siginfo_at(context, address);
  return info ? decode_siginfo(*info, context.arena(), context.options()) : make_unread(address);
}

}  // namespace ptop::decode
