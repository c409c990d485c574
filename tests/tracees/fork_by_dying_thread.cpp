// A child made by a thread that ends: its parent is the process, and stays it.
#include <thread>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t self = ::getpid();
  Handshake release;
  pid_t child = 0;
  std::thread([&] {
    child = ::fork();
    if (child == 0) {
      release.wait();
      ::_exit(::getppid() == self ? 7 : 97);
    }
  }).join();
  expect("%d fork %d", self, child);
  expect("%d exit 7", child);
  expect("%d reaped waited %d", child, self);
  release.go();
  wait_for(child);
  succeed();
}
