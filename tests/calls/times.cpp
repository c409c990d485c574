// Clocks, timers, and dates.
#include "calls.hpp"

#include <csignal>
#include <ctime>

#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <utime.h>

namespace {

struct timezone_ {
  int minuteswest, dsttime;
};

long timer_of(int clock) {
  call(SYS_timer_create, clock, nullptr, low + 4000);
  return *reinterpret_cast<int*>(low + 4000);
}

sigevent event(int notify, int signal, long value) {
  sigevent e{};
  e.sigev_notify = notify, e.sigev_signo = signal;
  e.sigev_value.sival_ptr = reinterpret_cast<void*>(value);
  return e;
}

timex adjustment(unsigned modes) {
  timex t{};
  t.modes = modes, t.offset = 5, t.freq = -6, t.status = STA_PLL | STA_UNSYNC | STA_NANO;
  t.time = {1, 2};
  return t;
}

int dated_file(long seconds, long nanoseconds) {
  const int fd = ::open("file", O_RDWR | O_CREAT, 0640);
  const timespec times[2]{{seconds, nanoseconds}, {seconds + 1, 0}};
  ::futimens(fd, times);
  return fd;
}

constexpr Case list[] = {
    {"time_null", [] { call(SYS_time, nullptr); }},
    {"gettimeofday_unwritable", [] { call(SYS_gettimeofday, nowhere, nowhere); }},
    {"gettimeofday_zone", [] { call(SYS_gettimeofday, nullptr, low); }},
    {"settimeofday_invalid",
     [] {
       call(SYS_settimeofday, in_low(timeval{1, 2000000}), in_low(timezone_{-60, 1}, 64));
     }},
    {"settimeofday_unreadable", [] { call(SYS_settimeofday, nowhere, nowhere); }},
    {"clock_gettime_cpu", [] { call(SYS_clock_gettime, ~0x7fffff0 << 3 | 6, low); }},
    {"clock_gettime_thread_cpu", [] { call(SYS_clock_gettime, ~77 << 3 | 4, low); }},
    {"clock_gettime_prof", [] { call(SYS_clock_gettime, ~77 << 3 | 0, low); }},
    {"clock_gettime_fd", [] { call(SYS_clock_gettime, ~55 << 3 | 3, low); }},
    {"clock_gettime_cpu_unknown", [] { call(SYS_clock_gettime, ~55 << 3 | 7, low); }},
    {"clock_gettime_unwritable", [] { call(SYS_clock_gettime, CLOCK_REALTIME, nowhere); }},
    {"clock_settime_invalid",
     [] {
       call(SYS_clock_settime, CLOCK_MONOTONIC, in_low(timespec{1, -2}));
     }},
    {"clock_getres_null", [] { call(SYS_clock_getres, CLOCK_TAI, nullptr); }},
    {"clock_nanosleep_unknown_flags",
     [] {
       call(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0x12, in_low(timespec{0, 1}), low + 64);
     }},
    {"clock_nanosleep_unreadable", [] { call(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, nowhere, nullptr); }},
    {"clock_nanosleep_rest",
     [] {
       call(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, in_low(timespec{0, 1}), low + 64);
     }},
    {"nanosleep_rest",
     [] {
       call(SYS_nanosleep, in_low(timespec{0, 1}), low + 64);
     }},
    {"adjtimex_read", [] { call(SYS_adjtimex, nowhere); }},
    {"adjtimex_null", [] { call(SYS_adjtimex, nullptr); }},
    {"adjtimex_invalid", [] { call(SYS_adjtimex, in_low(adjustment(ADJ_TICK | ADJ_SETOFFSET))); }},
    {"clock_adjtime_bad_clock",
     [] { call(SYS_clock_adjtime, CLOCK_MONOTONIC, in_low(adjustment(ADJ_OFFSET | ADJ_NANO))); }},
    {"clock_adjtime_unknown_modes", [] { call(SYS_clock_adjtime, 99, in_low(adjustment(0xd0c0))); }},
    {"clock_adjtime_shot", [] { call(SYS_clock_adjtime, 99, in_low(adjustment(0x8001))); }},
    {"clock_adjtime_read_only", [] { call(SYS_clock_adjtime, 99, in_low(adjustment(0xa001))); }},
    {"clock_adjtime_unreadable", [] { call(SYS_clock_adjtime, 99, nowhere); }},
    {"timer_create", [] { timer_of(CLOCK_MONOTONIC); }},
    {"timer_create_signal",
     [] { call(SYS_timer_create, CLOCK_REALTIME, in_low(event(SIGEV_SIGNAL, SIGUSR2, 0x1234)), low + 128); }},
    {"timer_create_none",
     [] { call(SYS_timer_create, CLOCK_BOOTTIME, in_low(event(SIGEV_NONE, SIGUSR2, 0)), low + 128); }},
    {"timer_create_thread",
     [] { call(SYS_timer_create, CLOCK_REALTIME, in_low(event(SIGEV_THREAD, 77, 1)), low + 128); }},
    {"timer_create_thread_id",
     [] {
       sigevent e = event(SIGEV_THREAD_ID, SIGRTMIN + 3, -1);
       e._sigev_un._tid = ::getpid();
       call(SYS_timer_create, CLOCK_TAI, in_low(e), low + 128);
     }},
    {"timer_create_unknown_notification",
     [] { call(SYS_timer_create, CLOCK_TAI, in_low(event(99, 0, 1)), low + 128); }},
    {"timer_create_unreadable", [] { call(SYS_timer_create, 99, nowhere, nowhere); }},
    {"timer_settime",
     [] {
       const long timer = timer_of(CLOCK_MONOTONIC);
       call(SYS_timer_settime, timer, TIMER_ABSTIME, in_low(itimerspec{{1, 2}, {0x7fffffff, 4}}), low + 64);
       call(SYS_timer_settime, timer, 0, in_low(itimerspec{}), nullptr);
     }},
    {"timer_settime_bad", [] { call(SYS_timer_settime, 77, 0x16, nowhere, nowhere); }},
    {"timer_gettime", [] { call(SYS_timer_gettime, timer_of(CLOCK_REALTIME), low); }},
    {"timer_getoverrun", [] { call(SYS_timer_getoverrun, timer_of(CLOCK_REALTIME)); }},
    {"timer_delete_bad", [] { call(SYS_timer_delete, -1); }},
    {"timerfd_create_unknown", [] { call(SYS_timerfd_create, 99, 0x80801); }},
    {"timerfd_create_cloexec", [] { call(SYS_timerfd_create, CLOCK_BOOTTIME_ALARM, 0x80000); }},
    {"timerfd_settime_cancel",
     [] {
       call(SYS_timerfd_settime, call(SYS_timerfd_create, CLOCK_REALTIME, 0), 3,
            in_low(itimerspec{{0, 0}, {0x7fffffff, 0}}), low + 64);
     }},
    {"timerfd_settime_invalid",
     [] {
       call(SYS_timerfd_settime, 0, 0x14, in_low(itimerspec{{-1, 5000000000}, {0, 0}}), nowhere);
     }},
    {"timerfd_gettime", [] { call(SYS_timerfd_gettime, call(SYS_timerfd_create, CLOCK_REALTIME, 0), low); }},
    {"timerfd_gettime_bad", [] { call(SYS_timerfd_gettime, 0, low); }},
    {"setitimer",
     [] {
       call(SYS_setitimer, ITIMER_PROF, in_low(itimerval{{1, 2}, {3000, 0}}), low + 64);
     }},
    {"setitimer_null", [] { call(SYS_setitimer, ITIMER_VIRTUAL, nullptr, nullptr); }},
    {"setitimer_unknown", [] { call(SYS_setitimer, 9, nowhere, nowhere); }},
    {"getitimer_unknown", [] { call(SYS_getitimer, 9, low); }},
    {"times_unwritable", [] { call(SYS_times, nowhere); }},
    {"times_zero", [] { call(SYS_times, low); }},
    {"utime_null", [] { call(SYS_utime, "missing", nullptr); }},
    {"utime_times",
     [] {
       call(SYS_utime, "missing", in_low(utimbuf{1700000000, -1}));
     }},
    {"utime_unreadable", [] { call(SYS_utime, "missing", nowhere); }},
    {"utimes",
     [] {
       in_low((timeval[2]){{1700000000, 123456}, {0, 7}});
       call(SYS_utimes, "missing", low);
     }},
    {"utimes_half",
     [] {
       call(SYS_utimes, "missing", at_end(timeval{1, 2}));
     }},
    {"utimes_invalid",
     [] {
       in_low((timeval[2]){{-1, 1000000}, {1LL << 40, -7}});
       call(SYS_utimes, "missing", low);
     }},
    {"futimesat",
     [] {
       in_low((timeval[2]){{1700000000, 123456}, {0, 7}});
       call(SYS_futimesat, AT_FDCWD, "missing", low);
     }},
    {"futimesat_null", [] { call(SYS_futimesat, 0, nullptr, nullptr); }},
    {"utimensat_dates",
     [] {
       in_low((timespec[2]){{1700000000, 123456789}, {1, UTIME_OMIT}});
       call(SYS_utimensat, AT_FDCWD, "missing", low, 0x1100);
     }},
    {"utimensat_both_now",
     [] {
       in_low((timespec[2]){{0, UTIME_NOW}, {0, UTIME_NOW}});
       call(SYS_utimensat, AT_FDCWD, "missing", low, 0);
     }},
    {"utimensat_half",
     [] {
       call(SYS_utimensat, 0, nullptr, at_end(timespec{1, 2}), 0);
     }},
    {"utimensat_invalid",
     [] {
       in_low((timespec[2]){{-5, 1000000000}, {0, 0}});
       call(SYS_utimensat, AT_FDCWD, "missing", low, 0x80001);
     }},
    {"utimensat_null", [] { call(SYS_utimensat, AT_FDCWD, "missing", nullptr, 0); }},
    {"fstat_dates", [] { dated_file(1700000000, 123456789), call(SYS_stat, "/etc/hostname", low); }},
    {"fstat_before_1970", [] { call(SYS_fstat, dated_file(-5, 5), nowhere); }},
    {"statx_dates", [] { call(SYS_statx, AT_FDCWD, "/etc/hostname", 0x1000 | 0x800, STATX_ALL, low); }},
    {"statx_directory",
     [] { call(SYS_statx, AT_FDCWD, "/etc", AT_STATX_FORCE_SYNC, STATX_TYPE | 0x1000, low); }},
    {"statx_device", [] { call(SYS_statx, AT_FDCWD, "/dev/null", 0, STATX_BASIC_STATS, low); }},
    {"statx_bad", [] { call(SYS_statx, 77, nullptr, 0x10006000, 0x80000001, low); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
