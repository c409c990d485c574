// What is typed behind F4: a part of a command, or a query.
#include "row_filter.hpp"

#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

std::vector<int> filtered(std::u32string_view typed) {
  Screen s;
  const auto f = frame(small_system());
  s.show(f);
  s.press(U't');  // flat: no ancestors that come along
  s.press(key::f(4));
  s.type(typed);
  s.press(key::enter);
  auto pids = s.pids(f);
  std::sort(pids.begin(), pids.end());
  return pids;
}

}  // namespace

TEST_CASE("filter: plain text is a part of the command", "[tui]") {
  CHECK(filtered(U"bash") == std::vector{100});
}

TEST_CASE("filter: with an operator it is a query", "[tui]") {
  CHECK(filtered(U"pid>=110 and pid<200") == std::vector{110, 111, 120});
  CHECK(filtered(U"class=kthread") == std::vector{2, 9});
}

TEST_CASE("filter: a class word alone is a query", "[tui]") {
  CHECK(filtered(U"kthread") == std::vector{2, 9});
}

TEST_CASE("filter: a query that is not whole leaves the rows and says why, Enter does not close it",
          "[tui]") {
  Screen s;
  const auto f = frame(small_system());
  s.show(f);
  s.press(key::f(4));
  s.type(U"pid=1");
  CHECK(s.pids(f) == std::vector{1});
  s.type(U" and (");
  CHECK(s.pids(f) == std::vector{1});
  CHECK_FALSE(s.app.message().empty());
  s.press(key::enter);
  CHECK(contains(s.text(), "Filter: pid=1 and ("));
  s.press(key::escape);
  CHECK(s.pids(f).size() == small_system().size());
}

TEST_CASE("filter: Tab completes a field, and names several", "[tui]") {
  SmallScreen s;
  s.press(key::f(4));
  s.type(U"oom_sc");
  s.press(key::tab);
  CHECK(contains(s.text(), "Filter: oom_score"));
  CHECK(contains(s.app.message(), "oom_score_adj"));
}

TEST_CASE("filter: '|' stands between several parts of commands", "[tui]") {
  CHECK(filtered(U"cc1|readme") == std::vector{111, 120});
  CHECK(filtered(U"cc1|") == std::vector{111});
  CHECK(filtered(U"|").size() == small_system().size());
}
