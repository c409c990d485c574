// Names of signals and errors, compared with the C library where it has them.
#include "ptop/base/names.hpp"

#include <signal.h>
#include <string.h>

#include <cerrno>
#include <string>

#include "support/catch.hpp"

using namespace ptop;

// But SIGIO, which it calls SIGPOLL: the kernel and strace say SIGIO.
TEST_CASE("signal_name: as the C library spells them", "[base]") {
  for (int signal = 1; signal < 32; ++signal) {
    if (signal != SIGIO) CHECK(signal_name(signal) == "SIG" + std::string(::sigabbrev_np(signal)));
    CHECK_FALSE(signal_text(signal).empty());
  }
}

TEST_CASE("signal_name: real-time signals count from 32", "[base]") {
  CHECK(signal_name(32) == "SIGRT_0");
  CHECK(signal_name(64) == "SIGRT_32");
  CHECK(signal_name(0) == "SIG_0");
  CHECK(signal_name(65) == "SIG_65");
  CHECK(signal_name(-1) == "SIG_-1");
}

TEST_CASE("parse_signal: takes back every name it gives", "[base]") {
  for (int signal = 1; signal <= 64; ++signal) CHECK(parse_signal(signal_name(signal)) == signal);
}

TEST_CASE("parse_signal: takes what people type", "[base]") {
  CHECK(parse_signal("TERM") == SIGTERM);
  CHECK(parse_signal("term") == SIGTERM);
  CHECK(parse_signal("sigterm") == SIGTERM);
  CHECK(parse_signal("15") == SIGTERM);
  CHECK(parse_signal("CLD") == SIGCHLD);
  CHECK(parse_signal("RTMIN") == SIGRTMIN);
  CHECK(parse_signal("SIGRTMIN+1") == SIGRTMIN + 1);
  CHECK(parse_signal("RTMAX-1") == SIGRTMAX - 1);
}

TEST_CASE("parse_signal: refuses what is none", "[base]") {
  const auto text = GENERATE(as<std::string>{}, "", "SIG", "0", "65", "-1", "15x", "TERMS", "RTMIN+99",
                             "RTMIN-1", "RT_33", "RT_-1", "RTMIN+", "99999999999");
  CHECK_FALSE(parse_signal(text));
}

TEST_CASE("signals_in_mask: bit 0 is signal 1", "[base]") {
  CHECK(signals_in_mask(0).empty());
  CHECK(signals_in_mask(0x8000000000004001) == std::vector<int>{1, 15, 64});
}

TEST_CASE("errno_name: every number the C library knows", "[base]") {
  for (int number = 1; number < 134; ++number) {
    const char* name = ::strerrorname_np(number);
    CHECK(errno_name(number) == (name == nullptr ? "" : name));
    CHECK(errno_name(number).empty() == errno_text(number).empty());
  }
}

TEST_CASE("errno_name: the kernel's own numbers", "[base]") {
  CHECK(errno_name(512) == "ERESTARTSYS");
  CHECK(errno_name(516) == "ERESTART_RESTARTBLOCK");
  CHECK(errno_name(524) == "ENOTSUPP");
  CHECK(errno_text(ENOENT) == "No such file or directory");
  const int unknown = GENERATE(0, -1, 41, 58, 134, 511, 520, 531, 100000);
  CHECK(errno_name(unknown) == "");
}
