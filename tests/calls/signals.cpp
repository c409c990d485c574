// Signals: dispositions, masks, queues.
#include "calls.hpp"

#include <csignal>
#include <ctime>

namespace {

struct KernelAction {
  unsigned long handler, flags, restorer, mask;
};

KernelAction action(unsigned long handler, unsigned long flags, unsigned long mask) {
  return {handler, flags, 0x12345678, mask};
}
unsigned long bit(int signal) { return 1ULL << (signal - 1); }

void nothing(int) {}

// Caught, and returned from with rt_sigreturn(2).
void catch_one(int signal) {
  ::signal(signal, nothing);
  ::raise(signal);
}

siginfo_t info_of(int signal, int code) {
  siginfo_t info{};
  info.si_signo = signal, info.si_code = code;
  return info;
}

void queue(const siginfo_t& info) {
  ::signal(SIGUSR1, SIG_IGN);
  call(SYS_rt_sigqueueinfo, ::getpid(), SIGUSR1, in_low(info));
}

constexpr Case list[] = {
    {"rt_sigaction_default", [] { call(SYS_rt_sigaction, SIGINT, in_low(action(0, 0, 0)), nullptr, 8); }},
    {"rt_sigaction_ignore", [] { call(SYS_rt_sigaction, SIGINT, in_low(action(1, 4, ~0UL)), low + 64, 8); }},
    {"rt_sigaction_handler",
     [] {
       call(SYS_rt_sigaction, SIGINT, in_low(action(0x4000, 0x14000000, bit(SIGHUP) | bit(SIGRTMIN))),
            low + 64, 8);
       call(SYS_rt_sigaction, SIGINT, nullptr, low + 64, 8);
     }},
    {"rt_sigaction_error_handler",
     [] { call(SYS_rt_sigaction, SIGINT, in_low(action(~0UL, 0, 0)), nullptr, 8); }},
    {"rt_sigaction_unknown_flags",
     [] { call(SYS_rt_sigaction, SIGINT, in_low(action(0x4000, 0x1234567800008, 0)), nullptr, 8); }},
    {"rt_sigaction_all_flags",
     [] { call(SYS_rt_sigaction, SIGINT, in_low(action(0x4000, 0xfc000c07, 0)), nullptr, 8); }},
    {"rt_sigaction_of_kill", [] { call(SYS_rt_sigaction, SIGKILL, in_low(action(0, 0, 0)), low + 64, 8); }},
    {"rt_sigaction_realtime", [] { call(SYS_rt_sigaction, 40, nullptr, low, 8); }},
    {"rt_sigaction_bad_signal", [] { call(SYS_rt_sigaction, 65, low, low, 8); }},
    {"rt_sigaction_zero", [] { call(SYS_rt_sigaction, 0, nullptr, nullptr, 8); }},
    {"rt_sigaction_bad_size", [] { call(SYS_rt_sigaction, SIGINT, low, low, 16); }},
    {"rt_sigaction_small_size", [] { call(SYS_rt_sigaction, SIGINT, low, low, 4); }},
    {"rt_sigaction_unreadable", [] { call(SYS_rt_sigaction, SIGINT, nowhere, nowhere, 8); }},
    {"rt_sigaction_half", [] { call(SYS_rt_sigaction, SIGINT, low + low_size - 8, nullptr, 8); }},
    {"rt_sigprocmask_set",
     [] { call(SYS_rt_sigprocmask, SIG_SETMASK, in_low(bit(9) | bit(34)), nullptr, 8); }},
    {"rt_sigprocmask_unblock_most", [] { call(SYS_rt_sigprocmask, SIG_UNBLOCK, in_low(~0x4003UL), low, 8); }},
    {"rt_sigprocmask_empty", [] { call(SYS_rt_sigprocmask, SIG_BLOCK, in_low(0UL), nullptr, 8); }},
    {"rt_sigprocmask_query", [] { call(SYS_rt_sigprocmask, 7, nullptr, low, 8); }},
    {"rt_sigprocmask_unreadable", [] { call(SYS_rt_sigprocmask, 0, nowhere, nowhere, 8); }},
    {"rt_sigprocmask_two_thirds", [] { call(SYS_rt_sigprocmask, 0, in_low((1ULL << 42) - 1), nullptr, 8); }},
    {"rt_sigprocmask_under_two_thirds",
     [] { call(SYS_rt_sigprocmask, 0, in_low((1ULL << 41) - 1), nullptr, 8); }},
    {"rt_sigpending_some",
     [] {
       call(SYS_rt_sigprocmask, SIG_BLOCK, in_low(bit(SIGUSR1) | bit(37)), nullptr, 8);
       ::raise(SIGUSR1), ::raise(37);
       call(SYS_rt_sigpending, low, 8);
     }},
    {"rt_sigpending_short", [] { call(SYS_rt_sigpending, low, 4); }},
    {"rt_sigpending_long", [] { call(SYS_rt_sigpending, low, 9); }},
    {"rt_sigpending_unwritable", [] { call(SYS_rt_sigpending, nowhere, 8); }},
    {"rt_sigreturn", [] { catch_one(SIGUSR2); }},
    {"rt_sigreturn_mask",
     [] {
       call(SYS_rt_sigprocmask, SIG_SETMASK, in_low(bit(SIGHUP) | bit(SIGRTMIN) | bit(SIGRTMAX)), nullptr, 8);
       catch_one(SIGUSR2);
     }},
    {"rt_sigsuspend_bad", [] { call(SYS_rt_sigsuspend, nowhere, 8); }},
    {"rt_sigsuspend_bad_size", [] { call(SYS_rt_sigsuspend, low, 3); }},
    {"rt_sigsuspend",
     [] {
       ::signal(SIGUSR1, nothing);
       call(SYS_rt_sigprocmask, SIG_BLOCK, in_low(bit(SIGUSR1)), nullptr, 8);
       ::raise(SIGUSR1);
       call(SYS_rt_sigsuspend, in_low(0UL), 8);
     }},
    {"rt_sigtimedwait_null",
     [] {
       call(SYS_rt_sigtimedwait, nullptr, nullptr, in_low(timespec{0, 0}), 8);
     }},
    {"rt_sigtimedwait_invalid",
     [] {
       call(SYS_rt_sigtimedwait, in_low(bit(9)), low + 64, in_low(timespec{-1, -1}, 512), 8);
     }},
    {"rt_sigtimedwait_unreadable", [] { call(SYS_rt_sigtimedwait, nowhere, nowhere, nowhere, 8); }},
    {"rt_sigtimedwait_info_null",
     [] {
       call(SYS_rt_sigprocmask, SIG_BLOCK, in_low(bit(40)), nullptr, 8);
       ::raise(40);
       call(SYS_rt_sigtimedwait, low, nullptr, nullptr, 8);
     }},
    {"sigaltstack_set",
     [] {
       call(SYS_sigaltstack, in_low(stack_t{low + 64, 0, 4000}), in_low(stack_t{}, 32));
     }},
    {"sigaltstack_disable",
     [] {
       call(SYS_sigaltstack, in_low(stack_t{nullptr, SS_DISABLE, 0}), nullptr);
     }},
    {"sigaltstack_flags",
     [] {
       call(SYS_sigaltstack, in_low(stack_t{low, static_cast<int>(0x80000001), 1}), low + 64);
     }},
    {"sigaltstack_unknown",
     [] {
       call(SYS_sigaltstack, in_low(stack_t{low, 0x70, 9999}), low + 64);
     }},
    {"sigaltstack_unreadable", [] { call(SYS_sigaltstack, nowhere, nowhere); }},
    {"signalfd_new", [] { call(SYS_signalfd, -1, in_low(bit(SIGINT) | bit(SIGCHLD)), 8); }},
    {"signalfd4_flags", [] { call(SYS_signalfd4, -1, in_low(bit(SIGINT)), 8, 02004000); }},
    {"signalfd4_unknown", [] { call(SYS_signalfd4, 77, in_low(~0UL), 8, 0x9); }},
    {"signalfd4_bad_size", [] { call(SYS_signalfd4, -1, low, 7, 0); }},
    {"signalfd4_unreadable", [] { call(SYS_signalfd4, -1, nowhere, 8, 0); }},
    {"signalfd_shown",
     [] { call(SYS_read, call(SYS_signalfd4, -1, in_low(bit(SIGINT)), 8, 04000), low, 128); }},
    {"tgkill", [] { call(SYS_tgkill, ::getpid(), ::gettid(), 0); }},
    {"tgkill_bad", [] { call(SYS_tgkill, -1, 0, SIGRTMIN + 1); }},
    {"tkill_bad", [] { call(SYS_tkill, -5, SIGKILL); }},
    {"kill_group", [] { call(SYS_kill, -0x7ffffff0, SIGSTOP); }},
    {"kill_negative_signal", [] { call(SYS_kill, 0, -1); }},
    {"pidfd_send_signal",
     [] { call(SYS_pidfd_send_signal, call(SYS_pidfd_open, ::getpid(), 0), 0, nullptr, 0); }},
    {"pidfd_send_signal_info",
     [] { call(SYS_pidfd_send_signal, -1, SIGUSR1, in_low(info_of(SIGUSR1, SI_QUEUE)), 0xff); }},
    {"queue_user", [] { queue(info_of(SIGUSR1, SI_USER)); }},
    {"queue_tkill", [] { queue(info_of(SIGUSR1, SI_TKILL)); }},
    {"queue_timer",
     [] {
       siginfo_t info = info_of(SIGUSR1, SI_TIMER);
       info.si_timerid = 5, info.si_overrun = 6, info.si_ptr = low;
       queue(info);
     }},
    {"queue_mesgq",
     [] {
       siginfo_t info = info_of(SIGUSR1, SI_MESGQ);
       info.si_pid = 77, info.si_uid = 5, info.si_int = -3;
       queue(info);
     }},
    {"queue_asyncio",
     [] {
       siginfo_t info = info_of(SIGUSR1, SI_ASYNCIO);
       info.si_pid = 77, info.si_ptr = low;
       queue(info);
     }},
    {"queue_sigio", [] { queue(info_of(SIGUSR1, SI_SIGIO)); }},
    {"queue_asyncnl", [] { queue(info_of(SIGUSR1, -60)); }},
    {"queue_dethread", [] { queue(info_of(SIGUSR1, -7)); }},
    {"queue_other_code",
     [] {
       siginfo_t info = info_of(SIGSEGV, -1000);
       info.si_errno = 9999;
       queue(info);
     }},
    {"queue_kernel_code", [] { queue(info_of(SIGSEGV, SEGV_MAPERR)); }},
    {"queue_child",
     [] {
       siginfo_t info = info_of(SIGCHLD, CLD_KILLED);
       info.si_pid = 5, info.si_status = SIGTERM, info.si_utime = 100, info.si_stime = 3;
       queue(info);
     }},
    {"queue_child_stopped",
     [] {
       siginfo_t info = info_of(SIGCHLD, CLD_STOPPED);
       info.si_status = 0x85;
       queue(info);
     }},
    {"queue_child_unknown",
     [] {
       siginfo_t info = info_of(SIGCHLD, 77);
       info.si_status = 3;
       queue(info);
     }},
    {"queue_bounds",
     [] {
       siginfo_t info = info_of(SIGSEGV, SEGV_BNDERR);
       info.si_addr = low, info.si_lower = low + 1, info.si_upper = low + 2;
       queue(info);
     }},
    {"queue_pkey",
     [] {
       siginfo_t info = info_of(SIGSEGV, SEGV_PKUERR);
       info.si_pkey = 5;
       queue(info);
     }},
    {"queue_memory_error",
     [] {
       siginfo_t info = info_of(SIGBUS, BUS_MCEERR_AO);
       info.si_addr_lsb = 12;
       queue(info);
     }},
    {"queue_band",
     [] {
       siginfo_t info = info_of(SIGIO, POLL_IN);
       info.si_band = 65, info.si_fd = 5;
       queue(info);
     }},
    {"queue_poll_unknown", [] { queue(info_of(SIGIO, 9)); }},
    {"queue_sys",
     [] {
       siginfo_t info = info_of(SIGSYS, 1);
       info.si_syscall = 2, info.si_arch = 0xc000003e, info.si_call_addr = low;
       queue(info);
     }},
    {"queue_sys_unknown",
     [] {
       siginfo_t info = info_of(SIGSYS, 3);
       info.si_syscall = 9999, info.si_arch = 0x12345;
       queue(info);
     }},
    {"queue_trap", [] { queue(info_of(SIGTRAP, TRAP_HWBKPT)); }},
    {"queue_trap_perf", [] { queue(info_of(SIGTRAP, 6)); }},
    {"queue_fpe", [] { queue(info_of(SIGFPE, FPE_FLTSUB)); }},
    {"queue_ill_unknown", [] { queue(info_of(SIGILL, 99)); }},
    {"queue_no_signal", [] { queue(info_of(0, 0)); }},
    {"queue_bad_signal", [] { queue(info_of(99, SI_QUEUE)); }},
    {"queue_kernel", [] { queue(info_of(SIGUSR1, SI_KERNEL)); }},
    {"fault",
     [] {
       ::signal(SIGSEGV, SIG_DFL);
       ::signal(SIGUSR1, nothing);
       ::raise(SIGUSR1);
     }},
    {"pause_interrupted",
     [] {
       struct sigaction act {};
       act.sa_handler = nothing, act.sa_flags = SA_RESTART;
       ::sigaction(SIGALRM, &act, nullptr);
       ::ualarm(300'000, 0);  // before the pause it would be waited for in vain
       call(SYS_pause);
     }},
    {"nanosleep_restarted",
     [] {
       struct sigaction act {};
       act.sa_handler = nothing, act.sa_flags = SA_RESTART;
       ::sigaction(SIGALRM, &act, nullptr);
       call(SYS_ppoll, nullptr, 0, in_low(timespec{0, 1}), nullptr, 0);
     }},
    {"read_restarted",
     [] {
       struct sigaction act {};
       act.sa_handler = nothing, act.sa_flags = SA_RESTART | SA_RESETHAND;
       ::sigaction(SIGALRM, &act, nullptr);
       int ends[2];
       ::pipe(ends);
       ::ualarm(2000, 0);
       act.sa_flags = 0;
       call(SYS_poll, nullptr, 0, 50);
     }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
