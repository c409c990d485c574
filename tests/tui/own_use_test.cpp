// What ptop says that it costs.
#include "own_use.hpp"

#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;
using namespace std::chrono_literals;

TEST_CASE("own cost: CPU time for each second, and memory", "[tui]") {
  const OwnUse before{{}, 5'000'000'000, 1 << 20};
  const OwnUse now{OwnUse{}.at + 2s, 5'025'000'000, 3 << 20};
  CHECK(own_use_text(before, now) == "ptop 12.5ms/s 3.0M");
  CHECK(own_use_text({}, now) == "ptop 3.0M");
  CHECK(own_use_text(now, now) == "ptop 3.0M");
  CHECK(own_use_text(before, {OwnUse{}.at + 1s, 5'000'000'000, 0}) == "ptop 0.0ms/s");
}

TEST_CASE("own cost: the kernel tells it", "[tui]") {
  const OwnUse use = read_own_use();
  CHECK(use.cpu_ns > 0);
  CHECK(use.rss_bytes > 1 << 20);
}

TEST_CASE("own cost: in the corner on request, beside what else is there", "[tui]") {
  SmallScreen s(24, 120);
  CHECK_FALSE(s.app.wants_own_use());
  s.press(U'Q');
  REQUIRE(s.app.wants_own_use());
  s.app.on_own_use({{}, 1'000'000'000, 3 << 20});
  s.app.on_own_use({OwnUse{}.at + 1s, 1'010'000'000, 3 << 20});
  s.press(key::home);
  CHECK(contains(s.row(23), "ptop 10.0ms/s 3.0M"));
  s.press(U'\\');
  s.type(U"make");
  s.press(key::enter);
  CHECK(contains(s.row(23), "ptop 10.0ms/s 3.0M  filter: make"));
  s.press(U'Q');
  s.press(key::home);
  CHECK_FALSE(contains(s.row(23), "ms/s"));
}
