// The screens one switches between.
#include "tabs.hpp"

#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

TEST_CASE("tabs: every query of the table is one, and no name is used twice", "[tui]") {
  std::vector<std::string_view> names;
  for (const Tab& tab : make_tabs(default_columns())) {
    INFO(tab.name);
    CHECK(model::Query::parse(tab.query).has_value());
    CHECK(tab.columns.back() == model::ColumnId::command);
    CHECK(std::find(names.begin(), names.end(), tab.name) == names.end());
    names.push_back(tab.name);
  }
}

TEST_CASE("tabs: Tab goes round, Shift-Tab back; the selection stays", "[tui]") {
  SmallScreen s(24, 120);
  s.type(U"110");
  CHECK(contains(s.text(), "PRI"));
  s.press(key::tab);
  CHECK_FALSE(contains(s.text(), "PRI"));
  CHECK(contains(s.text(), "PPID"));
  CHECK(s.selected() == 110);
  s.press(key::back_tab);
  CHECK(contains(s.text(), "PRI"));
  for (std::size_t i = 0; i < make_tabs({}).size(); ++i) s.press(key::tab);
  CHECK(contains(s.text(), "PRI"));
}

TEST_CASE("tabs: each keeps its order", "[tui]") {
  SmallScreen s(24, 120);
  s.press(U'M');
  const auto sort = s.app.list().sort();
  s.press(key::tab);
  CHECK(s.app.list().sort() != sort);
  s.press(key::back_tab);
  CHECK(s.app.list().sort() == sort);
}

TEST_CASE("tabs: switching asks for the files of the new columns at once", "[tui]") {
  SmallScreen s(24, 120);
  s.press(key::tab);
  s.press(key::tab);
  s.press(key::tab);
  CHECK(s.app.scan_wish().shown_sources.has(model::Source::io));
  CHECK(s.app.take_scan_wanted());
}

TEST_CASE("tabs: the current one is in sight at every width", "[tui]") {
  for (int columns : {14, 20, 30, 40, 60}) {
    Screen s(24, columns);
    s.show(frame(small_system()));
    s.press(key::back_tab);
    INFO(s.text());
    CHECK(contains(s.text(), "Traced"));
  }
}
