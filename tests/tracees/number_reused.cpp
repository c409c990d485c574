// The number of a dead child given to the next one (clone3(2) with set_tid): two processes, told apart.
#include "tracee.hpp"

int main(int, char** argv) {
  need_root();
  began(argv);
  const pid_t self = ::getpid();
  pid_t number = fork_child([] { return 1; });
  wait_for(number);
  expect("%d reaped waited %d", number, self);
  for (int turn = 2; turn < 12; ++turn) {
    clone_args args{};
    args.exit_signal = SIGCHLD;
    args.set_tid = reinterpret_cast<std::uint64_t>(&number);
    args.set_tid_size = 1;
    const pid_t child = clone3(args);
    if (child == 0) ::_exit(turn);
    if (child < 0 && errno == EEXIST) break;  // somebody else was given it meanwhile
    require(child == number, "clone3");
    expect("%d fork %d", self, child);
    expect("%d set-tid %d %d", self, child, child);
    expect("%d exit %d", child, turn);
    wait_for(child);
    expect("%d reaped waited %d", child, self);
  }
  succeed();
}
