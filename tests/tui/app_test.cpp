// Keys and frames to state: selection, tree, sorting, filter, search.
#include "app.hpp"

#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

TEST_CASE("selection: arrows, Home and End move it and stop at the ends", "[tui]") {
  SmallScreen s;
  s.text();
  CHECK(s.selected() == 1);
  s.press(key::down);
  CHECK(s.selected() == 100);
  s.press(key::up);
  s.press(key::up);
  CHECK(s.selected() == 1);
  s.press(key::end);
  CHECK(s.selected() == 9);
  s.press(key::down);
  CHECK(s.selected() == 9);
  s.press(key::home);
  CHECK(s.selected() == 1);
}

TEST_CASE("selection: a page is what the screen shows", "[tui]") {
  std::vector<test::Process> many{{1, 0, "init", "init"}};
  for (int pid = 10; pid < 110; ++pid) many.push_back({pid, 1, "child", "child"});
  Screen s(5, 40);
  s.show(frame(many));
  s.text();  // header, three rows, hints
  s.press(key::page_down);
  CHECK(s.selected() == 11);
  s.press(key::page_up);
  CHECK(s.selected() == 1);
  s.press(key::end);
  CHECK(contains(s.text(), "109"));
}

TEST_CASE("selection: follows its process when rows are inserted above it", "[tui]") {
  SmallScreen s;
  s.type(U"120");
  CHECK(s.selected() == 120);
  auto more = small_system();
  for (int pid = 101; pid < 109; ++pid) more.push_back({pid, 100, "new", "new"});
  s.show(frame(more));
  CHECK(s.selected() == 120);
}

TEST_CASE("selection: a pid used again under the cursor is another process, so nothing is selected",
          "[tui]") {
  SmallScreen s;
  s.type(U"120");
  auto reused = small_system();
  for (auto& p : reused) {
    if (p.pid == 120) p.start = 999'999, p.comm = "victim";
  }
  s.show(frame(reused));
  CHECK(s.selected() == 0);
  REQUIRE(s.app.list().ended());
  CHECK(contains(s.text(), "120 has ended, nothing is selected"));
  s.press(U's');
  CHECK(s.port.wishes.empty());
  CHECK(contains(s.app.message(), "nothing is selected: 120 has ended"));
  s.press(key::up);
  CHECK(s.selected() != 0);
}

TEST_CASE("selection: digits select the pid that begins with them, and start over when none does", "[tui]") {
  SmallScreen s;
  s.type(U"2");
  CHECK(s.selected() == 2);
  s.type(U"0");
  CHECK(s.selected() == 200);
  s.type(U"111");
  CHECK(s.selected() == 111);
}

TEST_CASE("selection: when its process ends, the cursor keeps its place and selects nobody by itself",
          "[tui]") {
  SmallScreen s;
  s.type(U"111");
  auto fewer = small_system();
  std::erase_if(fewer, [](const auto& p) { return p.pid == 111; });
  s.show(frame(fewer));
  CHECK(s.selected() == 0);
  s.show(frame(fewer));
  CHECK(s.selected() == 0);
  s.press(key::down);
  CHECK(s.selected() != 0);
}

TEST_CASE("tree: parents before children, siblings by age", "[tui]") {
  Screen s;
  const auto f = frame(small_system());
  s.show(f);
  CHECK(s.pids(f) == std::vector{1, 100, 110, 111, 120, 200, 2, 9});
}

TEST_CASE("tree: a collapsed branch shows the memory of all its processes", "[tui]") {
  SmallScreen s(24, 100);
  const auto alone = s.line_with("bash");
  s.type(U"100");
  s.press(U'-');
  // 100 + 300 + 9000 + 100 pages of 4096 bytes
  CHECK(contains(alone, "400K"));
  CHECK(contains(s.line_with("bash"), " 37M"));
}

TEST_CASE("scans: figures of rows out of sight matter where they are summed, filtered or put in order",
          "[tui]") {
  SmallScreen s;
  CHECK_FALSE(s.app.scan_wish().others_matter);
  s.type(U"100-");
  CHECK(s.app.scan_wish().others_matter);
  s.press(U'+');
  CHECK_FALSE(s.app.scan_wish().others_matter);
  s.press(U'P');
  CHECK(s.app.scan_wish().others_matter);
}

TEST_CASE("tree: a collapsed branch hides its descendants and counts them", "[tui]") {
  Screen s;
  const auto f = frame(small_system());
  s.show(f);
  s.type(U"100");
  s.press(U'-');
  CHECK(s.pids(f) == std::vector{1, 100, 200, 2, 9});
  CHECK(contains(s.line_with("bash"), "[+3] -bash"));
  s.press(U'+');
  CHECK(s.pids(f).size() == 8);
  s.press(U'=');
  CHECK(s.pids(f).size() == 5);
  s.press(U'=');
  CHECK(s.pids(f).size() == 8);
}

TEST_CASE("tree: collapsing everything moves the selection to the ancestor that is left", "[tui]") {
  Screen s;
  const auto f = frame(small_system());
  s.show(f);
  s.type(U"111");
  s.press(U'*');
  CHECK(s.pids(f) == std::vector{1, 100, 200, 2, 9});
  CHECK(s.selected() == 100);
  s.press(U'*');
  CHECK(s.pids(f).size() == 8);
}

TEST_CASE("tree: a branch stays collapsed across refreshes, but not for a process that reuses the pid",
          "[tui]") {
  SmallScreen s;
  s.type(U"110");
  s.press(U'-');
  const auto same = frame(small_system());
  s.show(same);
  CHECK(s.pids(same).size() == 7);
  auto reused = small_system();
  for (auto& p : reused) {
    if (p.pid == 110) p.start = 777'777;
  }
  const auto other = frame(reused);
  s.show(other);
  CHECK(s.pids(other).size() == 8);
}

TEST_CASE("flat list: sorted by the chosen column, and turned round", "[tui]") {
  Screen s;
  const auto f = frame(small_system());
  s.show(f);
  s.press(U't');
  s.press(U'M');
  CHECK(s.pids(f).front() == 111);
  CHECK(s.pids(f)[1] == 110);
  s.press(U'I');
  CHECK(s.pids(f).back() == 111);
  s.press(U'N');
  CHECK(s.pids(f) == std::vector{1, 2, 9, 100, 110, 111, 120, 200});
}

TEST_CASE("tree: sorting orders siblings and leaves parents above children", "[tui]") {
  Screen s;
  auto system = small_system();
  system.push_back({300, 100, "huge", "huge", 'S', 0, 0, 99'999});
  const auto f = frame(system);
  s.show(f);
  s.press(U'M');
  const auto pids = s.pids(f);
  const auto at = [&](int pid) { return std::find(pids.begin(), pids.end(), pid) - pids.begin(); };
  CHECK(at(100) < at(300));
  CHECK(at(300) < at(110));
  CHECK(at(110) < at(111));
}

TEST_CASE("kernel threads: hidden and shown by one key", "[tui]") {
  Screen s;
  const auto f = frame(small_system());
  s.show(f);
  s.press(U'K');
  CHECK(s.pids(f) == std::vector{1, 100, 110, 111, 120, 200});
  s.press(U'K');
  CHECK(s.pids(f).size() == 8);
}

TEST_CASE("filter: the tree keeps the ancestors of what matches", "[tui]") {
  Screen s;
  const auto f = frame(small_system());
  s.show(f);
  s.press(U'\\');
  s.type(U"CC1");
  CHECK(s.pids(f) == std::vector{1, 100, 110, 111});
  s.press(key::enter);
  CHECK(contains(s.text(), "filter: CC1"));
  s.press(U't');
  CHECK(s.pids(f) == std::vector{111});
}

TEST_CASE("filter: the cursor goes to the first match, and stays on one", "[tui]") {
  SmallScreen s;
  s.press(U'\\');
  s.type(U"ss");
  CHECK(s.selected() == 120);
  s.press(key::enter);
  s.type(U"200");
  s.press(U'\\');
  s.type(U"h");
  CHECK(s.selected() == 200);
  s.press(key::enter);
  s.press(key::home);
  s.show(frame(small_system()));
  CHECK(s.selected() == 1);  // who goes to an ancestor means it
}

TEST_CASE("filter: the cursor goes to a match as soon as there is one", "[tui]") {
  SmallScreen s;
  s.press(U'\\');
  s.type(U"age<1h");
  CHECK(s.selected() == 0);
  auto later = small_system();
  later.push_back({130, 100, "young", "young", 'S', 9'005'000});
  s.show(frame(later));
  CHECK(s.selected() == 130);
}

TEST_CASE("filter: Esc brings the cursor back to where it was", "[tui]") {
  SmallScreen s;
  s.type(U"110");
  s.press(U'\\');
  s.type(U"less");
  CHECK(s.selected() == 120);
  s.press(key::escape);
  CHECK(s.selected() == 110);
}

TEST_CASE("filter: ancestors show no figures, so that the matches stand out", "[tui]") {
  SmallScreen s(24, 100);
  s.press(U'\\');
  s.type(U"cc1");
  CHECK(contains(s.line_with("cc1plus main"), " 35M "));
  const std::string ancestor = s.line_with("make -j2");
  CHECK(contains(ancestor, " 110 "));
  CHECK_FALSE(contains(ancestor, "root"));
  CHECK_FALSE(contains(ancestor, "1.2M"));
  s.press(key::enter);
  s.type(U"110-");
  CHECK(contains(s.line_with("make -j2"), " 36M "));
}

TEST_CASE("filter: Esc brings back what was there before", "[tui]") {
  Screen s;
  const auto f = frame(small_system());
  s.show(f);
  s.press(U'\\');
  s.type(U"nothing like this");
  CHECK(s.pids(f).empty());
  CHECK(contains(s.text(), "no process matches"));
  s.press(key::escape);
  CHECK(s.pids(f).size() == 8);
}

TEST_CASE("search: selects the first match as it is typed, then the next ones", "[tui]") {
  SmallScreen s;
  s.press(U'/');
  s.type(U"ss");
  CHECK(s.selected() == 120);
  s.press(key::f(3));
  CHECK(s.selected() == 200);
  s.press(key::f(3));
  CHECK(s.selected() == 120);
  s.type(U"zzz");
  CHECK(contains(s.text(), "no such command"));
  s.press(key::escape);
  CHECK(s.selected() == 120);
  CHECK(contains(s.text(), "F10Quit"));
}

TEST_CASE("search: keys that are commands elsewhere are text here", "[tui]") {
  SmallScreen s;
  s.press(U'/');
  s.type(U"qs日");
  CHECK_FALSE(s.app.done());
  CHECK(s.port.wishes.empty());
  CHECK(contains(s.text(), "Search: qs日"));
  s.press(key::backspace);
  CHECK(contains(s.text(), "Search: qs_"));
}

TEST_CASE("search: n goes on with the last one, and Alt-n goes back", "[tui]") {
  SmallScreen s;
  s.press(U'n');
  CHECK(contains(s.app.message(), "nothing was searched for"));
  s.type(U"/ss");
  s.press(key::enter);
  CHECK(s.selected() == 120);
  s.press(U'n');
  CHECK(s.selected() == 200);
  s.press(key::alt('n'));
  CHECK(s.selected() == 120);
  s.press(key::alt('n'));
  CHECK(s.selected() == 200);
}

TEST_CASE("search: Shift-F3 goes back while one types", "[tui]") {
  SmallScreen s;
  s.type(U"/ss");
  s.press(key::f(15));
  CHECK(s.selected() == 200);
}

TEST_CASE("search: a letter that is no key begins one", "[tui]") {
  SmallScreen s;
  s.type(U"v");
  CHECK(contains(s.text(), "Search: v"));
}

TEST_CASE("F: the cursor stays on its line instead of its process", "[tui]") {
  SmallScreen s;
  s.type(U"120F");
  const auto line = s.app.list().cursor();
  auto more = small_system();
  for (int pid = 101; pid < 105; ++pid) more.push_back({pid, 100, "new", "new"});
  s.show(frame(more));
  CHECK(s.app.list().cursor() == line);
  CHECK(s.selected() != 120);
  CHECK(s.selected() == s.app.list().rows()[line].pid.raw());
  s.press(U'F');
  const int now = s.selected();
  s.show(frame(small_system()));
  CHECK((s.selected() == now || s.app.list().ended()));
}

TEST_CASE("p: programs with and without their directories", "[tui]") {
  SmallScreen s(24, 120);
  CHECK(contains(s.line_with("cc1plus"), "/usr/lib/cc1plus"));
  s.press(U'p');
  CHECK_FALSE(contains(s.line_with("cc1plus"), "/usr/lib"));
  CHECK(contains(s.line_with("cc1plus"), "cc1plus main.cpp"));
  s.press(U'p');
  CHECK(contains(s.line_with("cc1plus"), "/usr/lib/cc1plus"));
}

TEST_CASE("m: exe and comm stand before a command line that does not tell them", "[tui]") {
  auto made =
      test::snapshot({{1, 0, "init", "init"}, {5, 1, "worker", "python3 serve.py"}, {6, 1, "sh", "sh"}});
  for (std::size_t i = 0; i < made.processes.size(); ++i) {
    auto& p = made.processes.change(i);
    p.exe = p.pid.raw() == 5 ? "/usr/bin/python3.11" : "/bin/" + std::string(p.stat.comm);
  }
  Screen s(24, 120);
  s.show(make_frame(made, nullptr));
  CHECK_FALSE(s.app.scan_wish().shown_sources.has(model::Source::exe));
  CHECK_FALSE(contains(s.text(), "python3.11"));
  s.press(U'm');
  CHECK(s.app.scan_wish().shown_sources.has(model::Source::exe));
  CHECK(contains(s.line_with("serve"), "/usr/bin/python3.11 (worker) python3 serve.py"));
  CHECK(contains(s.line_with(" 6 "), "─ sh"));
}

TEST_CASE("w: the whole command line on as many lines as it takes", "[tui]") {
  Screen s(10, 40);
  auto system = small_system();
  system.push_back({300, 100, "long", "long " + std::string(100, 'a') + "END"});
  s.show(frame(system));
  s.type(U"300w");
  CHECK(contains(s.row(0), "Command of 300 long"));
  CHECK(contains(s.text(), "END"));
  s.press(key::escape);
  CHECK(contains(s.text(), "COMMAND"));
}

TEST_CASE("^E and ^A: to the end of the commands and back", "[tui]") {
  Screen s(10, 60);
  auto system = small_system();
  system.push_back({300, 100, "long", "long " + std::string(100, 'a') + "END"});
  s.show(frame(system));
  s.type(U"300");
  CHECK_FALSE(contains(s.line_with(" 300 "), "END"));
  s.press(key::ctrl('E'));
  CHECK(contains(s.line_with(" 300 "), "aaEND"));
  s.press(key::ctrl('A'));
  CHECK(contains(s.line_with(" 300 "), "long aa"));
}

TEST_CASE("#: the meters make room for the list", "[tui]") {
  SmallScreen s(24, 80);
  s.press(U'#');
  CHECK_FALSE(contains(s.text(), "Mem["));
  s.press(U'#');
  CHECK(contains(s.text(), "Mem["));
}

TEST_CASE("half pages: ^D and ^U", "[tui]") {
  std::vector<test::Process> many{{1, 0, "init", "init"}};
  for (int pid = 10; pid < 110; ++pid) many.push_back({pid, 1, "child", "child"});
  Screen s(12, 60);
  s.show(frame(many));
  s.text();
  s.press(key::ctrl('D'));
  const int there = s.selected();
  CHECK(there > 10);
  CHECK(there < 18);
  s.press(key::ctrl('U'));
  CHECK(s.selected() == 1);
}

TEST_CASE("menus: sort by a column, one user's processes", "[tui]") {
  Screen s;
  auto system = small_system();
  for (auto& p : system) p.uid = p.pid == 200 ? 4'000'000'000U : 0;
  const auto f = frame(system);
  s.show(f);
  s.press(U'u');
  CHECK(contains(s.text(), "Processes of"));
  CHECK(contains(s.text(), "4000000000"));
  s.press(key::down);
  s.press(key::enter);
  CHECK(s.pids(f) == std::vector{1, 200});  // its parent is shown as context
  s.press(U'>');
  CHECK(contains(s.text(), "Sort by"));
  s.press(key::escape);
  CHECK_FALSE(contains(s.text(), "Sort by"));
}

TEST_CASE("quit: F10, q and Ctrl-C", "[tui]") {
  for (Key k : {key::f(10), Key{U'q'}, key::ctrl('C')}) {
    Screen s;
    s.show(frame(small_system()));
    s.press(k);
    CHECK(s.app.done());
  }
}

TEST_CASE("every key of the table may be pressed on an empty screen and on a full one", "[tui]") {
  for (const bool full : {false, true}) {
    for (const Binding& b : bindings()) {
      Screen s(24, 80);
      if (full) s.show(frame(small_system()));
      s.text();
      s.press(b.keys[0]);
      s.text();
      for (const Binding& second : bindings()) s.press(second.keys[0]), s.text();
    }
  }
  SUCCEED("nothing broke");
}

TEST_CASE("Alt: where it means nothing it is Esc and the key", "[tui]") {
  SmallScreen s;
  s.press(U'?');
  s.press(key::alt('q'));
  CHECK(s.app.done());
  Screen t;
  t.show(frame(small_system()));
  t.type(U"110");
  t.press(key::alt('k'));
  CHECK(t.selected() == 100);
}
