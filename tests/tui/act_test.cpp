// Tags, and what is done to processes: to whom, in which order, and what the screen says of it.
#include <algorithm>

#include "app.hpp"

#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;
using Done = test::FakeAct::Done;

namespace {

void choose_first(Screen& s) { s.press(key::enter); }

void finish_sending(Screen& s) {
  while (s.app.sending()) s.app.send_more();
}

}  // namespace

TEST_CASE("signals: the menu names the process, and its first entry is SIGTERM", "[tui]") {
  SmallScreen s;
  s.type(U"110k");
  CHECK(contains(s.text(), "Send a signal to 110 "));
  CHECK(s.act.done.empty());
  choose_first(s);
  CHECK(s.act.done == std::vector<Done>{{110, "SIGTERM"}});
  CHECK(contains(s.app.message(), "sent SIGTERM to 110"));
}

TEST_CASE("signals: Esc sends none", "[tui]") {
  SmallScreen s;
  s.type(U"110k");
  s.press(key::escape);
  CHECK(s.act.done.empty());
}

TEST_CASE("signals: a branch gets them leaves first", "[tui]") {
  SmallScreen s;
  s.type(U"100c");
  CHECK(contains(s.text(), "4 tagged"));
  s.press(U'k');
  CHECK(contains(s.text(), "Send a signal to 4 tagged processes"));
  choose_first(s);
  REQUIRE(s.act.done.size() == 4);
  CHECK(s.act.done.back().pid == 100);
}

namespace {

/// Pids in the order in which the signal came to them.
std::vector<int> reached(const Screen& s, std::string_view signal) {
  std::vector<int> pids;
  for (const Done& done : s.act.done)
    if (done.what == signal) pids.push_back(done.pid);
  return pids;
}

}  // namespace

TEST_CASE("signals: children of a branch born after it was tagged get it, each before its parent", "[tui]") {
  SmallScreen s;
  s.type(U"110c");
  s.press(U'k');
  CHECK(contains(s.text(), "Send a signal to 2 tagged processes and children born meanwhile"));
  s.act.children = {{110, {900}}, {900, {901}}};
  choose_first(s);
  CHECK(reached(s, "SIGTERM") == std::vector<int>{111, 901, 900, 110});
  CHECK(contains(s.app.message(), "sent SIGTERM to 2 tagged processes; also to 2 born meanwhile"));
}

TEST_CASE("signals: a branch that forks while it gets them is asked again until it does not", "[tui]") {
  SmallScreen s;
  s.type(U"110ck");
  // The parent answers each end of a child with another one, the first three times.
  s.act.on_signal = [&](int pid) {
    if (pid != 110 && s.act.children[110].size() < 3)
      s.act.children[110].push_back(900 + static_cast<int>(s.act.children[110].size()));
  };
  choose_first(s);
  CHECK(reached(s, "SIGTERM") == std::vector<int>{111, 900, 901, 902, 110});
}

TEST_CASE("signals: a child of a parent that ended before anybody looked gets it, where births are told",
          "[tui]") {
  SmallScreen s;
  s.type(U"110ck");
  s.act.births.emplace();
  s.act.on_signal = [&](int pid) {
    if (pid == 110) s.act.births->push_back({Pid(110), Pid(900)});
    if (pid == 900) s.act.births->push_back({Pid(900), Pid(901)});
  };
  choose_first(s);
  CHECK(reached(s, "SIGTERM") == std::vector<int>{111, 110, 900, 901});
  CHECK(contains(s.app.message(), "also to 2 born meanwhile"));
}

TEST_CASE("signals: births are those of a branch as long as the pid is one of it", "[tui]") {
  SmallScreen s;
  s.type(U"110ck");
  s.act.births.emplace();
  s.act.on_signal = [&](int pid) {
    if (pid != 110) return;
    // 111 ended; its pid is a stranger's by then, who is not meant, nor are its children, nor are others.
    *s.act.births = {{Pid(1), Pid(111)}, {Pid(111), Pid(900)}, {Pid(1), Pid(901)}, {Pid(110), Pid(902)}};
    s.act.births->push_back({Pid(1), Pid(902)});
  };
  choose_first(s);
  CHECK(reached(s, "SIGTERM") == std::vector<int>{111, 110});
}

TEST_CASE("signals: births without end are told, and do not hold up the screen", "[tui]") {
  SmallScreen s;
  s.type(U"110ck");
  s.act.births.emplace();
  int next = 900;
  s.act.on_signal = [&](int pid) { s.act.births->push_back({Pid(pid), Pid(next++)}); };
  choose_first(s);
  CHECK(contains(s.app.message(), "there are more children"));
  CHECK(s.act.done.size() < 200);
}

TEST_CASE("signals: a branch that forks without end is told, and does not hold up the screen", "[tui]") {
  SmallScreen s;
  s.type(U"110ck");
  int next = 900;
  s.act.on_signal = [&](int) { s.act.children[110].push_back(next++); };
  choose_first(s);
  finish_sending(s);
  CHECK(contains(s.app.message(), "there are more children"));
  CHECK(s.act.done.size() < 100);
}

TEST_CASE("signals: before SIGKILL a branch is stopped, so that nobody loses a parent unseen", "[tui]") {
  SmallScreen s;
  s.type(U"110ck9");
  s.act.children = {{110, {900}}};
  choose_first(s);
  CHECK(reached(s, "SIGSTOP") == std::vector<int>{110, 111, 900});
  CHECK(reached(s, "SIGKILL") == std::vector<int>{111, 900, 110});
  CHECK(s.act.done[1] == Done{111, "SIGSTOP"});
}

namespace {

/// A screen with a branch of 1,000 children of 110, tagged; its menu of signals is open.
struct LargeBranch : Screen {
  static constexpr int size = 1001;
  LargeBranch() {
    auto processes = small_system();
    for (int i = 1; i < size; ++i) processes.push_back({1000 + i, 110, "child", "child"});
    std::erase_if(processes, [](const Process& p) { return p.pid == 111; });
    show(frame(processes));
    type(U"110ck");
  }
};

}  // namespace

TEST_CASE("signals: thousands get theirs piece by piece, and keys count meanwhile", "[tui]") {
  LargeBranch s;
  choose_first(s);
  REQUIRE(s.app.sending());
  CHECK(s.act.done.size() < 200);
  CHECK(contains(s.app.message(), "sending SIGTERM to 1001 tagged processes: 128"));
  s.press(key::end);
  CHECK(s.selected() == 9);
  finish_sending(s);
  CHECK(s.act.done.size() == LargeBranch::size);
  CHECK(s.act.done.back().pid == 110);
  CHECK(contains(s.app.message(), "sent SIGTERM to 1001 tagged processes"));
}

TEST_CASE("signals: while one is on its way to a branch there is no second one", "[tui]") {
  LargeBranch s;
  choose_first(s);
  s.press(U'k');
  choose_first(s);
  CHECK(contains(s.app.message(), "SIGTERM is still being sent"));
  finish_sending(s);
  CHECK(s.act.done.size() == LargeBranch::size);
}

TEST_CASE("signals: all of a large branch are stopped before the first of it is killed", "[tui]") {
  LargeBranch s;
  s.press(U'9');
  choose_first(s);
  finish_sending(s);
  REQUIRE(reached(s, "SIGSTOP").size() == LargeBranch::size);
  REQUIRE(reached(s, "SIGKILL").size() == LargeBranch::size);
  CHECK(s.act.done[LargeBranch::size - 1].what == "SIGSTOP");
}

TEST_CASE("signals: while thousands get theirs nothing piles up that the kernel tells of births", "[tui]") {
  LargeBranch s;
  s.act.births.emplace();
  std::size_t most = 0;
  s.act.on_signal = [&](int) {
    s.act.births->push_back({Pid(1), Pid(5000)});
    most = std::max(most, s.act.births->size());
  };
  choose_first(s);
  finish_sending(s);
  CHECK(most == 1);
  CHECK(contains(s.app.message(), "sent SIGTERM to 1001 tagged processes"));
  CHECK_FALSE(contains(s.app.message(), "there are more children"));
}

TEST_CASE("signals: births in a large branch are looked for to the end", "[tui]") {
  LargeBranch s;
  s.act.children = {{1900, {5000}}};
  choose_first(s);
  s.act.children[1001] = {5001};
  finish_sending(s);
  CHECK(contains(s.app.message(), "also to 2 born meanwhile"));
}

TEST_CASE("signals: who untags one of a branch means those that are tagged and no others", "[tui]") {
  SmallScreen s;
  s.type(U"110c111");
  s.press(key::space);
  s.act.children = {{110, {900}}};
  s.press(U'k');
  CHECK_FALSE(contains(s.text(), "born meanwhile"));
  choose_first(s);
  CHECK(reached(s, "SIGTERM") == std::vector<int>{110});
}

TEST_CASE("signals: a process replaced while the menu was open is not the one that is meant", "[tui]") {
  SmallScreen s;
  s.type(U"110k");
  s.act.refusal = Error{Errc::gone, 0, "another process has this pid now"};
  choose_first(s);
  CHECK(contains(s.app.message(), "it has ended"));
}

TEST_CASE("signals: several failures name the first and count the others", "[tui]") {
  SmallScreen s;
  s.type(U"100ck");
  s.act.refusal = Error{Errc::denied, 1, "pidfd_send_signal"};
  choose_first(s);
  CHECK(contains(s.app.message(), "4 of 4 failed"));
  CHECK(contains(s.app.message(), "not permitted"));
}

TEST_CASE("tags: Space tags and goes on, U untags, an ended process loses its tag", "[tui]") {
  SmallScreen s;
  s.type(U"110");
  s.press(key::space);
  CHECK(s.selected() != 110);
  s.press(key::space);
  CHECK(s.app.list().tag_count() == 2);
  CHECK(s.line_with("110").starts_with("*"));
  auto fewer = small_system();
  std::erase_if(fewer, [](const test::Process& p) { return p.pid == 110; });
  s.show(frame(fewer));
  CHECK(s.app.list().tag_count() == 1);
  s.press(U'U');
  CHECK(s.app.list().tag_count() == 0);
}

TEST_CASE("tags: a pid that is used again is not tagged", "[tui]") {
  SmallScreen s;
  s.type(U"110");
  s.press(key::space);
  auto reused = small_system();
  for (auto& p : reused) {
    if (p.pid == 110) p.start = 999'999;
  }
  s.show(frame(reused));
  CHECK(s.app.list().tag_count() == 0);
}

TEST_CASE("nice: F8 makes it nicer, F7 less, each from its own value", "[tui]") {
  SmallScreen s;
  s.type(U"110");
  s.press(key::f(8));
  s.press(key::f(7));
  CHECK(s.act.done == std::vector<Done>{{110, "nice 1"}, {110, "nice -1"}});
}

TEST_CASE("I/O priority: chosen from a menu", "[tui]") {
  SmallScreen s;
  s.type(U"110i");
  CHECK(contains(s.text(), "I/O priority of 110"));
  s.press(key::down);
  s.press(key::enter);
  CHECK(s.act.done == std::vector<Done>{{110, "io 2/0"}});
}

TEST_CASE("readonly: nothing is done and nothing followed", "[tui]") {
  SmallScreen s(24, 80, {.self = Pid(999'999), .readonly = true});
  s.type(U"110");
  for (Key k : {key::f(7), key::f(8), key::f(9), Key{U'i'}}) {
    s.press(k);
    CHECK(contains(s.app.message(), "--readonly"));
  }
  s.press(U's');
  CHECK(contains(s.app.message(), "--readonly"));
  CHECK(s.act.done.empty());
  CHECK(s.port.wishes.empty());
}

TEST_CASE("recorded processes: nothing can be done to them", "[tui]") {
  SmallScreen s(24, 80, {.self = Pid(999'999), .live = false});
  s.type(U"110k");
  CHECK(contains(s.app.message(), "not this machine's"));
}

TEST_CASE("priorities: Shift-F7 and Shift-F8 change the autogroup's nice value", "[tui]") {
  SmallScreen s;
  s.type(U"110}{");
  s.press(key::f(19));
  CHECK(s.act.done == std::vector<Done>{{110, "autogroup -1"}, {110, "autogroup 1"}, {110, "autogroup -1"}});
}

TEST_CASE("signals: asked for once more, if that is wished; the first answer is no", "[tui]") {
  Config config{.self = Pid(999'999)};
  config.settings.confirm_signals = true;
  SmallScreen s(24, 100, config);
  s.type(U"110k");
  s.press(key::enter);
  CHECK(contains(s.text(), "Send SIGTERM to 110 make, which runs since "));
  CHECK(s.act.done.empty());
  s.press(key::enter);
  CHECK(s.act.done.empty());
  CHECK(contains(s.app.message(), "nothing was sent"));
  s.type(U"k");
  s.press(key::enter);
  s.press(key::down);
  s.press(key::enter);
  CHECK(s.act.done == std::vector<Done>{{110, "SIGTERM"}});
}
