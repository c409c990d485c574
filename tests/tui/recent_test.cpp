// Who came and who went: marked for a while.
#include "recent.hpp"

#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

TEST_CASE("recent: a new process is marked for three scans, those of the first scan are not", "[tui]") {
  Screen s;
  s.show(frame(small_system_without(120)));
  CHECK_FALSE(contains(s.text(), "new"));
  for (int i = 0; i < Recent::scans_marked; ++i) {
    s.show(frame(small_system()));
    INFO("scan " << i);
    CHECK(contains(s.line_with("less README"), "‹new›"));
  }
  s.show(frame(small_system()));
  CHECK_FALSE(contains(s.line_with("less README"), "new"));
}

TEST_CASE("recent: an ended process keeps its place in the tree for three scans", "[tui]") {
  SmallScreen s;
  for (int i = 0; i < Recent::scans_marked; ++i) {
    s.show(frame(small_system_without(120)));
    INFO("scan " << i);
    CHECK(contains(s.line_with("less README"), "‹ended›"));
    CHECK(contains(s.line_with("less README"), "120"));
  }
  s.show(frame(small_system_without(120)));
  CHECK(s.line_with("less README").empty());
}

TEST_CASE("recent: how a followed process ended is said", "[tui]") {
  SmallScreen s(24, 120);
  s.type(U"120s");
  s.port.happen(Pid(120), follow::Exited{.code = 3, .lifetime_ns = 2'000'000'000});
  s.show(frame(small_system_without(120)));
  INFO(s.text());
  CHECK(contains(s.line_with("less README"), "‹ended: exit 3 after 2"));
}

TEST_CASE("recent: a pid used again is an end and a beginning", "[tui]") {
  SmallScreen s;
  auto reused = small_system_without(120);
  reused.push_back({120, 100, "vi", "vi notes", 'S', 999'999});
  s.show(frame(reused));
  CHECK(contains(s.line_with("vi notes"), "‹new›"));
  CHECK(contains(s.line_with("less README"), "‹ended›"));
}

TEST_CASE("recent: with its parent gone as well, it stands below who lives on", "[tui]") {
  SmallScreen s;
  auto left = small_system();
  std::erase_if(left, [](const Process& p) { return p.pid >= 100 && p.pid < 200; });
  s.show(frame(left));
  CHECK(contains(s.line_with("cc1plus"), "‹ended›"));
  CHECK(contains(s.line_with("-bash"), "‹ended›"));
}

TEST_CASE("recent: nothing can be done to an ended row", "[tui]") {
  SmallScreen s;
  s.show(frame(small_system_without(120)));
  s.text();
  s.press(key::home);
  while (s.app.list().rows()[s.app.list().cursor()].kind != RowKind::ended) s.press(key::down);
  CHECK_FALSE(s.app.list().selected());
  s.press(U'k');
  CHECK_FALSE(contains(s.text(), "Send a signal"));
  CHECK(s.act.done.empty());
}

TEST_CASE("recent: rows that are narrowed by a filter show nobody who ended", "[tui]") {
  SmallScreen s;
  s.press(key::f(4));
  s.type(U"bash");
  s.press(key::enter);
  s.show(frame(small_system_without(120)));
  CHECK(s.line_with("less README").empty());
}
