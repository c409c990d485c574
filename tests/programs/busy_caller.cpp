// Makes system calls as fast as it can, and says on which processors it may run when it is asked. Prints its
// pid first. One letter on standard input is one question; it ends with standard input.
//
//   a   what sched_getaffinity(2) says: of itself, of a child, of a child that is not traced, of a thread
//   s   what /proc/self/status says
//   o   takes the last processor for its own, and says what it has then
//   c   two threads compute without a call until standard input ends
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <thread>

namespace {

void call_often() {
  for (int i = 0; i < 2000; ++i) ::syscall(SYS_getppid);
}

void say_affinity(const char* whose) {
  call_often();
  cpu_set_t mask;
  CPU_ZERO(&mask);
  ::sched_getaffinity(0, sizeof mask, &mask);
  char text[CPU_SETSIZE + 1];
  int length = 0;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &mask)) length = cpu + 1;
  }
  for (int cpu = 0; cpu < length; ++cpu) text[cpu] = CPU_ISSET(cpu, &mask) ? '1' : '0';
  std::printf("%s %.*s\n", whose, length, text);
  std::fflush(stdout);
}

void say_of_child(const char* whose, unsigned long flags) {
  const auto child =
      static_cast<pid_t>(::syscall(SYS_clone, flags | SIGCHLD, nullptr, nullptr, nullptr, nullptr));
  if (child == 0) {
    say_affinity(whose);
    ::_exit(0);
  }
  ::waitpid(child, nullptr, __WALL);
}

void say_status() {
  char text[8192];
  std::FILE* const file = std::fopen("/proc/self/status", "re");
  while (file != nullptr && std::fgets(text, sizeof text, file) != nullptr) {
    if (std::strncmp(text, "Cpus_allowed_list:", 18) == 0) std::printf("status %s", text + 19);
  }
  if (file != nullptr) std::fclose(file);
  std::fflush(stdout);
}

void take_last_processor() {
  cpu_set_t mask, last;
  CPU_ZERO(&last);
  ::sched_getaffinity(0, sizeof mask, &mask);
  int processor = 0;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(cpu, &mask)) processor = cpu;
  }
  CPU_SET(static_cast<std::size_t>(processor), &last);
  ::sched_setaffinity(0, sizeof last, &last);
  say_affinity("own");
}

void compute_side_by_side() {
  static std::atomic<unsigned> sum{0};
  std::thread other([] {
    for (;;) ++sum;
  });
  other.detach();
  std::thread third([] {
    for (;;) ++sum;
  });
  third.detach();
  std::printf("computing\n");
  std::fflush(stdout);
  char letter = 0;
  while (::read(STDIN_FILENO, &letter, 1) > 0) {
  }
  ::_exit(0);
}

void answer(char letter) {
  if (letter == 'a') {
    say_affinity("self");
    say_of_child("child", 0);
    say_of_child("untraced", CLONE_UNTRACED);
    std::thread([] { say_affinity("thread"); }).join();
  }
  if (letter == 's') say_status();
  if (letter == 'o') take_last_processor();
  if (letter == 'c') compute_side_by_side();
}

}  // namespace

int main() {
  std::printf("%d\n", ::getpid());
  std::fflush(stdout);
  for (;;) {
    call_often();
    pollfd question{STDIN_FILENO, POLLIN, 0};
    if (::poll(&question, 1, 0) <= 0) continue;
    char letter = 0;
    if (::read(STDIN_FILENO, &letter, 1) <= 0) return 0;
    answer(letter);
  }
}
