// What every tracee uses: it says on stdout what a log of it must tell, with real pids, and ends with
// EXIT-SUCCESS.
//   PID fork|vfork|clone CHILD [thread]     PID exec ARG…          PID exit CODE      PID killed SIGNAL
//   PID reaped waited BY | ignored | adopted [only where the tracee speaks of any]
//   PID reparent FROM TO                    PID signal SIGNAL      PID stop SIGNAL    PID continue
// Order matters among the lines of one pid. The log may come in any order between pids.
#pragma once

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

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

/// Waits for exactly this child.
inline int wait_for(pid_t pid) {
  int status = 0;
  require(::waitpid(pid, &status, 0) == pid, "waitpid");
  return status;
}

/// A pipe used as a handshake: one side waits until the other says go, or dies.
class Handshake {
 public:
  Handshake() { require(::pipe2(ends_, 02000000 /* O_CLOEXEC */) == 0, "pipe2"); }
  void go() { require(::write(ends_[1], "g", 1) == 1, "write"); }
  void wait() {
    char byte;
    require(::read(ends_[0], &byte, 1) >= 0, "read");
  }
  /// In the process that only waits: without it the death of the other side would not be seen.
  void only_wait() { ::close(ends_[1]); }

 private:
  int ends_[2];
};

inline void began(char** argv) { expect("%d exec %s", ::getpid(), argv[0]); }

[[noreturn]] inline void succeed() {
  expect("%d exit 0", ::getpid());
  std::puts("EXIT-SUCCESS");
  std::fflush(stdout);
  ::_exit(0);
}
