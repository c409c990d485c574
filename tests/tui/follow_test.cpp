// Following from the screen, with a fake engine.
#include "app.hpp"
#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

void follow_make(Screen& s) {
  s.show(frame(small_system()));
  s.type(U"110");
  s.press(U's');
}

}  // namespace

TEST_CASE("follow: the selected process, by identity, and its events in a pane", "[tui]") {
  Screen s;
  follow_make(s);
  REQUIRE(s.port.wishes.size() == 1);
  CHECK(s.port.wishes[0].process == ProcessKey{Pid(110), Ticks(11000)});
  CHECK_FALSE(s.port.wishes[0].tree);
  follow::Forked forked;
  forked.child_pid = Pid(777);
  forked.child = {Tid(777), Ticks(5)};
  s.port.happen(Pid(110), forked);
  s.port.happen(Pid(777), follow::Exited{.code = 2});
  CHECK(contains(s.text(), "Following 110 make: 2 events"));
  CHECK(contains(s.line_with("fork   "), "777"));
  CHECK(contains(s.line_with("exit"), "0.003000"));
}

TEST_CASE("follow: S takes the descendants, the menu system calls too", "[tui]") {
  SmallScreen s;
  s.type(U"110");
  s.press(U'D');
  CHECK(s.port.wishes.back().tree);
  Screen m;
  m.show(frame(small_system()));
  m.type(U"110");
  m.press(U'f');
  CHECK(contains(m.text(), "Follow 110 make"));
  m.press(key::end);
  m.press(key::enter);
  REQUIRE(m.port.wishes.size() == 1);
  CHECK(m.port.wishes.back().tree);
  CHECK(m.port.wishes.back().syscalls);
}

TEST_CASE("follow: the same key again detaches and keeps the events", "[tui]") {
  Screen s;
  follow_make(s);
  s.port.happen(Pid(110), follow::Exited{.code = 0});
  s.press(U's');
  CHECK(s.port.detach_reason == "detached");
  s.port.finish();
  s.app.take_events();
  CHECK(s.port.wishes.size() == 1);
  CHECK(contains(s.text(), "Followed 110 make: 1 events (detached)"));
}

TEST_CASE("follow: several at once, each let go by its own key", "[tui]") {
  Screen s;
  follow_make(s);
  s.type(U"120");
  s.press(U's');
  REQUIRE(s.port.wishes.size() == 2);
  CHECK(s.port.wishes[1].process.pid == Pid(120));
  CHECK(contains(s.text(), "Following 110 make, 120 less: 0 events"));
  s.press(U's');
  REQUIRE(s.port.detached.size() == 1);
  CHECK(s.port.detached[0].pid == Pid(120));
  s.port.finish();
  CHECK(contains(s.text(), "Following 110 make: 0 events"));
}

TEST_CASE("follow: the same process in another way waits until it is let go", "[tui]") {
  Screen s;
  follow_make(s);
  s.press(U'D');
  s.app.take_events();
  CHECK(s.port.wishes.size() == 1);
  s.port.finish();
  s.app.take_events();
  REQUIRE(s.port.wishes.size() == 2);
  CHECK(s.port.wishes[1].tree);
}

TEST_CASE("follow: Esc in the pane detaches, then closes it", "[tui]") {
  Screen s;
  follow_make(s);
  s.press(U'o');
  s.press(key::escape);
  CHECK(s.port.detach_reason == "detached");
  s.port.finish();
  CHECK(s.app.pane_open());
  s.press(key::escape);
  CHECK_FALSE(s.app.pane_open());
  CHECK_FALSE(contains(s.text(), "Followed 110"));
  const int before = s.selected();
  s.press(key::up);  // the keys belong to the list again
  CHECK(s.selected() != before);
}

TEST_CASE("follow: a refusal is told in one line and opens no pane", "[tui]") {
  Screen s;
  s.port.refusal = Error{Errc::denied, 1, "110"};
  follow_make(s);
  CHECK(contains(s.text(), "cannot follow 110:"));
  CHECK_FALSE(s.app.pane_open());
}

TEST_CASE("follow: kernel threads, ptop itself and a recorded /proc are refused without asking", "[tui]") {
  SmallScreen s(24, 80, {.self = Pid(120)});
  s.press(key::end);
  s.press(U's');
  CHECK(contains(s.app.message(), "kernel thread"));
  s.type(U"120");
  s.press(U's');
  CHECK(contains(s.app.message(), "itself"));
  Screen recorded(24, 80, {.self = Pid(9999), .live = false});
  recorded.show(frame(small_system()));
  recorded.press(U's');
  CHECK(contains(recorded.app.message(), "not this machine's"));
  CHECK(s.port.wishes.empty());
  CHECK(recorded.port.wishes.empty());
}

TEST_CASE("follow: what carries our terminal is refused, the shell we came from is not", "[tui]") {
  const std::vector<test::Process> system{{1, 0, "init", "init"},
                                          {50, 1, "tmux: server", "tmux"},
                                          {60, 50, "bash", "-bash", 'S', 0, 0, 100, 0, 60},
                                          {70, 60, "ptop", "ptop", 'S', 0, 0, 100, 0, 60}};
  Screen s(24, 80, {.self = Pid(70)});
  s.show(frame(system));
  s.type(U"50");
  s.press(U's');
  CHECK(contains(s.app.message(), "carries this terminal"));
  s.type(U"60");
  s.press(U's');
  REQUIRE(s.port.wishes.size() == 1);
  CHECK(s.port.wishes[0].process.pid == Pid(60));
}

TEST_CASE("event log: bounded, the oldest go first and are counted", "[tui]") {
  EventLog log(3);
  log.begin({});
  for (int i = 0; i < 5; ++i) log.on({.pid = Pid(100 + i), .what = follow::Exited{.code = 0}});
  CHECK(log.lines().size() == 3);
  CHECK(log.lines().front().pid == Pid(102));
  CHECK(log.dropped() == 2);
  CHECK(log.total() == 5);
}

TEST_CASE("event log: who reads older lines keeps seeing them while new ones come", "[tui]") {
  EventLog log(100);
  log.begin({});
  const auto add = [&](int n) {
    for (int i = 0; i < n; ++i) log.on({.what = follow::Exited{.code = 0}});
  };
  add(50);
  CHECK(log.first_shown(10) == 40);
  log.scroll(-15, 10);
  CHECK(log.first_shown(10) == 25);
  add(20);
  CHECK(log.first_shown(10) == 25);
  add(40);  // 110 of 100: ten lines dropped, the same lines are ten further up
  CHECK(log.first_shown(10) == 15);
  log.scroll_to_end();
  CHECK(log.first_shown(10) == 90);
  log.scroll_to_start();
  CHECK(log.first_shown(10) == 0);
}

TEST_CASE("event log: a command line of two megabytes does not stay", "[tui]") {
  EventLog log;
  log.begin({});
  follow::Execed exec;
  exec.path = "/bin/echo";
  exec.argv = {"echo", std::string(2'000'000, 'x')};
  log.on({.what = exec});
  CHECK(log.lines().front().text.size() < 5000);
}

TEST_CASE("event pane: o moves the keys to it, PgUp scrolls, End goes on with the newest", "[tui]") {
  Screen s;
  follow_make(s);
  for (int i = 0; i < 100; ++i) s.port.happen(Pid(2000 + i), follow::Exited{.code = 0});
  CHECK(contains(s.text(), "2099"));
  s.press(U'o');
  s.press(key::page_up);
  CHECK_FALSE(contains(s.text(), "2099"));
  CHECK(contains(s.text(), "newer below"));
  s.press(key::end);
  CHECK(contains(s.text(), "2099"));
}
