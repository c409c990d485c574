// Processes, signals, memory, time, sockets: what needs no other process.
#include "calls.hpp"

#include <csignal>
#include <ctime>

#include <linux/sched.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

namespace {

constexpr Case list[] = {
    {"getpid", [] { call(SYS_getpid); }},
    {"gettid", [] { call(SYS_gettid); }},
    {"getuid", [] { call(SYS_getuid); }},
    {"kill_nobody", [] { call(SYS_kill, 0x7ffffff0, SIGUSR1); }},
    {"kill_zero", [] { call(SYS_kill, 1, 0); }},
    {"kill_unknown", [] { call(SYS_kill, 1, 999); }},
    {"signal",
     [] { call(SYS_rt_sigaction, SIGUSR1, nullptr, low, 8), ::signal(SIGUSR1, SIG_IGN), ::raise(SIGUSR1); }},
    {"rt_sigprocmask", [] { call(SYS_rt_sigprocmask, SIG_BLOCK, in_low(0x4003UL), low + 16, 8); }},
    {"rt_sigprocmask_bad_size", [] { call(SYS_rt_sigprocmask, SIG_BLOCK, low, low, 4); }},
    {"rt_sigprocmask_unknown", [] { call(SYS_rt_sigprocmask, 9, in_low(~0UL), nullptr, 8); }},
    {"rt_sigpending", [] { call(SYS_rt_sigpending, low, 8); }},
    {"sigaltstack", [] { call(SYS_sigaltstack, nullptr, low); }},
    {"wait4_no_child", [] { call(SYS_wait4, -1, low, 1, nullptr); }},
    {"waitid_no_child", [] { call(SYS_waitid, 0, 0, low, 4, nullptr); }},
    {"waitid",
     [] {
       // A child of its own log would come between, and so would its signal.
       call(SYS_rt_sigprocmask, SIG_BLOCK, in_low(1UL << (SIGCHLD - 1)), nullptr, 8);
       if (call(SYS_clone, CLONE_UNTRACED | SIGCHLD, 0, 0, 0, 0) == 0) ::_exit(3);
       call(SYS_waitid, 0, 0, low, 4 | 0x01000000, nullptr);
       call(SYS_waitid, 0, 0, nullptr, 4, nullptr);
     }},
    {"rt_sigtimedwait",
     [] {
       call(SYS_rt_sigprocmask, SIG_BLOCK, in_low(1UL << (SIGUSR1 - 1)), nullptr, 8);
       ::kill(::getpid(), SIGUSR1);
       call(SYS_rt_sigtimedwait, low, low + 100, in_low(timespec{1, 0}, 400), 8);
       call(SYS_rt_sigtimedwait, low, low + 100, in_low(timespec{0, 0}, 400), 8);
     }},
    {"rt_sigqueueinfo",
     [] {
       ::signal(SIGUSR1, SIG_IGN);
       siginfo_t info{};
       info.si_signo = SIGUSR2, info.si_code = SI_QUEUE, info.si_errno = ENOENT, info.si_pid = 5,
       info.si_value.sival_int = 7;
       call(SYS_rt_sigqueueinfo, ::getpid(), SIGUSR1, in_low(info));
       info.si_code = -77, info.si_errno = 0;
       call(SYS_rt_sigqueueinfo, ::getpid(), SIGUSR1, in_low(info));
       info = {}, info.si_signo = SIGUSR1, info.si_code = SI_QUEUE;
       call(SYS_rt_tgsigqueueinfo, ::getpid(), ::gettid(), SIGUSR1, at_end(info));
       call(SYS_rt_sigqueueinfo, ::getpid(), SIGUSR1, nowhere);
     }},
    {"execve_missing",
     [] {
       const char* const argv[] = {"a", "b\n", nullptr};
       call(SYS_execve, "/missing", argv, nullptr);
     }},
    {"execve_unreadable", [] { call(SYS_execve, nowhere, nowhere, nowhere); }},
    {"prctl_set_name", [] { call(SYS_prctl, PR_SET_NAME, "a name that is too long"); }},
    {"prctl_get_dumpable", [] { call(SYS_prctl, PR_GET_DUMPABLE); }},
    {"prctl_pdeathsig", [] { call(SYS_prctl, PR_SET_PDEATHSIG, SIGTERM); }},
    {"prctl_unknown", [] { call(SYS_prctl, 0x7777, 1, 2, 3, 4); }},
    {"getrlimit", [] { call(SYS_prlimit64, 0, RLIMIT_CORE, nullptr, low); }},
    {"setrlimit",
     [] {
       call(SYS_setrlimit, RLIMIT_CORE, in_low(rlimit{4096, RLIM_INFINITY}));
     }},
    {"getpriority", [] { call(SYS_getpriority, PRIO_PROCESS, 0); }},
    {"setpgid", [] { call(SYS_setpgid, 0, -5); }},
    {"setresuid", [] { call(SYS_setresuid, -1, -1, -1); }},
    {"getgroups_count", [] { call(SYS_getgroups, 0, nullptr); }},
    {"unshare_unknown", [] { call(SYS_unshare, 0x1); }},
    {"setns_bad", [] { call(SYS_setns, -1, 0x20000000); }},
    {"mmap", [] { call(SYS_mmap, 0x20000000, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0); }},
    {"mmap_bad", [] { call(SYS_mmap, nullptr, 0, 1, MAP_SHARED, 77, 0x1000); }},
    {"mprotect", [] { call(SYS_mprotect, low, 4096, PROT_NONE); }},
    {"mprotect_unknown", [] { call(SYS_mprotect, low, 4096, 0x1000007); }},
    {"munmap", [] { call(SYS_munmap, 0x20000000, 4096); }},
    {"mremap", [] { call(SYS_mremap, low, 4096, 4096, 1, 0x12345); }},
    {"madvise", [] { call(SYS_madvise, low, 4096, 4); }},
    {"madvise_unknown", [] { call(SYS_madvise, low, 4096, 777); }},
    {"msync", [] { call(SYS_msync, low, 4096, 5); }},
    {"mlock2", [] { call(SYS_mlock2, low, 4096, 1); }},
    {"membarrier", [] { call(SYS_membarrier, 0x8000, 0, 0); }},
    {"nanosleep",
     [] {
       call(SYS_nanosleep, in_low(timespec{0, 1}), nullptr);
     }},
    {"nanosleep_invalid",
     [] {
       call(SYS_nanosleep, at_end(timespec{-1, 5000000000}), nullptr);
     }},
    {"clock_gettime_bad", [] { call(SYS_clock_gettime, 77, low); }},
    {"clock_getres", [] { call(SYS_clock_getres, CLOCK_MONOTONIC, low); }},
    {"clock_nanosleep",
     [] {
       call(SYS_clock_nanosleep, CLOCK_REALTIME, TIMER_ABSTIME, in_low(timespec{1, 2}), nullptr);
     }},
    {"getitimer", [] { call(SYS_getitimer, ITIMER_VIRTUAL, low); }},
    {"timerfd",
     [] {
       call(SYS_timerfd_settime, call(SYS_timerfd_create, CLOCK_MONOTONIC, 04000), 0,
            in_low(itimerspec{{0, 5}, {1000, 7}}), nullptr);
     }},
    {"alarm", [] { call(SYS_alarm, 100); }},
    {"poll_timeout",
     [] {
       call(SYS_poll, in_low(pollfd{-5, 1, 0}), 1, 1);
     }},
    {"poll_ready",
     [] {
       in_low((pollfd[2]){{-1, POLLIN, 0}, {::open("/dev/zero", O_RDONLY), POLLIN | POLLPRI, 0}});
       call(SYS_poll, low, 2, -1);
     }},
    {"poll_unreadable", [] { call(SYS_poll, nowhere, 3, 0); }},
    {"select",
     [] {
       call(SYS_select, 1, nullptr, nullptr, nullptr, in_low(timeval{0, 1}));
     }},
    {"epoll",
     [] {
       const long epoll = call(SYS_epoll_create1, 02000000);
       int ends[2];
       ::pipe(ends);
       struct __attribute__((packed)) {
         std::uint32_t events;
         std::uint64_t data;
       } event{1, 0x1234567890};
       call(SYS_epoll_ctl, epoll, 1, ends[0], in_low(event));
       call(SYS_epoll_wait, epoll, low, 4, 0);
     }},
    {"futex_wake", [] { call(SYS_futex, low, 129, 3); }},
    {"futex_wait",
     [] {
       call(SYS_futex, low, 0, 7, in_low(timespec{1, 2}, 64));
     }},
    {"futex_unknown", [] { call(SYS_futex, low, 77, 7, 1, 2, 3); }},
    {"uname", [] { call(SYS_uname, nowhere); }},
    {"getrandom_none", [] { call(SYS_getrandom, low, 0, 1); }},
    {"socket", [] { call(SYS_socket, AF_INET, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP); }},
    {"socket_unknown", [] { call(SYS_socket, 444, 99, 3); }},
    {"socketpair", [] { call(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, nowhere); }},
    {"connect_unix",
     [] {
       sockaddr_un a{AF_UNIX, "missing"};
       call(SYS_connect, ::socket(AF_UNIX, SOCK_STREAM, 0), &a, 10);
     }},
    {"connect_inet",
     [] {
       sockaddr_in a{};
       a.sin_family = AF_INET, a.sin_port = htons(9), a.sin_addr.s_addr = htonl(0x7f000001);
       call(SYS_connect, -1, &a, sizeof a);
     }},
    {"bind_short", [] { call(SYS_bind, -1, low, 1); }},
    {"bind_unknown_family",
     [] {
       std::memset(low, 0x41, 16);
       call(SYS_bind, -1, low, 16);
     }},
    {"listen", [] { call(SYS_listen, -1, 5); }},
    {"accept_bad", [] { call(SYS_accept, -1, low, in_low(16, 100)); }},
    {"sendto_bad", [] { call(SYS_sendto, -1, "text", 4, 0x4000, nullptr, 0); }},
    {"recvfrom_bad", [] { call(SYS_recvfrom, -1, low, 4, 2, low, in_low(16, 100)); }},
    {"setsockopt", [] { call(SYS_setsockopt, -1, SOL_SOCKET, SO_REUSEADDR, in_low(1), 4); }},
    {"getsockopt",
     [] {
       call(SYS_getsockopt, ::socket(AF_UNIX, SOCK_STREAM, 0), SOL_SOCKET, SO_TYPE, low, in_low(4, 64));
     }},
    {"shutdown", [] { call(SYS_shutdown, -1, 1); }},
    {"shmget_bad", [] { call(SYS_shmget, 0x1234, 0, 0600 | 01000 | 02000); }},
    {"unknown_call", [] { call(999, 1, 2, 3, 4, 5, 6); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
