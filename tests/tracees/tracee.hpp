// What every tracee uses: it says on stdout what a log of it must tell, with real pids, and ends with
// EXIT-SUCCESS.
//   PID fork|vfork|clone CHILD [thread]     PID exec ARG…          PID exit CODE      PID killed SIGNAL
//   PID reparent FROM TO                    PID signal SIGNAL      PID stop SIGNAL    PID continue
//   PID exec-killed ARG…                    as exec, and its arguments may have been gone already
// Told of only where the tracee speaks of any:
//   PID reaped waited BY | ignored | adopted | never BY            TID thread-exit CODE
//   PID reaped by-adopter BY                as waited, or as adopted: where that happens at once nobody can
//   tell PID flags CHILD NAME,… SIGNAL|none      PID namespace-pids CHILD PID,…            PID set-tid CHILD
//   PID,… PID pidfd CHILD FD                      PID cgroup CHILD DIRECTORY                PID core SIGNAL
//   PID exec_failed PATH ERRNO              PID recipe ACTION…                        PID path FILE
//   PID step ACTION FD|FD-FD|FILE|SIGNAL|ERRNO…   a line for each step of a recipe
//   PID cwd DIRECTORY                       PID interpreters FILE…                    PID set-id-ignored
//   PID capabilities-gained|capabilities-ignored CAP_NAME…
//   PID credentials UID EUID GID EGID SECURE    PID former-tid TID                    PID exec-hex HEX…
//   PID env-added|env-removed|env-changed HEX…  PID sender SIGNAL CODE SENDER|none
//   PID inherited FD leak|before|PURPOSE OPENER EXECS    OPENER fd_audit FD leaked|given|before EXECS AT-EXIT
//   PID fd-use FD USE
//   PID zombie-ns FROM TO    PID lifetime-ns FROM TO    PID cpu-ns FROM TO            bounds, in nanoseconds
// Order matters among the lines of one pid; a line that ends with " unordered" must be somewhere. The log may
// come in any order between pids. "ignore KIND…": the log may have more of these kinds than was said.
#pragma once

#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <initializer_list>

#include <linux/sched.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/// One line in one write(2), so that lines of several processes never mix.
__attribute__((format(printf, 1, 2))) inline void expect(const char* format, ...) {
  char line[4096];
  va_list arguments;
  va_start(arguments, format);
  int length = std::vsnprintf(line, sizeof line - 1, format, arguments);
  va_end(arguments);
  line[length++] = '\n';
  if (::write(STDOUT_FILENO, line, static_cast<std::size_t>(length)) != length) ::_exit(99);
}

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::perror(what);
  ::_exit(98);
}

/// This machine, or this user, cannot do it.
[[noreturn]] inline void skip(const char* reason) {
  expect("SKIP %s", reason);
  ::_exit(77);
}

inline void need_root() {
  if (::geteuid() != 0) skip("needs root");
}

/// Waits for exactly this child.
inline int wait_for(pid_t pid) {
  int status = 0;
  pid_t got;
  do got = ::waitpid(pid, &status, 0);
  while (got < 0 && errno == EINTR);
  require(got == pid, "waitpid");
  return status;
}

/// A pipe used as a handshake: one side waits until the other says go, or dies.
class Handshake {
 public:
  Handshake() { require(::pipe2(ends_, 02000000 /* O_CLOEXEC */) == 0, "pipe2"); }
  void go() { require(::write(ends_[1], "g", 1) == 1, "write"); }
  void wait() {
    char byte;
    while (::read(ends_[0], &byte, 1) < 0) require(errno == EINTR, "read");
  }
  /// In the process that only waits: without it the death of the other side would not be seen.
  void only_wait() { ::close(ends_[1]); }
  void only_go() { ::close(ends_[0]); }

 private:
  int ends_[2];
};

inline void began(char** argv) { expect("%d exec %s", ::getpid(), argv[0]); }

/// Ends this process, and says so.
[[noreturn]] inline void end(int code) {
  expect("%d exit %d", ::getpid(), code);
  ::_exit(code);
}

/// A child that does `body` and ends with what that returns.
template <class Body>
pid_t fork_child(Body body) {
  const pid_t child = ::fork();
  if (child == 0) end(body());
  require(child > 0, "fork");
  expect("%d fork %d", ::getpid(), child);
  return child;
}

[[noreturn]] inline void sleep_for_ever() {
  for (;;) ::pause();
}

/// clone3(2) as fork(2) does it: no stack of its own, flags as given.
inline pid_t clone3(clone_args args) { return static_cast<pid_t>(::syscall(SYS_clone3, &args, sizeof args)); }

inline pid_t clone_with(std::uint64_t flags, int exit_signal = SIGCHLD) {
  clone_args args{};
  args.flags = flags;
  args.exit_signal = static_cast<std::uint64_t>(exit_signal);
  return clone3(args);
}

/// State of a task as /proc has it: 'R', 'S', 'D', 'T', 't', 'Z'; 0: it is gone.
inline char state_of(pid_t tid) {
  char path[64], line[512];
  std::snprintf(path, sizeof path, "/proc/%d/stat", tid);
  FILE* const stat = std::fopen(path, "r");
  if (!stat) return 0;
  const bool read = std::fgets(line, sizeof line, stat) != nullptr;
  std::fclose(stat);
  return read ? std::strrchr(line, ')')[2] : '\0';
}

/// Until the kernel says so. A task in a stop for its tracer shows 't', or 'T' where it is stopped for all.
inline void wait_for_state(pid_t tid, char state) {
  while (state_of(tid) != state) ::usleep(200);
}

/// The youngest child of a process, as the reader's namespace numbers it; 0: none.
inline pid_t child_of(pid_t parent) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/task/%d/children", parent, parent);
  FILE* const file = std::fopen(path, "r");
  int child = 0;
  while (file && std::fscanf(file, "%d", &child) == 1) {
  }
  if (file) std::fclose(file);
  return child;
}

inline std::uint64_t now_ns(clockid_t clock = CLOCK_MONOTONIC) {
  timespec t{};
  ::clock_gettime(clock, &t);
  return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(t.tv_nsec);
}

[[noreturn]] inline void succeed() {
  expect("%d exit 0", ::getpid());
  std::puts("EXIT-SUCCESS");
  std::fflush(stdout);
  ::_exit(0);
}
