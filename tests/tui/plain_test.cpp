// The plain screen, for who reads it with ears: no lines, nothing told by colour alone, the cursor where one
// is.
#include "ptop/base/escape.hpp"
#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

Screen plain(int rows = 24, int columns = 100) {
  return Screen(rows, columns, {.plain = true, .self = Pid(999'999)});
}

/// The row that the terminal's cursor is on.
std::string cursor_row(Screen& s) {
  s.text();
  return s.surface.cursor() ? s.surface.text(s.surface.cursor()->row) : "";
}

}  // namespace

TEST_CASE("plain: the cursor is on the selected row, which has a mark", "[tui]") {
  auto s = plain();
  s.show(frame(small_system()));
  s.type(U"120");
  CHECK(contains(cursor_row(s), ">   120 "));
  s.press(key::down);
  CHECK(contains(cursor_row(s), ">   200 "));
}

TEST_CASE("plain: the bottom line tells the selected process in words", "[tui]") {
  auto s = plain(24, 140);
  auto system = small_system();
  system.push_back({300, 100, "dead", "", 'Z', 0, 0, 0, 3 << 8});
  s.show(frame(system));
  s.type(U"300");
  s.press(key::ctrl('L'));
  INFO(s.text());
  CHECK(contains(s.row(23), ": 300 dead, zombie, user root"));
  CHECK(contains(s.row(23), "zombie of 100 (exit 3), level 3"));
  s.type(U"100-");
  s.press(key::ctrl('L'));
  CHECK(contains(s.row(23), "100 bash, sleeping"));
  CHECK(contains(s.row(23), "4 below it are hidden"));
}

TEST_CASE("plain: no lines and boxes on any screen", "[tui]") {
  for (const std::u32string& keys :
       {std::u32string(), std::u32string(U"?"), std::u32string(U">"), std::u32string(U"110k"),
        std::u32string(U"S"), std::u32string(U"110D"), std::u32string(U"110w")}) {
    auto s = plain();
    s.show(frame(small_system()));
    s.type(keys);
    const std::string text = s.text();
    INFO(text);
    for (const char* sign : {"─", "│", "└", "├", "┌", "▁", "█", "[|", "||"})
      CHECK_FALSE(contains(text, sign));
  }
}

TEST_CASE("plain: in a menu the cursor is on its entry", "[tui]") {
  auto s = plain();
  s.show(frame(small_system()));
  s.type(U"110k");
  CHECK(contains(cursor_row(s), ">15 SIGTERM"));
  s.press(key::down);
  CHECK(contains(cursor_row(s), "SIGKILL"));
}

TEST_CASE("plain: while one types the cursor is behind the text", "[tui]") {
  auto s = plain();
  s.show(frame(small_system()));
  s.type(U"/ab");
  s.text();
  REQUIRE(s.surface.cursor());
  CHECK(s.surface.cursor()->row == 23);
  CHECK(s.surface.cursor()->column == 10);
}

TEST_CASE("plain: the name of the screen is in brackets, and meters are words", "[tui]") {
  auto s = plain();
  s.show(frame(small_system()));
  CHECK(contains(s.text(), "[Main]"));
  CHECK(contains(s.text(), "Mem: 1.0G"));
  s.press(key::tab);
  CHECK(contains(s.text(), "[Family]"));
}

TEST_CASE("plain: setup has a mark and the cursor too", "[tui]") {
  auto s = plain(40, 100);
  s.show(frame(small_system()));
  s.press(key::f(2));
  CHECK(contains(cursor_row(s), ">Display"));
  s.press(key::right);
  s.press(key::down);
  CHECK(contains(cursor_row(s), "Show the names"));
}

TEST_CASE("not plain: the cursor is not seen", "[tui]") {
  SmallScreen s;
  s.text();
  CHECK_FALSE(s.surface.cursor());
}
