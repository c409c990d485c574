#include "ptop/trace/wait_status.hpp"

#include <csignal>

#include <sys/ptrace.h>

#include "support/catch.hpp"

using namespace ptop::trace;

namespace {

int stopped(int signal, int event = 0) { return (event << 16) | (signal << 8) | 0x7f; }

template <class T>
T as(int status) {
  const auto what = classify_wait_status(status);
  REQUIRE(std::holds_alternative<T>(what));
  return std::get<T>(what);
}

}  // namespace

TEST_CASE("classify_wait_status: exit carries the low byte of the code", "[trace]") {
  CHECK(as<TaskExited>(0).code == 0);
  CHECK(as<TaskExited>(255 << 8).code == 255);
}

TEST_CASE("classify_wait_status: death by signal tells whether a core was written", "[trace]") {
  CHECK(as<TaskKilled>(SIGKILL).signal == SIGKILL);
  CHECK_FALSE(as<TaskKilled>(SIGKILL).core);
  CHECK(as<TaskKilled>(SIGSEGV | 0x80).core);
}

TEST_CASE("classify_wait_status: a plain stop is a signal on its way", "[trace]") {
  const int signal = GENERATE(SIGTRAP, SIGSTOP, SIGTSTP, SIGCHLD, 64);
  CHECK(as<SignalStop>(stopped(signal)).signal == signal);
}

TEST_CASE("classify_wait_status: bit 7 of SIGTRAP marks a system-call stop", "[trace]") {
  as<SyscallStop>(stopped(SIGTRAP | 0x80));
}

TEST_CASE("classify_wait_status: PTRACE_EVENT_STOP with a stopping signal is a group-stop", "[trace]") {
  const int signal = GENERATE(SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU);
  CHECK(as<GroupStopStatus>(stopped(signal, PTRACE_EVENT_STOP)).signal == signal);
}

TEST_CASE("classify_wait_status: PTRACE_EVENT_STOP with SIGTRAP is a trap of ours", "[trace]") {
  as<TrapStop>(stopped(SIGTRAP, PTRACE_EVENT_STOP));
}

TEST_CASE("classify_wait_status: events keep their number, known or not", "[trace]") {
  const int event = GENERATE(PTRACE_EVENT_FORK, PTRACE_EVENT_EXEC, PTRACE_EVENT_EXIT, 99);
  CHECK(as<EventStop>(stopped(SIGTRAP, event)).event == event);
}
