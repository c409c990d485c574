// A tree that never rests: WORKERS processes of THREADS threads each, every worker in its turn making
// children that vfork, make orphans and end, none of which execs anything. Prints its pid, and ends when its
// standard input does.
//
// usage: forking_tree WORKERS THREADS
// On SIGUSR1 (the test has seen that everything is attached) whoever is born from then on looks at its own
// TracerPid. At the end it says how many such there were, and how many of them were not traced.
#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

namespace {

struct Shared {
  std::atomic<bool> watched{false}, stop{false};
  std::atomic<int> born{0}, untraced{0};
  std::atomic<int> orphans{0};  // that nobody has waited for yet
  sem_t turns;                  // to make a family
};
Shared* shared = nullptr;

void start_watching(int) { shared->watched = true; }

bool is_traced() {
  char text[4096];
  const int fd = ::open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  const auto size = ::read(fd, text, sizeof text - 1);
  ::close(fd);
  if (size <= 0) return false;
  text[size] = '\0';
  const char* const line = std::strstr(text, "TracerPid:");
  return line != nullptr && std::atoi(line + std::strlen("TracerPid:")) != 0;
}

/// `counted`: it was born when everybody was attached.
void live(bool counted) {
  if (!counted) return;
  ++shared->born;
  if (!is_traced()) ++shared->untraced;
}

/// A child, and a grandchild that the child leaves to be adopted.
void make_family() {
  const bool counted = shared->watched;
  const pid_t child = ::fork();
  if (child == 0) {
    live(counted);
    if (::vfork() == 0) ::_exit(0);
    ++shared->orphans;
    if (::fork() == 0) live(counted);
    ::_exit(0);
  }
  if (child > 0) ::waitpid(child, nullptr, 0);
}

/// Returns when nobody has the other end any more.
void wait_for_end_of(int pipe) {
  char byte;
  while (::read(pipe, &byte, 1) < 0) {
  }
}

[[noreturn]] void work(int threads) {
  std::atomic<bool> over{false};
  std::vector<std::thread> idle;
  for (int i = 1; i < threads; ++i) idle.emplace_back([&over] { over.wait(false); });
  // Not more than the machine can bury: they would pile up until nobody gets a turn.
  constexpr int most_orphans = 500;
  while (!shared->stop) {
    while (::sem_wait(&shared->turns) != 0) {
    }
    if (!shared->stop && shared->orphans < most_orphans) make_family();
    ::sem_post(&shared->turns);
    ::usleep(50'000);
  }
  over = true;
  over.notify_all();
  for (auto& thread : idle) thread.join();
  ::_exit(0);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  void* const page =
      ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  shared = new (page) Shared;
  // A few families at a time keep every processor busy; more would only wait in its queue, before whoever
  // follows them.
  ::sem_init(&shared->turns, 1, 4);
  std::signal(SIGUSR1, start_watching);
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // so that nothing is left when it ends
  // The workers are its first children: no orphan is adopted before the last of them is there.
  int gate[2];
  if (::pipe(gate) != 0) return 1;
  for (int i = 0; i < std::atoi(argv[1]); ++i) {
    if (::fork() != 0) continue;
    ::close(gate[1]);
    wait_for_end_of(gate[0]);
    ::close(gate[0]);
    work(std::atoi(argv[2]));
  }
  ::close(gate[0]);
  ::close(gate[1]);
  std::printf("%d\n", ::getpid());
  std::fflush(stdout);
  std::thread end([] {
    wait_for_end_of(STDIN_FILENO);
    shared->stop = true;
  });
  while (::wait(nullptr) > 0) --shared->orphans;  // all the time; at last the workers
  end.join();
  std::printf("born %d untraced %d\n", shared->born.load(), shared->untraced.load());
  return 0;
}
