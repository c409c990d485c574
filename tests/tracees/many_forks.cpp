// 200 children at once, all alive together: none may be lost, whoever's stop comes first.
#include <array>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  std::array<pid_t, 200> children{};
  Handshake release;
  for (auto& child : children) {
    child = ::fork();
    if (child == 0) {
      release.only_wait();
      release.wait();
      ::_exit(1);
    }
    expect("%d fork %d", ::getpid(), child);
    expect("%d exit 1", child);
  }
  for (std::size_t i = 0; i < children.size(); ++i) release.go();
  for (const pid_t child : children) wait_for(child);
  succeed();
}
