#include "ptop/trace/sharing_policy.hpp"

#include "support/catch.hpp"

using namespace ptop;
using trace::SharingPolicy;
using Advice = SharingPolicy::Advice;
using Way = SharingPolicy::Way;

namespace {

struct Run {
  SharingPolicy policy;
  std::uint64_t now_ns = 1;
  bool shared = false;
  unsigned changes = 0;

  void stop(int tid, Way way, std::uint64_t after_ns) {
    now_ns += after_ns;
    const Advice advice = policy.stopped(Tid(tid), way, now_ns, shared);
    if (advice == Advice::keep) return;
    shared = advice == Advice::share;
    ++changes;
  }
  /// Calls of one task after the other, so long from stop to stop.
  void calls(unsigned count, std::uint64_t apart_ns, unsigned tasks = 1) {
    for (unsigned i = 0; i < count; ++i) {
      const int tid = static_cast<int>(1 + i % tasks);
      stop(tid, Way::into_call, apart_ns);
      stop(tid, Way::out_of_call, apart_ns);
    }
  }
};

constexpr std::uint64_t us = 1000;

}  // namespace

TEST_CASE("SharingPolicy: one task whose stops come fast shares, and stays", "[trace]") {
  Run run;
  run.calls(100'000, 10 * us);
  CHECK(run.shared);
  CHECK(run.changes == 1);
}

TEST_CASE("SharingPolicy: nothing is shared while stops are rare", "[trace]") {
  Run run;
  run.calls(1000, 2000 * us);
  CHECK_FALSE(run.shared);
  CHECK(run.changes == 0);
}

TEST_CASE("SharingPolicy: a task that calls less and less parts", "[trace]") {
  Run run;
  run.calls(1000, 100 * us);
  CHECK(run.shared);
  run.calls(1000, 2000 * us);
  CHECK_FALSE(run.shared);
  CHECK(run.changes == 2);
}

TEST_CASE("SharingPolicy: several that compute between their calls do not share", "[trace]") {
  Run run;
  run.calls(1000, 100 * us, 3);
  CHECK_FALSE(run.shared);
  CHECK(run.changes == 0);
}

TEST_CASE("SharingPolicy: several that do nothing but call share", "[trace]") {
  Run run;
  run.calls(1000, 10 * us, 3);
  CHECK(run.shared);
}

TEST_CASE("SharingPolicy: one that waits in a call is no reason to part", "[trace]") {
  Run run;
  run.stop(7, Way::into_call, us);  // a shell in wait4
  run.calls(1000, 100 * us);
  CHECK(run.shared);
}

TEST_CASE("SharingPolicy: one that has ended is no reason to part", "[trace]") {
  Run run;
  run.stop(7, Way::out_of_call, us);
  run.policy.ended(Tid(7));
  run.calls(1000, 100 * us);
  CHECK(run.shared);
}

TEST_CASE("SharingPolicy: where few calls stop, those that take turns share and those that alternate do not",
          "[trace]") {
  Run turns, alternating;
  for (unsigned i = 0; i < 2000; ++i) {
    turns.stop(static_cast<int>(1 + i / 40 % 5), Way::of_few, 100 * us);
    alternating.stop(static_cast<int>(1 + i / 2 % 2), Way::of_few, 100 * us);
  }
  CHECK(turns.shared);
  CHECK_FALSE(alternating.shared);
  CHECK(alternating.changes == 0);
}

TEST_CASE("SharingPolicy: what did not pay is tried ever more rarely", "[trace]") {
  Run run;
  for (int i = 0; i < 1000; ++i) run.calls(SharingPolicy::round, (run.shared ? 100 : 40) * us, 3);
  CHECK(run.changes > 2);
  CHECK(run.changes < 40);
}

TEST_CASE("SharingPolicy: a rest that is asked for is kept", "[trace]") {
  Run run;
  run.policy.rest(100);
  run.calls(100 * SharingPolicy::round / 2, 10 * us);
  CHECK(run.changes == 0);
  run.calls(4 * SharingPolicy::round, 10 * us);
  CHECK(run.shared);
}
