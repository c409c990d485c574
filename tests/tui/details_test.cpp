// The pages about one process.
#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using test::contains;
using test::frame;
using test::Screen;
using test::small_system;

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
  Screen s;
  s.show(frame(small_system()));
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
  Screen s;
  s.show(frame(small_system()));
  s.type(U"110l");
  CHECK(s.details.wishes.back().tab == DetailsTab::files);
  s.press(key::tab);
  CHECK(s.details.wishes.back().tab == DetailsTab::signals);
  s.press(key::left);
  s.press(key::left);
  CHECK(s.details.wishes.back().tab == DetailsTab::overview);
  s.press(key::left);
  CHECK(s.details.wishes.back().tab == DetailsTab::threads);
  s.press(key::escape);
  s.press(U'e');
  CHECK(s.details.wishes.back().tab == DetailsTab::environment);
}

TEST_CASE("details: an answer to an older question is not shown", "[tui]") {
  Screen s;
  s.show(frame(small_system()));
  s.type(U"110");
  s.press(key::enter);
  const DetailsWish old = s.details.wishes.back();
  s.press(key::tab);
  s.details.answer = DetailsAnswer{old, page_of(1)};
  s.app.on_details();
  CHECK_FALSE(contains(s.text(), "a headline"));
}

TEST_CASE("details: are asked for again with every scan", "[tui]") {
  Screen s;
  s.show(frame(small_system()));
  s.type(U"110");
  s.press(key::enter);
  s.show(frame(small_system()));
  CHECK(s.details.wishes.size() == 2);
  CHECK(s.details.wishes[0] == s.details.wishes[1]);
}

TEST_CASE("details: when the process ends, what was seen last stays and the title says so", "[tui]") {
  Screen s;
  s.show(frame(small_system()));
  s.type(U"110");
  s.press(key::enter);
  answer(s, page_of(2));
  answer(s, fail({Errc::gone, 0, "stat"}));
  CHECK(contains(s.text(), "a headline"));
  CHECK(contains(s.row(0), "it has ended"));
}

TEST_CASE("details: scroll to the end and back, and never beyond", "[tui]") {
  Screen s(12, 60);
  s.show(frame(small_system()));
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
