// A child that was to become a program and did not, because a step before its exec failed, has a recipe as
// well. One that works and ends has none.
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <thread>

#include "tracee.hpp"

namespace {

void told(pid_t child, std::initializer_list<const char*> steps) {
  expect("%d fork %d", ::getpid(), child);
  for (const char* const step : steps) expect("%d step %s", child, step);
}

/// A child that does so, and ends with 1.
void child_that(void (*tries)(), std::initializer_list<const char*> steps, int status = 1) {
  const pid_t child = ::fork();
  if (child == 0) {
    tries();
    ::_exit(status);
  }
  told(child, steps);
  expect("%d exit %d", child, status);
  wait_for(child);
}

void says(const char* text) { (void)!::write(STDERR_FILENO, text, std::strlen(text)); }

void failures() {
  child_that([] { ::setsid(), ::chdir("/nonexistent"), ::_exit(127); },
             {"setsid", "chdir /nonexistent ENOENT"}, 127);
  child_that([] { ::open("/nonexistent/x", O_RDONLY), says("not there\n"); }, {"open /nonexistent/x ENOENT"});
  child_that(
      [] {
        ::open("/usr/share/locale/none.mo", O_RDONLY);
        const int pgrp = 1;
        ::ioctl(3, TIOCSPGRP, &pgrp);
        ::open("/usr/share/locale/none.mo", O_RDONLY);
      },
      {"terminal 3 ENOTTY"});
}

void works() {
  char byte;
  child_that([] { ::_exit(1); }, {});
  child_that([] { ::open("/usr/share/locale/none.mo", O_RDONLY), says("nothing\n"); }, {});
  child_that([] { ::open("/nonexistent/x", O_RDONLY), ::_exit(0); }, {}, 0);
  static char* const into = &byte;
  child_that([] { ::open("/nonexistent/x", O_RDONLY), (void)!::read(3, into, 1); }, {});
}

void kills_itself() {
  const pid_t child = ::fork();
  if (child == 0) {
    sock_filter rules[] = {
        {0x20, 0, 0, 0}, {0x15, 0, 1, SYS_dup3}, {6, 0, 0, 0x80000000}, {6, 0, 0, 0x7fff0000}};
    const sock_fprog program{4, rules};
    require(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "prctl");
    require(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0, "seccomp");
    ::dup3(0, 7, 0);
    ::_exit(1);
  }
  told(child, {"prctl", "security", "dup unfinished"});
  expect("%d killed SIGSYS", child);
  wait_for(child);
}

/// A thread is no child of its own, and what failed is told where the exec follows, too.
void goes_on() {
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(0, 7);
    std::thread([] {}).join();
    ::setsid();
    const int pgrp = 1;
    ::ioctl(3, TIOCSPGRP, &pgrp);
    ::ioctl(3, TIOCSCTTY, 0);
    ::execl("/bin/true", "true", nullptr);
    ::_exit(127);
  }
  told(child, {"dup 0 7", "setsid", "terminal 3 ENOTTY", "terminal 3 ENOTTY"});
  expect("%d exec true", child);
  expect("%d exit 0", child);
  wait_for(child);
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  expect("ignore exec");
  ::close(3);
  require(::open("/dev/null", O_RDWR) == 3, "open");
  failures();
  works();
  kills_itself();
  goes_on();
  succeed();
}
