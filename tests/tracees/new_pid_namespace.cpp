// CLONE_NEWPID: process 1 of a new namespace, its child, who sends it a signal, and the end of all when
// process 1 ends.
#include "tracee.hpp"

namespace {

void nothing(int) {}

}  // namespace

int main(int, char** argv) {
  began(argv);
  const std::uint64_t user = ::geteuid() == 0 ? 0 : CLONE_NEWUSER;  // what lets anybody do it
  Handshake born, seen;
  const pid_t init = clone_with(CLONE_NEWPID | user);
  if (init < 0) skip("no new pid namespace for us");
  if (init == 0) {
    std::signal(SIGUSR2, nothing);
    if (::fork() == 0) {
      ::kill(1, SIGUSR2);
      born.go();
      sleep_for_ever();
    }
    seen.only_wait();
    seen.wait();
    ::_exit(5);
  }
  born.wait();
  const pid_t inner = child_of(init);
  expect("%d fork %d", ::getpid(), init);
  expect("%d namespace-pids %d 1", ::getpid(), init);
  expect("%d fork %d", init, inner);
  expect("%d namespace-pids %d 2", init, inner);
  expect("%d signal SIGUSR2", init);
  expect("%d sender SIGUSR2 SI_USER %d", init, inner);
  expect("%d killed SIGKILL", inner);
  expect("%d exit 5", init);
  seen.go();
  wait_for(init);
  succeed();
}
