// CPUs, the OOM adjustment, and the list of signals: what the menus show, and what is done then.
#include "ptop/base/cpu_set.hpp"
#include "ptop/base/names.hpp"
#include "scene.hpp"
#include "signal_words.hpp"
#include "support/catch.hpp"

#include <csignal>

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;
using Done = test::FakeAct::Done;

namespace {

CpuSet cpus(std::string_view list) { return *parse_cpu_list(list); }

CpuUse use_of(std::string_view online, std::string_view allowed, std::string_view used) {
  return {cpus(online), cpus(allowed), cpus(used), cpus(used)};
}

constexpr std::uint64_t bit(int signal) { return std::uint64_t{1} << (signal - 1); }

}  // namespace

TEST_CASE("affinity: the menu marks what it may use, Space changes that, Enter sets it", "[tui]") {
  SmallScreen s;
  s.act.cpus[110] = use_of("0-3", "0-3", "0-1");
  s.type(U"110a");
  CHECK(contains(s.text(), "CPUs of 110 make"));
  CHECK(contains(s.line_with("all"), "[-] all"));
  CHECK(contains(s.text(), "[x] CPU 1"));
  CHECK(contains(s.text(), "[ ] CPU 2"));
  s.type(U"2 ");
  CHECK(contains(s.text(), "[x] CPU 2"));
  CHECK(s.act.done.empty());
  s.press(key::enter);
  CHECK(s.act.done == std::vector<Done>{{110, "cpus 0-2"}});
  CHECK(contains(s.app.message(), "CPUs 0-2 for 110 make"));
}

TEST_CASE("affinity: the first entry stands for all that the cpuset allows", "[tui]") {
  SmallScreen s;
  s.act.cpus[110] = use_of("0-7", "0-5", "3");
  s.type(U"110a");
  CHECK(contains(s.line_with("CPU 7"), "not in its cpuset"));
  s.press(key::end);
  s.press(key::space);  // stays as it is
  CHECK(contains(s.text(), "[ ] CPU 7"));
  s.press(key::home);
  s.press(key::space);
  CHECK(contains(s.text(), "[x] all"));
  s.press(key::enter);
  CHECK(s.act.done == std::vector<Done>{{110, "cpus 0-5"}});
}

TEST_CASE("affinity: no CPU at all is refused, and the menu stays", "[tui]") {
  SmallScreen s;
  s.act.cpus[110] = use_of("0-1", "0-1", "0-1");
  s.type(U"110a ");
  s.press(key::enter);
  CHECK(contains(s.app.message(), "one CPU at least"));
  CHECK(contains(s.text(), "CPUs of 110 make"));
  s.press(key::escape);
  CHECK(s.act.done.empty());
}

TEST_CASE("affinity: what tagged processes do not have in common each of them keeps", "[tui]") {
  SmallScreen s;
  s.act.cpus[110] = use_of("0-3", "0-3", "0-1");
  s.act.cpus[111] = use_of("0-3", "0-3", "1-2");
  s.type(U"110  a");
  CHECK(contains(s.text(), "CPUs of 2 tagged processes"));
  CHECK(contains(s.text(), "[-] CPU 0"));
  CHECK(contains(s.text(), "[x] CPU 1"));
  CHECK(contains(s.text(), "[-] CPU 2"));
  s.type(U"3 ");
  s.press(key::enter);
  CHECK(s.act.done == std::vector<Done>{{111, "cpus 1,3 kept 0,2"}, {110, "cpus 1,3 kept 0,2"}});
}

TEST_CASE("affinity: five hundred CPUs are scrolled, and found by number", "[tui]") {
  SmallScreen s;
  s.act.cpus[110] = use_of("0-511", "0-511", "0-511");
  s.type(U"110a");
  CHECK(contains(s.text(), "1 of 513"));
  s.press(key::page_down);
  CHECK(contains(s.text(), "CPU 19"));
  CHECK_FALSE(contains(s.text(), "[x] CPU 20"));
  s.type(U"417");
  CHECK(contains(s.line_with("CPU 417"), "[x]"));
  CHECK(contains(s.text(), "Search: 417_"));
  s.press(key::space);
  s.press(key::enter);
  CHECK(s.act.done == std::vector<Done>{{110, "cpus 0-416,418-511"}});
}

TEST_CASE("affinity: a process replaced meanwhile is not the one that is meant", "[tui]") {
  SmallScreen s;
  s.act.cpus[110] = use_of("0-1", "0-1", "0-1");
  s.type(U"110a");
  s.act.refusal = Error{Errc::gone, 0, "another process has this pid now"};
  s.press(key::enter);
  CHECK(contains(s.app.message(), "110 make: it has ended"));
}

TEST_CASE("affinity, OOM adjustment, signals: nothing with --readonly", "[tui]") {
  SmallScreen s(24, 80, {.self = Pid(999'999), .readonly = true});
  s.type(U"110");
  for (const Key k : {U'a', U'A', U'k'}) {
    s.press(k);
    CHECK(contains(s.app.message(), "--readonly"));
  }
}

TEST_CASE("OOM adjustment: what it has now is there to be changed", "[tui]") {
  SmallScreen s(24, 100);
  s.act.oom[110] = {667, 200};
  s.type(U"110A");
  CHECK(contains(s.row(23), "OOM adjustment of 110 make: 200_"));
  CHECK(contains(s.row(23), "score 667 now"));
  s.press(key::ctrl('U'));
  s.type(U"-1000");
  s.press(key::enter);
  CHECK(s.act.done == std::vector<Done>{{110, "oom -1000"}});
  CHECK(contains(s.app.message(), "OOM adjustment is -1000 of 110 make"));
}

TEST_CASE("OOM adjustment: a number from -1000 to 1000 or nothing; Esc forgets it", "[tui]") {
  SmallScreen s;
  s.type(U"110A");
  for (const auto* text : {U"1001", U"-1001", U"x", U""}) {
    s.press(key::ctrl('U'));
    s.type(text);
    s.press(key::enter);
    CHECK(contains(s.app.message(), "a number from -1000 to 1000"));
  }
  s.press(key::escape);
  CHECK(s.act.done.empty());
  CHECK(contains(s.text(), "COMMAND"));
}

TEST_CASE("OOM adjustment: of tagged ones that differ it begins empty", "[tui]") {
  SmallScreen s(24, 100);
  s.act.oom[110] = {667, 200};
  s.type(U"110  A");
  CHECK(contains(s.row(23), "OOM adjustment of 2 tagged processes: _"));
  s.type(U"5");
  s.press(key::enter);
  CHECK(s.act.done == std::vector<Done>{{111, "oom 5"}, {110, "oom 5"}});
}

TEST_CASE("signals: the list tells the default, and what the process does with each", "[tui]") {
  SmallScreen s(30, 100);
  s.act.signals[110] = {.caught = bit(SIGTERM) | bit(SIGINT), .ignored = bit(SIGHUP), .blocked = bit(SIGINT)};
  s.type(U"110k");
  CHECK(contains(s.line_with("SIGTERM"), "ends      caught"));
  CHECK(contains(s.line_with("SIGHUP"), "ends      ignored"));
  CHECK(contains(s.line_with("SIGINT"), "ends      blocked"));
  CHECK(contains(s.line_with("SIGQUIT"), "core dump           what Ctrl-"));
}

TEST_CASE("signals: of several processes only what they have in common", "[tui]") {
  SmallScreen s(30, 100);
  s.act.signals[0] = {.caught = bit(SIGTERM)};
  s.act.signals[111] = {.caught = bit(SIGTERM) | bit(SIGHUP)};
  s.type(U"110  k");
  CHECK(contains(s.line_with("SIGTERM"), "caught"));
  CHECK(contains(s.line_with("SIGHUP"), "differs"));
}

TEST_CASE("signals: are found by number and by name, real-time ones too", "[tui]") {
  struct Typed {
    std::u32string_view text;
    int signal;
  };
  for (const auto& [text, signal] :
       {Typed{U"9", SIGKILL}, Typed{U"hup", SIGHUP}, Typed{U"SIGUSR2", SIGUSR2}, Typed{U"1", SIGHUP},
        Typed{U"/quit", SIGQUIT}, Typed{U"rtmin+2", SIGRTMIN + 2}, Typed{U"64", SIGRTMAX},
        Typed{U"sigrtmax-1", SIGRTMAX - 1}}) {
    Screen s;
    s.show(frame(small_system()));
    s.type(U"110k");
    s.type(text);
    s.press(key::enter);
    REQUIRE(s.act.done.size() == 1);
    CHECK(s.act.done[0].what == signal_name(signal));
    CHECK(contains(s.app.message(), "sent " + signal_label(signal) + " to 110"));
  }
}

TEST_CASE("signals: typing is over with an arrow, and letters are keys again", "[tui]") {
  SmallScreen s;
  s.type(U"110khu");
  CHECK(contains(s.text(), "Search: hu_"));
  s.press(key::backspace);
  CHECK(contains(s.text(), "Search: h_"));
  s.press(key::down);
  CHECK_FALSE(contains(s.text(), "Search: "));
  s.press(U'q');
  CHECK_FALSE(contains(s.text(), "Send a signal"));
  CHECK(s.act.done.empty());
}

TEST_CASE("signal_label: real-time signals as the C library counts them, all others as ever", "[tui]") {
  CHECK(signal_label(SIGTERM) == "SIGTERM");
  CHECK(signal_label(SIGRTMIN) == "SIGRTMIN");
  CHECK(signal_label(SIGRTMIN + 1) == "SIGRTMIN+1");
  CHECK(signal_label(SIGRTMAX - 2) == "SIGRTMAX-2");
  CHECK(signal_label(SIGRTMAX) == "SIGRTMAX");
  std::size_t count = 0;
  for ([[maybe_unused]] const SignalWords& row : sendable_signals()) ++count;
  CHECK(count == 64);
}
