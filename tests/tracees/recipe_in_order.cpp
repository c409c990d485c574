// A recipe read in order ends with what the program gets: signals that change twice or not at all, numbers
// that are used again, descriptors that no open(2) made, what is written to files of the kernel.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "tracee.hpp"

namespace {

void set(int signal, void (*handler)(int)) { require(::signal(signal, handler) != SIG_ERR, "signal"); }

/// A child that prepares itself so, and then is true(1). The log tells it as the lines of `steps`, each of
/// them after the child's number.
void child_that(void (*prepares)(), std::initializer_list<const char*> steps) {
  const pid_t child = ::fork();
  if (child == 0) {
    prepares();
    ::execl("/bin/true", "true", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  for (const char* const step : steps) expect("%d step %s", child, step);
  expect("%d exec true", child);
  expect("%d exit 0", child);
  require(wait_for(child) == 0, "true");
}

void signals() {
  child_that([] { set(SIGUSR1, SIG_DFL), set(SIGTERM, SIG_IGN), set(SIGTERM, SIG_DFL); }, {});
  child_that([] { set(SIGTERM, SIG_IGN), set(SIGUSR1, SIG_IGN), set(SIGTERM, SIG_DFL); }, {"ignore SIGUSR1"});
  set(SIGHUP, SIG_IGN);
  set(SIGPIPE, SIG_IGN);
  set(SIGINT, [](int) {});
  child_that([] { set(SIGHUP, SIG_IGN), set(SIGTERM, SIG_DFL), set(SIGINT, SIG_DFL); }, {});
  child_that([] { set(SIGHUP, SIG_DFL), set(SIGTERM, SIG_IGN); }, {"default SIGHUP", "ignore SIGTERM"});
  child_that([] { set(SIGHUP, [](int) {}), set(SIGINT, SIG_IGN); }, {"default SIGHUP", "ignore SIGINT"});
  child_that([] { set(SIGHUP, SIG_DFL), set(SIGPIPE, SIG_DFL), set(SIGHUP, SIG_IGN); }, {"default SIGPIPE"});
}

/// Number 3 is there before, and 4 free.
void moves() {
  child_that(
      [] {
        require(::open("/dev/null", O_RDONLY) == 4 && ::dup2(4, 3) == 3, "dup2");
        ::close(4);
        ::dup2(3, 20);
        ::close(3);
      },
      {"open 20 /dev/null", "close 3-3"});
  child_that(
      [] {
        require(::open("/dev/null", O_RDONLY) == 4 && ::dup2(4, 3) == 3, "dup2");
        ::close(4);
        ::fcntl(3, F_DUPFD, 20);
        ::close(3);
      },
      {"open 20 /dev/null", "close 3-3"});
  child_that([] { ::dup3(0, 3, O_CLOEXEC), ::dup3(0, 7, O_CLOEXEC), ::fcntl(0, F_DUPFD_CLOEXEC, 9); },
             {"close 3-3"});
  child_that([] { ::open("/dev/null", O_RDONLY), ::dup3(4, 6, O_CLOEXEC), ::close(4); }, {});
  child_that([] { ::open("/dev/null", O_RDONLY | O_CLOEXEC), ::dup2(4, 6), ::close(4); },
             {"open 6 /dev/null"});
  child_that([] { ::open("/dev/null", O_RDONLY), ::fcntl(4, F_SETFD, FD_CLOEXEC); }, {});
  child_that([] { ::open("/dev/null", O_RDONLY | O_CLOEXEC), ::fcntl(4, F_SETFD, 0); }, {"open 4 /dev/null"});
  child_that([] { ::fcntl(3, F_SETFD, FD_CLOEXEC), ::dup2(3, 3); }, {"close_on_exec 3"});
  child_that(
      [] {
        require(::open("/dev", O_RDONLY | O_CLOEXEC) == 4 && ::openat(4, "null", O_RDONLY) == 5, "openat");
        ::close(4);
        ::open("/nonexistent/x", O_RDONLY);
      },
      {"open 4 /dev", "open 5 null", "close 4-4"});
}

/// From here on the lowest free number is 3.
void numbers() {
  for (int fd = 3; fd < 1024; ++fd) ::close(fd);
  child_that(
      [] {
        int ends[2];
        require(::pipe2(ends, O_CLOEXEC) == 0 && ends[0] == 3, "pipe2");
        ::dup2(3, 0);
        ::close(3);
        require(::open("/dev/null", O_RDONLY) == 3, "open");
      },
      {"pipe 3 4 cloexec:4", "dup 3 0", "close 3-3", "open 3 /dev/null"});
  child_that([] { ::close(0), ::open("/dev/null", O_RDONLY); }, {"close 0-0", "open 0 /dev/null"});
  child_that([] { ::open("/dev/null", O_RDONLY), ::close(0), ::dup2(3, 0), ::close(3); },
             {"open 3 /dev/null", "close 0-0", "dup 3 0", "close 3-3"});
  require(::open("/dev/zero", O_RDONLY) == 3, "open");
  child_that([] { ::close(3), ::open("/dev/null", O_RDONLY), ::close(3); }, {"close 3-3"});
  moves();
  ::close(3);
}

/// As a shell redirects one command. 4 comes from the parent, and is of the parent.
void writes() {
  require(::open("/proc/self/coredump_filter", O_WRONLY) == 3 && ::dup2(3, 4) == 4, "dup2");
  ::close(3);
  child_that(
      [] {
        require(::open("/proc/self/comm", O_WRONLY) == 3, "open");
        const int saved = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
        require(::dup2(3, STDOUT_FILENO) == STDOUT_FILENO && ::close(3) == 0, "dup2");
        require(::write(STDOUT_FILENO, "name", 4) == 4, "write");
        require(::dup2(saved, STDOUT_FILENO) == STDOUT_FILENO && ::close(saved) == 0, "dup2");
        ::signal(SIGKILL, SIG_IGN);
      },
      {"write /proc/self/comm", "ignore SIGKILL EINVAL"});
  child_that([] { require(::write(4, "0x33", 4) == 4, "write"); }, {});
  ::close(4);
}

/// Locks, what has its value already, a standard descriptor that was close-on-exec.
void states() {
  child_that(
      [] {
        require(::open("/dev/null", O_RDWR) == 3 && ::flock(3, LOCK_EX) == 0, "flock");
        rlimit limit{};
        require(::getrlimit(RLIMIT_CORE, &limit) == 0 && ::setrlimit(RLIMIT_CORE, &limit) == 0, "limit");
        require(::setpriority(PRIO_PROCESS, 0, ::getpriority(PRIO_PROCESS, 0)) == 0, "setpriority");
        require(::setpgid(0, 0) == 0 && ::setpgid(0, 0) == 0, "setpgid");
      },
      {"open 3 /dev/null", "lock 3", "setpgid"});
  require(::fcntl(0, F_SETFD, FD_CLOEXEC) == 0, "fcntl");
  child_that([] { ::dup2(0, 8), ::close(0), ::dup2(8, 0), ::close(8); },
             {"dup 0 8", "close 0-0", "dup 8 0", "close 8-8"});
  require(::fcntl(0, F_SETFD, 0) == 0, "fcntl");
}

/// By their numbers: a C library may take another call.
void makers() {
  child_that(
      [] {
        int pair[2];
        std::uint64_t mask = 0;
        require(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0 && pair[0] == 3, "socketpair");
        require(::syscall(SYS_epoll_create1, EPOLL_CLOEXEC) == 5, "epoll_create1");
        require(::syscall(SYS_eventfd2, 0, 0) == 6, "eventfd2");
        require(::syscall(SYS_inotify_init1, 0) == 7, "inotify_init1");
        require(::syscall(SYS_signalfd4, -1, &mask, 8, 0) == 8, "signalfd4");
        require(::syscall(SYS_signalfd4, 8, &mask, 8, 0) == 8, "signalfd4 again");
        require(::syscall(SYS_timerfd_create, CLOCK_MONOTONIC, 0) == 9, "timerfd_create");
        require(::syscall(SYS_memfd_create, "name", 0) == 10, "memfd_create");
        ::close(6);
      },
      {"pipe 3 4", "open 7", "open 8", "open 9", "open 10"});
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  expect("ignore exec");
  for (const int signal : {SIGHUP, SIGINT, SIGPIPE, SIGTERM, SIGUSR1}) set(signal, SIG_DFL);
  signals();
  numbers();
  writes();
  states();
  makers();
  succeed();
}
