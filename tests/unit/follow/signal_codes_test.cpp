#include "signal_codes.hpp"

#include <poll.h>

#include "support/catch.hpp"

using namespace ptop;
using follow::signal_of_code;

namespace {

siginfo_t info(int signal, int code) {
  siginfo_t made{};
  made.si_signo = signal;
  made.si_code = code;
  return made;
}

siginfo_t of_descriptor(int signal, int code, long band) {
  siginfo_t made = info(signal, code);
  made.si_band = band;
  return made;
}

siginfo_t of_child(int signal, int code) {
  siginfo_t made = info(signal, code);
  made.si_pid = 4711;
  made.si_uid = 1000;
  return made;
}

}  // namespace

TEST_CASE("signal_of_code: an exit signal brings codes of SIGCHLD", "[follow]") {
  CHECK(signal_of_code(of_child(SIGUSR1, CLD_EXITED), true) == SIGCHLD);
  CHECK(signal_of_code(of_child(SIGSEGV, CLD_KILLED), true) == SIGCHLD);
  CHECK(signal_of_code(of_child(SIGIO, CLD_DUMPED), true) == SIGCHLD);
  CHECK(signal_of_code(of_child(SIGUSR1, CLD_EXITED), false) == SIGCHLD);  // of a child that is not followed
  CHECK(signal_of_code(of_child(SIGCHLD, CLD_EXITED), false) == std::nullopt);
}

TEST_CASE("signal_of_code: F_SETSIG brings codes of SIGIO, and the band that goes with them", "[follow]") {
  CHECK(signal_of_code(of_descriptor(SIGUSR2, POLL_IN, POLLIN | POLLRDNORM), false) == SIGIO);
  CHECK(signal_of_code(of_descriptor(SIGRTMIN + 3, POLL_HUP, POLLHUP | POLLERR), false) == SIGIO);
  CHECK(signal_of_code(of_descriptor(SIGIO, POLL_IN, POLLIN | POLLRDNORM), false) == std::nullopt);
}

TEST_CASE("signal_of_code: what is the signal's own stays so", "[follow]") {
  CHECK(signal_of_code(info(SIGSEGV, SEGV_MAPERR), false) == std::nullopt);
  CHECK(signal_of_code(info(SIGUSR1, SI_USER), false) == std::nullopt);
  CHECK(signal_of_code(info(SIGUSR1, SI_TKILL), true) == std::nullopt);
  CHECK(signal_of_code(info(SIGUSR1, SI_KERNEL), false) == std::nullopt);
}

TEST_CASE("ExitSignals: each end is announced once, to its parent", "[follow]") {
  follow::ExitSignals ends;
  ends.ended(Pid(3), Pid(2), SIGUSR1);
  CHECK(ends.any(Pid(2), SIGUSR1));
  CHECK_FALSE(ends.any(Pid(2), SIGUSR2));
  CHECK_FALSE(ends.take(Pid(3), Pid(1), SIGUSR1));
  CHECK(ends.take(Pid(3), Pid(2), SIGUSR1));
  CHECK_FALSE(ends.take(Pid(3), Pid(2), SIGUSR1));
  ends.ended(Pid(4), Pid(2), SIGUSR1);
  ends.forget(Pid(2));
  CHECK_FALSE(ends.any(Pid(2), SIGUSR1));
}
