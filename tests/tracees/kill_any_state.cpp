// SIGKILL for a process that runs, sleeps, is stopped, was born this moment, ends by itself, makes threads or
// execs again and again.
#include <thread>

#include "tracee.hpp"

namespace {

template <class Body>
void kill_one(Body body, char state, unsigned after_us = 0) {
  const pid_t child = ::fork();
  if (child == 0) {
    body();
    ::_exit(97);
  }
  expect("%d fork %d", ::getpid(), child);
  if (state != 0) wait_for_state(child, state);
  if (after_us != 0) ::usleep(after_us);
  ::kill(child, SIGKILL);
  const int status = wait_for(child);
  if (WIFSIGNALED(status))
    expect("%d killed SIGKILL", child);
  else
    expect("%d exit %d", child, WEXITSTATUS(status));
}

void kill_stopped() {
  const pid_t child = ::fork();
  if (child == 0) {
    ::raise(SIGSTOP);
    ::_exit(97);
  }
  expect("%d fork %d", ::getpid(), child);
  int status = 0;
  require(::waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status), "stopped");
  ::kill(child, SIGKILL);
  require(WTERMSIG(wait_for(child)) == SIGKILL, "killed");
  expect("%d killed SIGKILL", child);
}

}  // namespace

int main(int, char** argv) {
  if (std::getenv("EXEC_AGAIN")) {
    ::execv("/proc/self/exe", argv);
    return 97;
  }
  began(argv);
  expect("ignore exec");
  kill_one(
      [] {
        for (volatile bool on = true; on;) {
        }
      },
      'R');
  kill_one([] { sleep_for_ever(); }, 'S');
  expect("ignore signal stop");
  kill_stopped();
  for (int i = 0; i < 10; ++i) {
    kill_one(
        [] {
          for (;;) std::thread([] {}).join();
        },
        0, static_cast<unsigned>(i) * 300);
  }
  for (int i = 0; i < 20; ++i) kill_one([] { ::_exit(1); }, 0);
  for (int i = 0; i < 10; ++i) {
    kill_one(
        [&] {
          ::setenv("EXEC_AGAIN", "1", 1);
          ::execv("/proc/self/exe", argv);
        },
        0, static_cast<unsigned>(i) * 300);
  }
  succeed();
}
