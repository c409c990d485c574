// Processes that are born and die, RATE a second (200) until standard input ends; then prints how many there
// were and how long it took. They fork, execute, start threads, leave threads behind a dead leader, become
// zombies for a moment and orphans; they rename themselves, change their directory and open files while they
// live.
//   churn [RATE]
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

const char* self = "/proc/self/exe";
constexpr int reap_every = 8;  // births: until then the dead are zombies
constexpr int longest_us = 50'000;

void live(int number) { usleep(static_cast<useconds_t>(number * 7919 % longest_us)); }

void with_threads(int number) {
  std::vector<std::thread> threads;
  for (int i = 1; i <= 3; ++i) {
    threads.emplace_back([=] {
      prctl(PR_SET_NAME, ("thread " + std::to_string(i)).c_str());
      live(number + i);
    });
  }
  for (auto& thread : threads) thread.join();
}

/// The leader ends before its thread: a zombie with a living task.
void leader_ends_first(int number) {
  std::thread([=] {
    live(number);
    _exit(0);
  }).detach();
  syscall(SYS_exit, 0);
}

void orphan(int number) {
  if (fork() == 0) live(number);
}

void restless() {
  for (int i = 0; i < 50; ++i) {
    prctl(PR_SET_NAME, ("restless " + std::to_string(i)).c_str());
    if (chdir(i % 2 == 0 ? "/" : "/usr") != 0) return;
    const int fd = open("/dev/null", O_RDONLY);
    usleep(200);
    close(fd);
  }
}

[[noreturn]] void child(int number) {
  switch (number % 8) {
    case 0:
      break;
    case 1:
      live(number);
      break;
    case 2:
      execl(self, "churned", "dies", nullptr);
      break;
    case 3:
      execl(self, "churned", "lives", std::to_string(number).c_str(), nullptr);
      break;
    case 4:
      with_threads(number);
      break;
    case 5:
      leader_ends_first(number);
      break;
    case 6:
      orphan(number);
      break;
    default:
      restless();
  }
  _exit(0);
}

bool input_ended(Clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
  pollfd input{STDIN_FILENO, POLLIN, 0};
  char byte;
  return poll(&input, 1, left > 0 ? static_cast<int>(left) : 0) > 0 && read(STDIN_FILENO, &byte, 1) <= 0;
}

/// Returns how many were born.
int churn(int rate) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);  // not every init of a container reaps orphans
  const auto begin = Clock::now();
  int born = 0;
  while (!input_ended(begin + std::chrono::microseconds(1'000'000LL / rate * born))) {
    const pid_t pid = fork();
    if (pid == 0) child(born);
    if (pid > 0) ++born;
    while (born % reap_every == 0 && waitpid(-1, nullptr, WNOHANG) > 0) {
    }
  }
  while (waitpid(-1, nullptr, 0) > 0) {
  }
  const std::chrono::duration<double> took = Clock::now() - begin;
  std::printf("%d %.3f\n", born, took.count());
  return born;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "dies") == 0) return 0;
  if (argc > 2 && std::strcmp(argv[1], "lives") == 0) {
    live(std::atoi(argv[2]));
    return 0;
  }
  return churn(argc > 1 ? std::atoi(argv[1]) : 200) > 0 ? 0 : 1;
}
