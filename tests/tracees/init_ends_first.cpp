// Process 1 of a pid namespace that ends: whoever is left there is killed, and the kernel lets it wait for
// all its children. Nobody adopts them.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const std::uint64_t user = ::geteuid() == 0 ? 0 : CLONE_NEWUSER;  // what lets anybody do it
  Handshake alive, born, zombie_there, release;
  const pid_t init = clone_with(CLONE_NEWPID | user);
  if (init < 0) skip("no new pid namespace for us");
  if (init == 0) {
    const pid_t zombie = ::fork();
    if (zombie == 0) {
      born.only_wait();
      born.wait();
      ::_exit(2);
    }
    alive.go();
    siginfo_t info{};
    require(::waitid(P_PID, static_cast<id_t>(zombie), &info, WEXITED | WNOWAIT) == 0, "waitid");
    if (::fork() == 0) sleep_for_ever();
    zombie_there.go();
    release.only_wait();
    release.wait();
    ::_exit(5);
  }
  expect("%d fork %d", ::getpid(), init);
  alive.wait();
  const pid_t zombie = child_of(init);
  expect("%d fork %d", init, zombie);
  expect("%d exit 2", zombie);
  expect("%d reaped waited %d", zombie, init);
  born.go();
  zombie_there.wait();
  const pid_t killed = child_of(init);
  expect("%d fork %d", init, killed);
  expect("%d killed SIGKILL", killed);
  expect("%d reaped waited %d", killed, init);
  expect("%d exit 5", init);
  release.go();
  wait_for(init);
  expect("%d reaped waited %d", init, ::getpid());
  succeed();
}
