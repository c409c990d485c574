// A thread execs while its siblings stand in read, futex, wait, sleep and vfork(2): all of them die.
#include <fcntl.h>
#include <mutex>
#include <thread>

#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) {
    expect("%d exec %s again", ::getpid(), argv[0]);
    end(5);
  }
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    static int ends[2], dead[2];
    require(::pipe(ends) == 0 && ::pipe(dead) == 0, "pipe");
    const pid_t sleeper = fork_child([] {
      char byte;
      ::close(dead[1]);
      return static_cast<int>(::read(dead[0], &byte, 1));  // ends when the last other holder has gone
    });
    static std::mutex mutex;
    mutex.lock();
    std::thread([] {
      char byte;
      (void)!::read(ends[0], &byte, 1);
    }).detach();
    std::thread([] { mutex.lock(); }).detach();
    std::thread([sleeper] { ::waitpid(sleeper, nullptr, 0); }).detach();
    std::thread([] { ::sleep(1000); }).detach();
    ::fcntl(dead[1], F_SETFD, FD_CLOEXEC);
    std::thread([&] { ::execl("/proc/self/exe", argv[0], "again", nullptr); }).join();
  }
  expect("ignore reparent");  // the sleeper may end before the program that made it, or after
  expect("%d fork %d", ::getpid(), child);
  require(WEXITSTATUS(wait_for(child)) == 5, "status");
  succeed();
}
