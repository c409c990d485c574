// The pages about one process.
#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

void answer(Screen& s, Result<render::Page> page) {
  s.details.answer = DetailsAnswer{s.details.wishes.back(), std::move(page)};
  s.app.on_details();
}

render::Page page_of(int lines) {
  render::Page page{.headline = "a headline", .troubles = {}, .sections = {{"State", {}}}};
  for (int i = 0; i < lines; ++i)
    page.sections[0].lines.push_back({"label", "line " + std::to_string(i) + "."});
  return page;
}

}  // namespace

TEST_CASE("details: Enter asks for the selected process, the answer is drawn, Esc closes", "[tui]") {
  SmallScreen s;
  s.type(U"110");
  s.press(key::enter);
  REQUIRE(s.details.wishes.size() == 1);
  CHECK(s.details.wishes[0].process.pid == Pid(110));
  CHECK(s.details.wishes[0].tab == DetailsTab::overview);
  CHECK(contains(s.text(), "being read"));
  answer(s, page_of(3));
  CHECK(contains(s.text(), "a headline"));
  CHECK(contains(s.row(0), "110 "));
  CHECK(contains(s.row(1), "Overview"));
  s.press(key::escape);
  CHECK_FALSE(contains(s.text(), "a headline"));
}

TEST_CASE("details: l opens the files, e the environment, Tab and Right the next page", "[tui]") {
  SmallScreen s;
  s.type(U"110l");
  CHECK(s.details.wishes.back().tab == DetailsTab::files);
  s.press(key::tab);
  CHECK(s.details.wishes.back().tab == DetailsTab::signals);
  s.press(key::left);
  s.press(key::left);
  CHECK(s.details.wishes.back().tab == DetailsTab::overview);
  s.press(key::left);
  CHECK(s.details.wishes.back().tab == DetailsTab::locks);
  s.press(key::escape);
  s.press(U'e');
  CHECK(s.details.wishes.back().tab == DetailsTab::environment);
}

TEST_CASE("details: an answer to an older question is not shown", "[tui]") {
  SmallScreen s;
  s.type(U"110");
  s.press(key::enter);
  const DetailsWish old = s.details.wishes.back();
  s.press(key::tab);
  s.details.answer = DetailsAnswer{old, page_of(1)};
  s.app.on_details();
  CHECK_FALSE(contains(s.text(), "a headline"));
}

TEST_CASE("details: are asked for again with every scan", "[tui]") {
  SmallScreen s;
  s.type(U"110");
  s.press(key::enter);
  s.show(frame(small_system()));
  CHECK(s.details.wishes.size() == 2);
  CHECK(s.details.wishes[0] == s.details.wishes[1]);
}

TEST_CASE("details: when the process ends, what was seen last stays and the title says so", "[tui]") {
  SmallScreen s;
  s.type(U"110");
  s.press(key::enter);
  answer(s, page_of(2));
  answer(s, fail({Errc::gone, 0, "stat"}));
  CHECK(contains(s.text(), "a headline"));
  CHECK(contains(s.row(0), "it has ended"));
}

TEST_CASE("details: scroll to the end and back, and never beyond", "[tui]") {
  SmallScreen s(12, 60);
  s.type(U"110");
  s.press(key::enter);
  answer(s, page_of(50));
  s.text();
  s.press(key::end);
  CHECK(contains(s.text(), "line 49."));
  s.press(key::page_down);
  CHECK(contains(s.text(), "line 49."));
  s.press(key::home);
  CHECK(contains(s.text(), "a headline"));
}

namespace {

ProcessKey key_of(int pid) { return {Pid(pid), Ticks(100 * static_cast<std::uint64_t>(pid))}; }

/// Ten lines, of which the fourth names 120 and the sixth 111 and 200.
render::Page page_with_names() {
  render::Page page = page_of(10);
  page.sections[0].lines[3].text.name(key_of(120));
  page.sections[0].lines[5].text.name(key_of(111)).name(key_of(200)).name(key_of(110));
  return page;
}

void open_with_names(Screen& s) {
  s.show(frame(small_system()));
  s.type(U"110l");
  answer(s, page_with_names());
  s.text();
}

}  // namespace

TEST_CASE("details: Enter goes to the process that the line names, the same page; Esc back", "[tui]") {
  Screen s;
  open_with_names(s);
  CHECK(contains(s.text(), "to 120 less"));
  s.press(key::enter);
  CHECK(s.details.wishes.back() == DetailsWish{key_of(120), DetailsTab::files});
  CHECK(contains(s.row(0), "120 less"));
  s.press(key::escape);
  CHECK(s.details.wishes.back().process == key_of(110));
  CHECK(contains(s.text(), "line 3."));
  s.press(key::escape);
  CHECK(contains(s.text(), "COMMAND"));
  CHECK(s.selected() == 110);
}

TEST_CASE("details: closed on the way, the process that was seen last is selected", "[tui]") {
  Screen s;
  open_with_names(s);
  s.press(key::enter);
  s.press(U'q');
  CHECK(contains(s.text(), "COMMAND"));
  CHECK(s.selected() == 120);
}

TEST_CASE("details: of several processes on one line one is chosen, never the page's own", "[tui]") {
  Screen s;
  open_with_names(s);
  s.press(key::down);
  CHECK_FALSE(contains(s.text(), " to "));
  s.press(key::enter);
  CHECK(contains(s.app.message(), "no other process is named"));
  s.press(key::down);
  CHECK(contains(s.text(), "to 2 processes"));
  s.press(key::enter);
  CHECK(contains(s.text(), "Go to"));
  CHECK(contains(s.text(), "111 cc1plus"));
  s.press(key::down);
  s.press(key::enter);
  CHECK(s.details.wishes.back().process == key_of(200));
}

TEST_CASE("details: a process that was replaced is not gone to", "[tui]") {
  Screen s;
  open_with_names(s);
  auto reused = small_system();
  for (auto& p : reused) {
    if (p.pid == 120) p.start = 999'999;
  }
  s.show(frame(reused));
  s.press(key::enter);
  CHECK(contains(s.app.message(), "120 has ended"));
  CHECK(s.details.wishes.back().process == key_of(110));
}

TEST_CASE("details: the cursor stays in sight, and on its line when the page is read again", "[tui]") {
  SmallScreen s(12, 60);
  s.type(U"110l");
  auto page = page_of(50);
  page.sections[0].lines[40].text.name(key_of(120));
  answer(s, page);
  s.text();
  for (int i = 0; i < 43; ++i) s.press(key::down);
  CHECK(contains(s.text(), "line 40."));
  CHECK(contains(s.text(), "to 120 less"));
  s.show(frame(small_system()));
  answer(s, page);
  CHECK(contains(s.text(), "to 120 less"));
}

TEST_CASE("details: / searches as one types, n and N go on, and the search wraps round", "[tui]") {
  SmallScreen s(12, 60);
  s.type(U"110l");
  answer(s, page_of(50));
  s.text();
  s.type(U"/LINE 4");
  CHECK(contains(s.text(), "Search: LINE 4_"));
  CHECK(contains(s.text(), "line 4."));
  s.press(key::f(3));
  CHECK(contains(s.text(), "line 40."));
  s.press(key::enter);
  s.press(U'n');
  CHECK(contains(s.text(), "line 41."));
  s.press(U'N');
  s.press(U'N');
  CHECK(contains(s.text(), "line 4."));
  s.press(U'N');
  CHECK(contains(s.text(), "line 49."));
  s.type(U"/nowhere");
  CHECK(contains(s.app.message(), "no line has that"));
  s.press(key::escape);
  s.press(U'n');
  CHECK(contains(s.app.message(), "nothing was searched for"));
}

TEST_CASE("details: u asks for the stacks once, and not again with every scan", "[tui]") {
  SmallScreen s;
  s.type(U"110lu");
  const DetailsWish wish = s.details.wishes.back();
  CHECK(wish.tab == DetailsTab::stack);
  CHECK(wish.stacks == 1);
  s.show(frame(small_system()));
  CHECK(s.details.wishes.back() == wish);
  s.press(U'u');
  CHECK(s.details.wishes.back().stacks == 2);
}

TEST_CASE("details: no stacks with --readonly, nor of recorded processes, nor of ptop itself", "[tui]") {
  struct Case {
    Config config;
    std::string_view words;
  };
  for (const auto& [config, words] : {Case{{.self = Pid(999'999), .readonly = true}, "--readonly"},
                                      Case{{.self = Pid(999'999), .live = false}, "not this machine's"},
                                      Case{{.self = Pid(110)}, "cannot stop itself"}}) {
    Screen s(24, 80, config);
    s.show(frame(small_system()));
    s.type(U"110lu");
    CHECK(contains(s.app.message(), words));
    CHECK(s.details.wishes.back().stacks == 0);
  }
}

TEST_CASE("details: nothing breaks on any size", "[tui]") {
  for (int rows = 1; rows < 30; ++rows) {
    for (int columns : {1, 12, 20, 33, 80, 200}) {
      Screen s(rows, columns);
      s.show(frame(small_system()));
      s.type(U"110");
      s.press(key::enter);
      answer(s, page_of(50));
      CHECK_FALSE(s.text().empty());
    }
  }
}
