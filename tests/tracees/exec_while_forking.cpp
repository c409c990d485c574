// A thread execs while others fork: who was born in that moment is told too, and has an end.
#include <thread>

#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) {
    expect("%d exec %s again", ::getpid(), argv[0]);
    while (::wait(nullptr) > 0) {
    }
    end(5);
  }
  began(argv);
  expect("ignore fork exit");
  for (int round = 0; round < 5; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (int i = 0; i < 3; ++i) {
        std::thread([] {
          for (;;) {
            const pid_t born = ::fork();
            if (born == 0) ::_exit(2);
            if (born > 0) ::waitpid(born, nullptr, 0);
          }
        }).detach();
      }
      ::usleep(2000);
      std::thread([&] { ::execl("/proc/self/exe", argv[0], "again", nullptr); }).join();
    }
    expect("%d fork %d", ::getpid(), child);
    require(WEXITSTATUS(wait_for(child)) == 5, "status");
  }
  succeed();
}
