// Processes that make, watch and end others.
#include "calls.hpp"

#include <csignal>

#include <linux/ptrace.h>
#include <linux/sched.h>
#include <sys/wait.h>

namespace {

struct CloneArgs {
  std::uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid,
      set_tid_size, cgroup, more;
};

void clone3(const CloneArgs& args, std::size_t size) { call(435, in_low(args), size); }
std::uint64_t address(const void* p) { return reinterpret_cast<std::uintptr_t>(p); }

// Not followed, so that its own lines are not among ours; nor is its end told.
long child_that(void (*does)()) {
  call(SYS_rt_sigprocmask, SIG_BLOCK, in_low(1UL << (SIGCHLD - 1), 1000), nullptr, 8);
  const long child = call(SYS_clone, CLONE_UNTRACED | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) does(), ::_exit(0);
  return child;
}

void wait_of(int options) { call(SYS_wait4, -1, low, options, nullptr); }

template <class... A>
void ptrace_of(long request, A... arguments) {
  call(SYS_ptrace, request, arguments...);
}

#ifdef __i386__
using Registers = std::array<int, 17>;
constexpr Registers known_registers{1, 2, 3,  4,      5,    6,     7,      0x2b, 0x2b,
                                    0, 0, -1, 0x1000, 0x23, 0x202, 0x2000, 0x2b};
constexpr int original_ax = 44;
#else
using Registers = std::array<unsigned long, 27>;
constexpr Registers known_registers{15, 14, 13, 12, 5,    6,      11,   10,    9,      8,   0,
                                    1,  2,  3,  4,  ~0UL, 0x1000, 0x33, 0x202, 0x2000, 0x2b};
constexpr int original_ax = 120;
#endif
/// Of a tracee that the tracer of this program does not have, its registers known before they are asked for.
void traced_child() {
  sigset_t stops;
  ::sigemptyset(&stops), ::sigaddset(&stops, SIGCHLD), ::sigprocmask(SIG_BLOCK, &stops, nullptr);
  const auto child = static_cast<int>(::syscall(SYS_clone, CLONE_UNTRACED, 0, 0, 0, 0));
  if (child == 0) {
    ::syscall(SYS_ptrace, 0, 0, 0, 0), ::raise(SIGSTOP);
    ::_exit(0);
  }
  ::syscall(SYS_wait4, child, nullptr, __WALL, nullptr);
  Registers* const registers = in_low(known_registers);
  auto* const vector =
      in_low(std::array<void*, 2>{registers, reinterpret_cast<void*>(sizeof *registers)}, 1024);
  const auto room = [&](std::size_t size) { vector->at(1) = reinterpret_cast<void*>(size); };
  char* const floating = low + 4096;
  long* const word = reinterpret_cast<long*>(low + 2048);
  ptrace_of(13, child, 0, registers), ptrace_of(12, child, 0, registers), ptrace_of(13, child, 0, nowhere);
  ptrace_of(0x4204, child, 1, vector), room(sizeof *registers + 8), ptrace_of(0x4204, child, 1, vector);
  room(5 * sizeof(long)), ptrace_of(0x4205, child, 1, vector), room(20), ptrace_of(0x4204, child, 1, vector);
  ptrace_of(3, child, original_ax, word), ptrace_of(3, child, 8, nowhere), ptrace_of(1, child, nowhere, word);
  *word = 0x1234567, ptrace_of(2, child, word, word), ptrace_of(1, child, nullptr, word);
  vector->at(0) = floating, std::memset(floating, 0, 1024), floating[0] = 0x7f, floating[1] = 3;
#ifndef __i386__
  floating[24] = static_cast<char>(0x80), floating[25] = 0x1f;
#endif
  ptrace_of(15, child, 0, floating), ptrace_of(14, child, 0, floating), room(3 * sizeof(long));
  ptrace_of(0x4205, child, 2, vector), room(1024), ptrace_of(0x4204, child, 2, vector);
  ::syscall(SYS_tkill, child, SIGKILL), ::syscall(SYS_wait4, child, nullptr, __WALL, nullptr);
}

constexpr Case list[] = {
    {"clone3_none", [] { clone3({}, 0); }},
    {"clone3_short", [] { clone3({.flags = 1}, 63); }},
    {"clone3_bad", [] { clone3({.flags = 0x1, .exit_signal = SIGCHLD}, 64); }},
    {"clone3_unknown", [] { clone3({.flags = 0x8000000000000000, .exit_signal = 999}, 88); }},
    {"clone3_everything",
     [] {
       clone3({.flags = 0x3ffffff00,
               .pidfd = address(low + 512),
               .child_tid = address(low + 520),
               .parent_tid = 0x77,
               .exit_signal = SIGUSR1,
               .stack = 0x1000,
               .stack_size = 0x2000,
               .tls = 0x88,
               .set_tid = address(low + 600),
               .set_tid_size = 2,
               .cgroup = 5},
              88);
     }},
    {"clone3_set_tid",
     [] {
       in_low((int[2]){0, -5}, 600);
       clone3({.flags = 0, .exit_signal = SIGCHLD, .set_tid = address(low + 600), .set_tid_size = 2}, 80);
     }},
    {"clone3_set_tid_unreadable",
     [] { clone3({.exit_signal = SIGCHLD, .set_tid = address(nowhere), .set_tid_size = 3}, 80); }},
    {"clone3_set_tid_too_many",
     [] { clone3({.exit_signal = SIGCHLD, .set_tid = address(low), .set_tid_size = 99}, 80); }},
    {"clone3_into_cgroup", [] { clone3({.flags = 0x200000000, .exit_signal = SIGCHLD, .cgroup = 77}, 88); }},
    {"clone3_longer", [] { clone3({.flags = 1, .exit_signal = SIGCHLD, .more = 0x1234}, 96); }},
    {"clone3_longer_zero", [] { clone3({.flags = 1, .exit_signal = SIGCHLD}, 96); }},
    {"clone3_unreadable", [] { call(435, nowhere, 88); }},
    {"clone3_half", [] { call(435, low + low_size - 32, 88); }},
    {"clone3_huge", [] { call(435, low, 5000); }},
    {"clone3_pidfd",
     [] {
       // The parent alone goes on: CLONE_UNTRACED.
       CloneArgs args{.flags = CLONE_PIDFD | CLONE_UNTRACED, .pidfd = address(low + 512), .exit_signal = 0};
       if (call(435, in_low(args), 64) == 0) ::_exit(0);
     }},
    {"clone_bad", [] { call(SYS_clone, 0x10000, 0, 0, 0, 0), call(SYS_clone, 0x800 | 99, 0x1234, 0, 0, 0); }},
    {"clone_bad_tids", [] { call(SYS_clone, 0x01390000, 0x1234, low, low + 8, 0x77); }},
    {"unshare",
     [] { call(SYS_unshare, 0x10000000), call(SYS_unshare, 0), call(SYS_unshare, 0x7e020780 | 0x1000); }},
    {"setns", [] { call(SYS_setns, -1, 0), call(SYS_setns, 0, 0x7e020080), call(SYS_setns, -1, 5); }},
    {"pidfd_open", [] { call(434, ::getpid(), 0), call(434, -1, 0x880), call(434, 0x7ffffff0, 5); }},
    {"pidfd_getfd", [] { call(438, call(434, ::getpid(), 0), 0, 0), call(438, -1, 5, 7); }},
    {"execve",
     [] {
       const char* const argv[] = {"a", "b", nullptr};
       const char* const envp[] = {"A=1", "B=\n", nullptr};
       call(SYS_execve, "/missing", argv, envp), call(SYS_execve, "", nullptr, argv);
     }},
    {"execve_broken",
     [] {
       in_low((const char* [2]){"a", "b"}, low_size - 16);
       call(SYS_execve, "/missing", low + low_size - 16, low + low_size - 8);
       in_low((const char* [3]){"a", reinterpret_cast<const char*>(nowhere), nullptr});
       call(SYS_execve, "/missing", low, low);
     }},
    {"execveat",
     [] {
       const char* const argv[] = {"a", nullptr};
       call(SYS_execveat, AT_FDCWD, "missing", argv, argv, 0x1100),
           call(SYS_execveat, 77, nowhere, nullptr, nullptr, 0x1);
     }},
    {"wait4_exit", [] { child_that([] { ::_exit(77); }), wait_of(0); }},
    {"wait4_signal", [] { child_that([] { ::raise(SIGKILL); }), wait_of(__WALL); }},
    {"wait4_stopped",
     [] {
       // It goes on until it is told to end: a child that has ended is no longer one that goes on.
       const long child = child_that([] { ::raise(SIGSTOP), ::pause(); });
       wait_of(WUNTRACED), ::kill(static_cast<int>(child), SIGCONT), wait_of(WCONTINUED);
       ::kill(static_cast<int>(child), SIGKILL), wait_of(0);
     }},
    {"wait4_nothing",
     [] {
       const long child = child_that([] { ::pause(); });
       wait_of(WNOHANG), ::kill(static_cast<int>(child), 9), wait_of(0);
     }},
    {"wait4_unknown",
     [] {
       call(SYS_wait4, 0x7ffffff0, low, 0x10, low + 64), call(SYS_wait4, -77, nowhere, 0xe100000f, nowhere);
     }},
    {"waitid_stopped",
     [] {
       const long child = child_that([] { ::raise(SIGSTOP); });
       call(SYS_waitid, 1, child, low, WSTOPPED, nullptr), ::kill(static_cast<int>(child), SIGKILL);
       call(SYS_waitid, 1, child, low, WEXITED | WSTOPPED, nullptr);
     }},
    {"waitid_nothing",
     [] {
       const long child = child_that([] { ::pause(); });
       call(SYS_waitid, 0, 0, low, WEXITED | WNOHANG, nullptr), ::kill(static_cast<int>(child), 9);
       call(SYS_waitid, 0, 0, low, WEXITED, nullptr);
     }},
    {"waitid_pidfd",
     [] {
       call(SYS_waitid, 3, -1, nowhere, WEXITED, nowhere), call(SYS_waitid, 9, 5, low, 0, low),
           call(SYS_waitid, 2, 0, low, WEXITED, nullptr);
     }},
    {"ptrace_run",
     [] {
       for (const long request : {1, 2, 3, 7, 8, 9, 12, 14, 16, 17, 18, 24, 31, 32, 33})
         ptrace_of(request, 0x7ffffff0, 0x10, low);
     }},
    {"ptrace_set",
     [] {
       for (const long request : {4, 5, 6, 13, 15, 19, 30}) ptrace_of(request, 0x7ffffff0, 0x1003, 5);
     }},
    {"ptrace_user",
     [] {
       ptrace_of(3, 0x7ffffff0, 120, low), ptrace_of(6, 0x7ffffff0, 16 * 8 + 3, 7),
           ptrace_of(3, 0x7ffffff0, 848, low), ptrace_of(3, 0x7ffffff0, 5000, low);
     }},
    {"ptrace_signals",
     [] {
       ptrace_of(7, 0x7ffffff0, 0, SIGUSR1), ptrace_of(17, 0x7ffffff0, 1, 99),
           ptrace_of(24, 0x7ffffff0, 0, 0);
     }},
    {"ptrace_options",
     [] {
       ptrace_of(0x4200, 0x7ffffff0, 0, 0x3000ff), ptrace_of(21, 0x7ffffff0, 0, 0x1000),
           ptrace_of(0x4206, 0x7ffffff0, 0, 0x41), ptrace_of(0x4206, 0x7ffffff0, 5, 0);
     }},
    {"ptrace_events",
     [] {
       for (const long request : {0x4201, 0x4202, 0x4203, 0x4207, 0x4208, 0x4209, 0x420a, 0x420b, 0x420c,
                                  0x420d, 0x420e, 0x420f, 0x4210, 0x4211})
         ptrace_of(request, 0x7ffffff0, 8, low);
     }},
    {"ptrace_siginfo",
     [] {
       siginfo_t info{};
       info.si_signo = SIGUSR1, info.si_code = SI_QUEUE, info.si_pid = 7;
       ptrace_of(0x4203, 0x7ffffff0, 0, in_low(info)), ptrace_of(0x4203, 0x7ffffff0, 0, nowhere);
     }},
    {"ptrace_peeksiginfo",
     [] {
       struct {
         std::uint64_t off;
         std::uint32_t flags;
         std::int32_t nr;
       } args{5, 1, 3};
       ptrace_of(0x4209, 0x7ffffff0, in_low(args), low + 64),
           ptrace_of(0x4209, 0x7ffffff0, nowhere, low + 64);
     }},
    {"ptrace_sigmask",
     [] {
       ptrace_of(0x420b, 0x7ffffff0, 8, in_low(0x4001UL)), ptrace_of(0x420b, 0x7ffffff0, 4, low),
           ptrace_of(0x420b, 0x7ffffff0, 8, nowhere);
     }},
    {"ptrace_regset",
     [] {
       in_low((void* [2]){low, reinterpret_cast<void*>(4)}, 64);
       ptrace_of(0x4204, 0x7ffffff0, 1, low + 64), ptrace_of(0x4205, 0x7ffffff0, 2, low + 64),
           ptrace_of(0x4204, 0x7ffffff0, 0x202, nowhere), ptrace_of(0x4205, 0x7ffffff0, 0x999, nowhere);
     }},
    {"ptrace_registers", traced_child},
    {"ptrace_traceme", [] { ptrace_of(0, 1, 2, 3); }},
    {"ptrace_unknown", [] { ptrace_of(0x1234, 1, 2, 3), ptrace_of(-1, -1, -1, -1); }},
    {"exit", [] { call(SYS_exit, 5); }},
    {"exit_group", [] { call(SYS_exit_group, -5); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
