// scan_again: what is taken over from the scan before, and what is asked for anew.
#include "ptop/model/scan_again.hpp"

#include "ptop/model/sample.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace ptop;
using namespace ptop::model;

namespace {

constexpr Pid pid(20409);
constexpr Sources of_a_screen{Source::stat, Source::status, Source::cmdline};
/// With it the process is not asked anew in any case.
constexpr std::uint64_t other_turn = 0;
static_assert((20409 + other_turn) % asked_anew_every != 0);

/// The same tree scanned again after `change` was made to what is remembered of the process: a changed
/// cmdline that comes back was taken over.
template <class Change>
std::string cmdline_after(const ScanOptions& options, std::uint64_t count, Change change) {
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/odd_comm");
  REQUIRE(reader);
  auto first = scan(*reader, options);
  REQUIRE(first);
  for (Sample& sample : first->processes) {
    if (sample.pid == pid) change(sample);
  }
  const auto again = scan_again(*reader, options, {std::make_shared<const Snapshot>(*first), count});
  REQUIRE(again);
  REQUIRE(again->processes.size() == first->processes.size());
  const Sample* found = find_process(*again, pid);
  REQUIRE(found);
  return found->cmdline;
}

void remember_another(Sample& sample) { sample.cmdline = "remembered"; }

}  // namespace

TEST_CASE("scan_again: an idle process is taken over", "[model]") {
  CHECK(cmdline_after({.sources = of_a_screen}, other_turn, remember_another) == "remembered");
}

TEST_CASE("scan_again: whose stat changed is asked again", "[model]") {
  const auto change = GENERATE(
      +[](Sample& s) { s.stat.utime = Ticks(s.stat.utime.raw() + 1); }, +[](Sample& s) { ++s.stat.minflt; },
      +[](Sample& s) { s.stat.comm += "x"; }, +[](Sample& s) { s.stat.state = procfs::TaskState::running; },
      +[](Sample& s) { s.stat.start = Ticks(s.stat.start.raw() + 1); },
      +[](Sample& s) { ++s.stat.rss_pages; }, +[](Sample& s) { ++s.stat.nice; });
  CHECK(cmdline_after({.sources = of_a_screen}, other_turn, [&](Sample& sample) {
          remember_another(sample);
          change(sample);
        }) != "remembered");
}

TEST_CASE("scan_again: everybody is asked anew now and then", "[model]") {
  std::size_t anew = 0;
  for (std::uint64_t count = 0; count < asked_anew_every; ++count) {
    if (cmdline_after({.sources = of_a_screen}, count, remember_another) != "remembered") ++anew;
  }
  CHECK(anew == 1);
}

TEST_CASE("scan_again: a source that was not read is read", "[model]") {
  CHECK(cmdline_after({.sources = of_a_screen}, other_turn, [](Sample& sample) {
          remember_another(sample);
          sample.availability[static_cast<std::size_t>(Source::cmdline)] = Availability::not_read;
        }) != "remembered");
}

TEST_CASE("scan_again: what others change is read, and all else with it", "[model]") {
  const auto source = GENERATE(Source::cgroup, Source::io, Source::oom_score_adj);
  CHECK(cmdline_after({.sources = of_a_screen | source}, other_turn, remember_another) != "remembered");
}
