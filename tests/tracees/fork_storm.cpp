// 1,000 forks as fast as they come, each child dead at once.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  constexpr int rounds = 20, at_once = 50;
  for (int round = 0; round < rounds; ++round) {
    pid_t children[at_once];
    for (pid_t& child : children) {
      child = ::fork();
      if (child == 0) ::_exit(1);
      require(child > 0, "fork");
    }
    for (const pid_t child : children) {
      wait_for(child);
      expect("%d fork %d", ::getpid(), child);
      expect("%d exit 1", child);
    }
  }
  succeed();
}
