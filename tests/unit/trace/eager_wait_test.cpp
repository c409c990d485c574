#include "ptop/trace/eager_wait.hpp"

#include "support/catch.hpp"

using namespace ptop;

namespace {

/// Waits so often; how many of those were tried first. `came`: of each try.
int tries_in(trace::EagerWait& wait, int waits, bool came, std::uint64_t lost_in_a_round = 0) {
  int tries = 0;
  std::uint64_t lost = 0;
  for (int i = 0; i < waits; ++i) {
    if (!wait.worth_trying()) continue;
    ++tries;
    wait.tried(came, [&] { return lost += lost_in_a_round; });
  }
  return tries;
}

}  // namespace

TEST_CASE("EagerWait: goes on trying while stops come soon", "[trace]") {
  trace::EagerWait wait(true);
  CHECK(tries_in(wait, 10'000, true) == 10'000);
}

TEST_CASE("EagerWait: sleeps longer and longer while nothing comes", "[trace]") {
  trace::EagerWait wait(true);
  const int first = tries_in(wait, 10'000, false), later = tries_in(wait, 100'000, false);
  CHECK(first > 0);
  CHECK(first < 200);
  CHECK(later < 200);
}

TEST_CASE("EagerWait: begins again when stops come soon again", "[trace]") {
  trace::EagerWait wait(true);
  tries_in(wait, 10'000, false);
  tries_in(wait, 20'000, true);
  CHECK(tries_in(wait, 1000, true) == 1000);
}

TEST_CASE("EagerWait: gives way where others want the processor", "[trace]") {
  trace::EagerWait wait(true);
  CHECK(tries_in(wait, 10'000, true, 60) < 1000);
}

TEST_CASE("EagerWait: never with one processor", "[trace]") {
  trace::EagerWait wait(false);
  CHECK(tries_in(wait, 1000, true) == 0);
}
