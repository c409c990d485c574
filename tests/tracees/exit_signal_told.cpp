// Signals whose code is one of another signal: a child that ends with SIGSEGV, SIGUSR1 or a real-time signal,
// and a descriptor that tells of input with one. As the handler gets them.
#include <fcntl.h>

#include "tracee.hpp"

namespace {

volatile sig_atomic_t code, sender;

void handler(int, siginfo_t* info, void*) {
  code = info->si_code;
  sender = info->si_pid;
}

void told_by_child(int signal, const char* name) {
  code = -1;
  const pid_t child = clone_with(0, signal);
  if (child == 0) ::_exit(3);
  require(child > 0, "clone3");
  expect("%d clone %d", ::getpid(), child);
  expect("%d exit 3", child);
  require(::waitpid(child, nullptr, __WALL) == child, "waitpid");
  require(code == CLD_EXITED && sender == child, "the code of a child that exited");
  expect("%d signal %s", ::getpid(), name);
  expect("%d sender %s CLD_EXITED %d", ::getpid(), name, child);
}

void told_by_descriptor(int signal, const char* name) {
  code = -1;
  int ends[2];
  require(::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0, "pipe2");
  require(::fcntl(ends[0], F_SETOWN, ::getpid()) == 0 && ::fcntl(ends[0], F_SETSIG, signal) == 0 &&
              ::fcntl(ends[0], F_SETFL, O_ASYNC | O_NONBLOCK) == 0,
          "fcntl");
  require(::write(ends[1], "x", 1) == 1, "write");
  require(code == POLL_IN, "the code of input");
  expect("%d signal %s", ::getpid(), name);
  expect("%d sender %s POLL_IN none", ::getpid(), name);
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  struct sigaction action {};
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  for (const int signal : {SIGSEGV, SIGUSR1, SIGUSR2, SIGRTMIN}) ::sigaction(signal, &action, nullptr);
  char real_time[24];
  std::snprintf(real_time, sizeof real_time, "SIGRT_%d", SIGRTMIN - 32);
  told_by_child(SIGSEGV, "SIGSEGV");
  told_by_child(SIGUSR1, "SIGUSR1");
  told_by_child(SIGRTMIN, real_time);
  told_by_descriptor(SIGUSR2, "SIGUSR2");
  told_by_descriptor(SIGRTMIN, real_time);
  succeed();
}
