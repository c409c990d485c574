// Descendants that live on when the program has ended are followed to their ends.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  std::puts("EXIT-SUCCESS");
  std::fflush(stdout);
  for (int i = 0; i < 10; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      while (::getppid() == self) ::usleep(500);
      expect("%d reparent %d %d", ::getpid(), self, ::getppid());
      wait_for(fork_child([] { return 1; }));
      end(2);
    }
    expect("%d fork %d", self, child);
  }
  end(0);
}
