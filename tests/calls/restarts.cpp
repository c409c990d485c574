// Calls that a signal breaks off: those that go on afterwards, those that do not, and those that another
// thread ends.
//
// A helper that nobody traces (CLONE_UNTRACED) waits until the caller sleeps in its call, and only then does
// what breaks it off, so that every run is the same.
#include "calls.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <ctime>

#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/select.h>

namespace {

struct Shared {
  int word;     ///< of a futex
  int ends[2];  ///< of a pipe
};
Shared& shared() { return *reinterpret_cast<Shared*>(low + 4096); }

char state_of(pid_t pid) {
  char path[64], text[256] = "";
  std::snprintf(path, sizeof path, "/proc/%d/stat", pid);
  const int file = ::open(path, O_RDONLY);
  if (file < 0 || ::read(file, text, sizeof text - 1) <= 0) ::_exit(1);
  ::close(file);
  const char* const after_name = std::strrchr(text, ')');
  return after_name == nullptr ? '?' : after_name[2];
}

bool is_pending(pid_t pid) {
  char path[64], text[4096] = "";
  unsigned long long mine = 0, all = 0;
  std::snprintf(path, sizeof path, "/proc/%d/status", pid);
  const int file = ::open(path, O_RDONLY);
  if (file < 0 || ::read(file, text, sizeof text - 1) <= 0) ::_exit(1);
  ::close(file);
  if (const char* const line = std::strstr(text, "SigPnd:")) std::sscanf(line, "SigPnd: %llx", &mine);
  if (const char* const line = std::strstr(text, "ShdPnd:")) std::sscanf(line, "ShdPnd: %llx", &all);
  return (mine | all) != 0;
}

/// Twice: between two calls nobody sleeps that long.
void until_it_sleeps(pid_t pid) {
  for (int seen = 0; seen < 2;) {
    seen = state_of(pid) == 'S' && !is_pending(pid) ? seen + 1 : 0;
    ::usleep(1000);
  }
}

/// By a grandchild: an exec of the caller makes SIGCHLD of whatever its children would have sent when they
/// end.
template <class F>
void helped_by(F help) {
  const pid_t caller = ::getpid();
  if (::syscall(SYS_clone, CLONE_UNTRACED, 0, 0, 0, 0) != 0) return;
  const pid_t child = ::getpid();
  if (::fork() != 0) ::_exit(0);
  while (::getppid() == child) ::usleep(1000);
  until_it_sleeps(caller);
  help(caller);
  ::_exit(0);
}

void nothing(int) {}
void handle(int flags) {
  struct sigaction act {};
  act.sa_handler = nothing, act.sa_flags = flags;
  ::sigaction(SIGUSR1, &act, nullptr);
}
/// The call is broken off by a signal with a handler, for good.
template <class Call>
void handled(int flags, Call broken_off) {
  handle(flags);
  helped_by([](pid_t caller) { ::kill(caller, SIGUSR1); });
  broken_off();
}
/// The same, and it goes on until `then` ends it.
template <class Call, class Then>
void handled_and_resumed(Call broken_off, Then then) {
  handle(SA_RESTART);
  helped_by([&](pid_t caller) {
    ::kill(caller, SIGUSR1);
    until_it_sleeps(caller);
    then();
  });
  broken_off();
}
/// By a signal that nobody would have noticed without a tracer: what has a time goes on as
/// restart_syscall(2).
template <class Call>
void resumed(Call broken_off) {
  helped_by([](pid_t caller) { ::kill(caller, SIGWINCH); });
  broken_off();
}

constexpr long for_ever = 1000, little = 300;  // s, ms
void sleep_for_ever() { call(SYS_nanosleep, in_low(timespec{for_ever, 0}), nullptr); }
void sleep_a_little() { call(SYS_nanosleep, in_low(timespec{0, little * 1000000}), nullptr); }
void sleep_on_clock(long seconds, long ns) {
  call(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, in_low(timespec{seconds, ns}), nullptr);
}
void wait_on_futex(const timespec* limit) {
  call(SYS_futex, &shared().word, FUTEX_WAIT, 0, limit, nullptr, 0);
}
void open_pipe() { ::pipe(shared().ends); }
void read_pipe() { call(SYS_read, shared().ends[0], low, 8); }
void write_pipe() { ::write(shared().ends[1], "x", 1); }
void poll_pipe(long ms) { call(SYS_poll, in_low(pollfd{shared().ends[0], POLLIN, 0}), 1, ms); }

// A thread that is there before lines are compared, and sleeps: it does what it is for when it is told to.
void exit_all() { ::syscall(SYS_exit_group, 3); }
void exec() {
  const char* const words[] = {"self", "--nothing", nullptr};
  ::syscall(SYS_execve, "/proc/self/exe", words, nullptr);
}
void fail_to_exec() {
  ::syscall(SYS_execve, "/nowhere", nullptr, nullptr);
  exit_all();
}
std::atomic<pid_t> thread_id{0};
using Act = void (*)();
void* when_told(void* act) {
  thread_id = static_cast<pid_t>(::syscall(SYS_gettid));
  char byte;
  ::read(shared().ends[0], &byte, 1);
  (*static_cast<Act*>(act))();
  return nullptr;
}
template <Act act>
void start_thread() {
  static Act act_of_thread = act;
  pthread_t thread;
  int ready[2];
  ::pipe(shared().ends), ::pipe(ready);
  ::pthread_create(&thread, nullptr, when_told, &act_of_thread);
  while (thread_id == 0) ::sched_yield();
  const pid_t sleeper = thread_id;
  if (::syscall(SYS_clone, CLONE_UNTRACED, 0, 0, 0, 0) == 0) {
    until_it_sleeps(sleeper);
    ::write(ready[1], "r", 1);
    ::_exit(0);
  }
  char byte;
  ::read(ready[0], &byte, 1);
}
void sleep_while_a_thread_acts() {
  helped_by([](pid_t) { write_pipe(); });
  call(SYS_pause);
}

constexpr Case list[] = {
    {"nanosleep_handled", [] { handled(0, sleep_for_ever); }},
    {"nanosleep_handled_restart", [] { handled(SA_RESTART, sleep_for_ever); }},
    {"nanosleep_resumed", [] { resumed(sleep_a_little); }},
    {"clock_nanosleep_handled", [] { handled(0, [] { sleep_on_clock(for_ever, 0); }); }},
    {"clock_nanosleep_resumed", [] { resumed([] { sleep_on_clock(0, little * 1000000); }); }},
    {"poll_handled", [] { open_pipe(), handled(0, [] { poll_pipe(-1); }); }},
    {"poll_handled_restart", [] { open_pipe(), handled(SA_RESTART, [] { poll_pipe(100000); }); }},
    {"poll_resumed", [] { open_pipe(), resumed([] { poll_pipe(little); }); }},
    {"ppoll_handled", [] { handled(0, [] { call(SYS_ppoll, nullptr, 0, nullptr, nullptr, 0); }); }},
    {"select_handled",
     [] { handled(SA_RESTART, [] { call(SYS_pselect6, 0, nullptr, nullptr, nullptr, nullptr, nullptr); }); }},
    {"epoll_wait_handled", [] { handled(0, [] { call(SYS_epoll_wait, ::epoll_create1(0), low, 1, -1); }); }},
    {"pause_handled", [] { handled(SA_RESTART, [] { call(SYS_pause); }); }},
    {"sigsuspend_handled", [] { handled(0, [] { call(SYS_rt_sigsuspend, in_low(std::uint64_t{0}), 8); }); }},
    {"futex_handled", [] { handled(0, [] { wait_on_futex(nullptr); }); }},
    {"sleep_resumed_twice",
     [] {
       helped_by([](pid_t caller) {
         ::kill(caller, SIGWINCH);
         until_it_sleeps(caller);
         ::kill(caller, SIGURG);
       });
       sleep_a_little();
     }},
    {"read_resumed",
     [] {
       open_pipe();
       helped_by([](pid_t caller) {
         ::kill(caller, SIGWINCH);
         until_it_sleeps(caller);
         write_pipe();
       });
       read_pipe();
     }},
    {"futex_handled_timed", [] { handled(0, [] {
                                   wait_on_futex(in_low(timespec{for_ever, 0}));
                                 }); }},
    {"futex_resumed_timed", [] { resumed([] {
                                   wait_on_futex(in_low(timespec{0, little * 1000000}));
                                 }); }},
    {"read_handled", [] { open_pipe(), handled(0, read_pipe); }},
    {"read_handled_restart", [] { open_pipe(), handled_and_resumed(read_pipe, write_pipe); }},
    {"exit_by_another_thread", sleep_while_a_thread_acts, start_thread<exit_all>},
    {"exec_by_another_thread", sleep_while_a_thread_acts, start_thread<exec>},
    {"failed_exec_by_another_thread", sleep_while_a_thread_acts, start_thread<fail_to_exec>},
    {"killed_in_a_call", [] { helped_by([](pid_t caller) { ::kill(caller, SIGKILL); }), sleep_for_ever(); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
