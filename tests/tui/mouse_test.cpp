// Clicks: what lies where, and what it does.
#include "ptop/base/escape.hpp"
#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;
using Button = Mouse::Button;

namespace {

/// Clicks on the first place where `part` is to be read.
void click(Screen& s, std::string_view part, Button button = Button::left) {
  s.text();
  for (int row = 0; row < s.surface.rows(); ++row) {
    const std::string line = s.surface.text(row);
    const auto at = line.find(part);
    if (at == line.npos) continue;
    const auto column = static_cast<int>(display_width(std::string_view(line).substr(0, at)));
    return s.app.on_mouse({button, row, column}, s.surface);
  }
  FAIL("nowhere on the screen: " << part);
}

}  // namespace

TEST_CASE("mouse: a click selects, the right button opens the pages", "[tui]") {
  SmallScreen s;
  click(s, "less README");
  CHECK(s.selected() == 120);
  click(s, "sshd", Button::right);
  REQUIRE(s.details.wishes.size() == 1);
  CHECK(s.details.wishes[0].process.pid == Pid(200));
  click(s, "Limits");
  CHECK(s.details.wishes.back().tab == DetailsTab::limits);
  click(s, "Esc");
  CHECK(contains(s.text(), "COMMAND"));
}

TEST_CASE("mouse: a click on a title sorts, again the other way round", "[tui]") {
  SmallScreen s(24, 100);
  click(s, "RSS");
  CHECK(s.app.list().sort() == Sort{model::ColumnId::rss, true});
  click(s, "RSS");
  CHECK(s.app.list().sort() == Sort{model::ColumnId::rss, false});
}

TEST_CASE("mouse: tabs, hints and menus are clicked", "[tui]") {
  SmallScreen s;
  click(s, "Memory");
  CHECK(contains(s.text(), "ANON"));
  click(s, "F1Help");
  CHECK(contains(s.text(), "ptop: keys"));
  s.press(key::escape);
  click(s, "sshd");
  s.press(U'k');
  click(s, "SIGHUP");
  CHECK(s.act.done == std::vector<test::FakeAct::Done>{{200, "SIGHUP"}});
}

TEST_CASE("mouse: a click on what a key or a click before it closed, not drawn yet, is for nobody", "[tui]") {
  SmallScreen s;
  s.type(U"110k");
  const auto lines = s.text();
  REQUIRE(contains(lines, "SIGHUP"));
  s.app.draw(s.surface);
  const Surface drawn = s.surface;
  s.press(key::escape);
  for (int row = 0; row < drawn.rows(); ++row) s.app.on_mouse({Button::left, row, 20}, drawn);
  CHECK(s.act.done.empty());
  s.type(U"110k");
  s.app.draw(s.surface);
  const Surface menu = s.surface;
  for (int row = 0; row < menu.rows(); ++row) {
    if (menu.spot_at(row, 20).kind != Spot::Kind::menu_item) continue;
    s.app.on_mouse({Button::left, row, 20}, menu);
    s.app.on_mouse({Button::left, row, 20}, menu);
  }
  CHECK(s.act.done.size() == 1);
}

TEST_CASE("mouse: the tabs of a page that was closed, not drawn yet, are for nobody", "[tui]") {
  SmallScreen s;
  s.type(U"l");
  s.app.draw(s.surface);
  const Surface page = s.surface;
  const auto asked = s.details.wishes.size();
  REQUIRE(asked == 1);
  s.press(key::escape);
  int tabs = 0;
  for (int row = 0; row < page.rows(); ++row) {
    for (int column = 0; column < page.columns(); ++column) {
      if (page.spot_at(row, column).kind != Spot::Kind::details_tab) continue;
      s.app.on_mouse({Button::left, row, column}, page);
      ++tabs;
    }
  }
  CHECK(tabs > 0);
  CHECK(s.details.wishes.size() == asked);
}

TEST_CASE("mouse: a click beside a menu closes it", "[tui]") {
  SmallScreen s;
  s.press(key::f(6));
  s.text();
  s.app.on_mouse({Button::left, 0, 0}, s.surface);
  CHECK_FALSE(contains(s.text(), "Sort by"));
}

TEST_CASE("mouse: the wheel moves by three rows, in a menu by one", "[tui]") {
  SmallScreen s;
  s.text();
  s.press(key::home);
  s.app.on_mouse({Button::wheel_down, 10, 10}, s.surface);
  CHECK(s.app.list().cursor() == 3);
  s.app.on_mouse({Button::wheel_up, 10, 10}, s.surface);
  CHECK(s.app.list().cursor() == 0);
}

TEST_CASE("mouse: a click on nothing does nothing", "[tui]") {
  SmallScreen s;
  const std::string before = s.text();
  s.app.on_mouse({Button::left, 1, 1}, s.surface);
  s.app.on_mouse({Button::left, 500, 500}, s.surface);
  CHECK(s.text() == before);
}
