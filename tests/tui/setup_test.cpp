// The setup screen: what keys change, and that it shows at once.
#include "setup.hpp"

#include "ptop/base/escape.hpp"
#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

/// Open, on that page, in its first panel.
void open(Screen& s, SetupPage page) {
  s.show(frame(small_system()));
  s.press(key::f(2));
  for (int i = 0; i < static_cast<int>(page); ++i) s.press(key::down);
  s.press(key::right);
}

void go_to(Screen& s, std::string_view part) {
  for (int i = 0; i < 200; ++i) {
    s.text();
    for (int y = 0; y < s.surface.rows(); ++y) {
      const auto at = s.surface.text(y).find(part);
      if (at == std::string::npos) continue;
      const Cell& cell = s.surface.at(y, static_cast<int>(display_width(s.surface.text(y).substr(0, at))));
      if (cell.ink == Ink::selection) return;
    }
    s.press(key::down);
  }
  FAIL("no row with " << part << "\n" << s.text());
}

}  // namespace

TEST_CASE("setup: F2, S and C open it, and Esc, q, F10 and F2 close it", "[tui]") {
  for (const Key open_key : {key::f(2), Key{U'S'}, Key{U'C'}}) {
    for (const Key close_key : {key::escape, Key{U'q'}, key::f(10), key::f(2)}) {
      Screen s;
      s.show(frame(small_system()));
      s.press(open_key);
      CHECK(contains(s.text(), " Setup "));
      CHECK(contains(s.text(), "Colours"));
      s.press(close_key);
      CHECK(contains(s.text(), "COMMAND"));
      CHECK_FALSE(s.app.done());
    }
  }
}

TEST_CASE("setup, display: a switch holds at once", "[tui]") {
  Screen s(40, 100);
  open(s, SetupPage::display);
  go_to(s, "Show kernel threads");
  CHECK(contains(s.line_with("Show kernel threads"), "[x]"));
  s.press(key::space);
  CHECK(contains(s.line_with("Show kernel threads"), "[ ]"));
  CHECK_FALSE(s.app.settings().kernel_threads);
  s.press(key::escape);
  CHECK_FALSE(contains(s.text(), "kthreadd"));
}

TEST_CASE("setup, display: a number goes up and down within its bounds", "[tui]") {
  Screen s(40, 100);
  open(s, SetupPage::display);
  go_to(s, "Seconds between");
  s.press(U'+');
  CHECK(s.app.settings().delay_s == Approx(1.6));
  for (int i = 0; i < 30; ++i) s.press(U'-');
  CHECK(s.app.settings().delay_s == Approx(0.1));
  CHECK(contains(s.line_with("Seconds between"), "[0.1]"));
}

TEST_CASE("setup, meters: style, order, sides, removing and adding", "[tui]") {
  Screen s(40, 120);
  open(s, SetupPage::meters);
  const auto& meters = s.app.settings().meters;
  CHECK(contains(s.line_with("Memory"), "bar"));
  s.press(key::down);
  s.press(key::enter);
  CHECK(meters[0][1] == Meter{MeterId::memory, MeterStyle::graph});
  s.press(U'[');
  CHECK(meters[0][0].id == MeterId::memory);
  s.press(U'>');
  CHECK(meters[1].back().id == MeterId::memory);
  CHECK(meters[0].size() == 2);
  s.press(U'd');
  CHECK(meters[1].back().id == MeterId::host);
  s.press(key::right);
  go_to(s, "Pressure: waiting for I/O");
  s.press(key::enter);
  CHECK(meters[0].back() == Meter{MeterId::psi_io, MeterStyle::text});
  s.press(U'>');
  CHECK(meters[1].back().id == MeterId::psi_io);
}

TEST_CASE("setup, screens: add, rename, move and remove", "[tui]") {
  Screen s(40, 120);
  open(s, SetupPage::screens);
  const auto& screens = s.app.settings().screens;
  const auto count = screens.size();
  s.press(U'a');
  s.type(U"Mine");
  CHECK(contains(s.text(), "Name: Mine"));
  s.press(key::enter);
  REQUIRE(screens.size() == count + 1);
  CHECK(screens[1].name == "Mine");
  s.press(U'[');
  CHECK(screens[0].name == "Mine");
  s.press(key::enter);
  s.press(key::ctrl('U'));
  s.press(key::enter);
  CHECK(contains(s.text(), "a name has from 1 to 40"));
  s.type(U"Größe");
  s.press(key::enter);
  CHECK(screens[0].name == "Größe");
  s.press(U'd');
  CHECK(screens.size() == count);
  for (std::size_t i = 0; i < count + 3; ++i) s.press(U'd');
  CHECK(screens.size() == 1);
  CHECK(contains(s.text(), "the last screen stays"));
}

TEST_CASE("setup, screens: a query that is wrong stays to be mended", "[tui]") {
  Screen s(40, 120);
  open(s, SetupPage::screens);
  s.press(key::right);
  go_to(s, "Query");
  s.press(key::enter);
  s.type(U"pid>");
  s.press(key::enter);
  CHECK(s.app.settings().screens[0].query.empty());
  CHECK(contains(s.text(), "Query: pid>"));
  s.type(U"=110");
  s.press(key::enter);
  CHECK(s.app.settings().screens[0].query == "pid>=110");
  s.press(key::escape);
  s.press(U't');
  CHECK_FALSE(contains(s.text(), "/sbin/init"));
}

TEST_CASE("setup, columns: the list shows them at once, with their width", "[tui]") {
  Screen s(50, 120);
  open(s, SetupPage::columns);
  s.press(key::right);
  const auto& tab = s.app.settings().screens[0];
  CHECK(contains(s.text(), "process ID."));  // help of the column table
  s.press(key::down);
  s.press(U'+');
  CHECK(tab.widths.at(model::ColumnId::user) > 1);
  s.press(key::enter);
  CHECK(tab.widths.empty());
  s.press(U'[');
  CHECK(tab.columns[0] == model::ColumnId::user);
  s.press(U'd');
  CHECK(tab.columns[0] == model::ColumnId::pid);
  CHECK_FALSE(contains(s.line_with("COMMAND"), "USER"));
  s.press(key::right);
  go_to(s, "ppid");
  s.press(key::enter);
  CHECK(tab.columns[0] == model::ColumnId::ppid);
  CHECK(contains(s.line_with("COMMAND"), "PPID"));
  s.press(key::enter);
  CHECK(contains(s.text(), "it is shown already"));
}

TEST_CASE("setup, columns: of the screen that is chosen", "[tui]") {
  Screen s(50, 120);
  open(s, SetupPage::columns);
  s.press(key::down);
  CHECK(contains(s.line_with("COMMAND"), "PGID"));  // the second one is shown
  s.press(key::escape);
  CHECK(contains(s.line_with("COMMAND"), "PGID"));
}

TEST_CASE("setup, colours: the theme changes", "[tui]") {
  Screen s(40, 100);
  open(s, SetupPage::colours);
  go_to(s, "Theme");
  s.press(key::enter);
  CHECK(s.app.settings().theme == "light");
  s.press(U'-');
  CHECK(s.app.settings().theme == "default");
}

TEST_CASE("setup, keys: an action gets another key, and its own again", "[tui]") {
  Screen s(60, 120);
  open(s, SetupPage::keys);
  go_to(s, "send a signal");
  s.press(key::enter);
  CHECK(contains(s.text(), "Press the key"));
  s.press(U'z');
  CHECK(keymap_of(s.app.settings()).find(U'z', Context::list) == Action::kill);
  CHECK_FALSE(keymap_of(s.app.settings()).find(U'k', Context::list));
  s.press(U'a');
  s.press(key::f(9));
  CHECK(keymap_of(s.app.settings()).find(key::f(9), Context::list) == Action::kill);
  CHECK(contains(s.line_with("send a signal"), "changed, list"));
  s.press(key::enter);
  s.press(key::escape);
  s.press(U'd');
  CHECK(keymap_of(s.app.settings()).find(U'k', Context::list) == Action::kill);
  CHECK_FALSE(keymap_of(s.app.settings()).find(U'z', Context::list));
}

TEST_CASE("setup, keys: the ways out keep a key", "[tui]") {
  Screen s(60, 120);
  open(s, SetupPage::keys);
  go_to(s, "draw the screen anew");
  for (const Key k : {key::f(10), Key{U'q'}, key::ctrl('C')}) s.press(key::enter), s.press(k);
  CHECK(keymap_of(s.app.settings()).first_key(Action::quit, Context::list) != key::none);
}

TEST_CASE("setup: u undoes everything", "[tui]") {
  Screen s(40, 120);
  open(s, SetupPage::screens);
  s.press(U'd');
  s.press(key::left);
  s.press(U'u');
  CHECK(s.app.settings().screens.size() == Settings{}.screens.size());
  CHECK(contains(s.text(), "as it was when setup was opened"));
}

TEST_CASE("setup: drawn at every size without harm, on every page", "[tui]") {
  for (std::size_t page = 0; page < setup_page_count; ++page) {
    for (const bool plain : {false, true}) {
      Screen s(24, 80, {.plain = plain, .self = Pid(999'999)});
      open(s, static_cast<SetupPage>(page));
      for (const auto& [rows, columns] :
           {std::pair(5, 20), std::pair(3, 12), std::pair(24, 80), std::pair(40, 120), std::pair(60, 200),
            std::pair(200, 500), std::pair(8, 33)}) {
        s.resize(rows, columns);
        const std::string text = s.text();
        for (int y = 0; y < rows; ++y)
          REQUIRE(display_width(s.surface.text(y)) <= static_cast<std::size_t>(columns));
        for (const Key k : {key::right, key::right, key::end, key::left, key::home}) s.press(k), s.text();
      }
    }
  }
}

TEST_CASE("setup: the mouse selects, and a second click changes", "[tui]") {
  Screen s(40, 100);
  open(s, SetupPage::display);
  s.text();
  int row = -1;
  for (int y = 0; y < 40; ++y)
    if (contains(s.surface.text(y), "Shadow other users")) row = y;
  REQUIRE(row > 0);
  const auto click = [&](int y, int x) {
    s.app.on_mouse({Mouse::Button::left, y, x}, s.surface);
    s.text();
  };
  click(row, 30);
  CHECK_FALSE(s.app.settings().shadow_others);
  click(row, 30);
  CHECK(s.app.settings().shadow_others);
  for (int y = 0; y < 40; ++y)
    if (contains(s.surface.text(y), "Colours")) row = y;
  click(row, 2);
  CHECK(contains(s.text(), "Theme"));
}

TEST_CASE("setup: w saves at once, and says where or why not", "[tui]") {
  Screen s(24, 80);
  open(s, SetupPage::display);
  s.press(U'w');
  CHECK(contains(s.text(), "no place to save"));
}
