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
constexpr Sources of_all{Source::stat, Source::cmdline};
const ScanOptions on_screen{.sources = of_all, .shown = {pid}, .shown_sources = of_a_screen};
/// With it the process is asked anew in no case.
constexpr std::uint64_t other_turn = 1;
static_assert((20409 + other_turn) % shown_asked_anew_every != 1 &&
              (20409 + other_turn) % others_asked_anew_every != 1 && (20409 + other_turn) % 2 == 0);
/// With it one that rests is left alone; with the other one it is not.
constexpr std::uint64_t resting_turn = other_turn, working_turn = 4;

/// The same tree scanned again after `change` was made to what is remembered of the process: a changed
/// cmdline that comes back was taken over.
template <class Change>
std::string cmdline_after(const ScanOptions& options, std::uint64_t count, Change change) {
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/odd_comm");
  REQUIRE(reader);
  auto first = scan(*reader, options);
  REQUIRE(first);
  change(first->processes.change(*find_index(*first, pid)));
  const auto again = scan_again(*reader, options, {std::make_shared<const Snapshot>(*first), count});
  REQUIRE(again);
  REQUIRE(again->processes.size() == first->processes.size());
  const Sample* found = find_process(*again, pid);
  REQUIRE(found);
  return std::string(found->cmdline.view());
}

void remember_another(Sample& sample) { sample.cmdline = "remembered"; }

}  // namespace

TEST_CASE("scan_again: an idle process is taken over", "[model]") {
  CHECK(cmdline_after(on_screen, other_turn, remember_another) == "remembered");
  CHECK(cmdline_after({.sources = of_all}, other_turn, remember_another) == "remembered");
}

TEST_CASE("scan_again: on the screen, whose stat is another text is asked again", "[model]") {
  const auto forget_stat = [](Sample& sample) {
    remember_another(sample);
    sample.stat_hash = 1;
  };
  CHECK(cmdline_after(on_screen, other_turn, forget_stat) != "remembered");
  CHECK(cmdline_after({.sources = of_a_screen}, other_turn, forget_stat) != "remembered");
}

TEST_CASE("scan_again: elsewhere only when its stat hints at an exec", "[model]") {
  const auto after = [](auto change) {
    return cmdline_after({.sources = of_all}, other_turn, [&](Sample& sample) {
      remember_another(sample);
      sample.stat_hash = 1;
      change(sample);
    });
  };
  CHECK(after([](Sample& s) { ++s.stat.minflt; }) == "remembered");
  CHECK(after([](Sample& s) { s.stat.state = procfs::TaskState::running; }) == "remembered");
  CHECK(after([](Sample& s) { s.stat.comm = std::string(s.stat.comm) + "x"; }) != "remembered");
  CHECK(after([](Sample& s) { ++s.stat.vsize; }) != "remembered");
  CHECK(after([](Sample& s) { s.stat.flags ^= 0x40; }) != "remembered");
  CHECK(after([](Sample& s) { s.key.start = Ticks(s.key.start.raw() + 1); }) != "remembered");
}

TEST_CASE("scan_again: everybody is asked anew now and then", "[model]") {
  const auto anew = [](const ScanOptions& options, std::uint64_t scans) {
    std::size_t times = 0;
    for (std::uint64_t count = 0; count < scans; ++count)
      if (cmdline_after(options, count, remember_another) != "remembered") ++times;
    return times;
  };
  CHECK(anew(on_screen, shown_asked_anew_every) == 1);
  CHECK(anew({.sources = of_all}, others_asked_anew_every) == 1);
}

TEST_CASE("scan_again: a source that was not read is read", "[model]") {
  CHECK(cmdline_after(on_screen, other_turn, [](Sample& sample) {
          remember_another(sample);
          sample.availability = {};
          sample.availability.set(Source::stat, Availability::present);
        }) != "remembered");
}

TEST_CASE("scan_again: what others change is read, and all else with it", "[model]") {
  const auto source = GENERATE(Source::cgroup, Source::io, Source::oom_score_adj);
  CHECK(cmdline_after({.sources = of_a_screen | source}, other_turn, remember_another) != "remembered");
}

TEST_CASE("scan_again: one that left the screen is not told of what was read for it alone", "[model]") {
  CHECK(cmdline_after({.sources = of_all}, other_turn, [](Sample& sample) {
          remember_another(sample);
          sample.availability.set(Source::cgroup, Availability::present);
        }) != "remembered");
}

namespace {

/// Whether stat of the process was read, after so many scans in which it was the same.
bool is_read(std::uint64_t count, std::uint8_t idle_reads, bool read_last_time, const ScanOptions& options,
             bool others_matter = true) {
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/odd_comm");
  REQUIRE(reader);
  auto first = scan(*reader, options);
  REQUIRE(first);
  const auto index = *find_index(*first, pid);
  REQUIRE(first->was_read(index));
  first->looks[index] = {idle_reads, read_last_time};
  const auto again =
      scan_again(*reader, options, {std::make_shared<const Snapshot>(*first), count, others_matter});
  REQUIRE(again);
  CHECK(again->processes.shared(index).is(first->processes.shared(index)));
  return again->was_read(index);
}

}  // namespace

TEST_CASE("scan_again: who is long idle rests in every second scan, unless it is on the screen", "[model]") {
  const ScanOptions elsewhere{.sources = of_all};
  CHECK_FALSE(is_read(resting_turn, idle_reads_until_rest, true, elsewhere));
  CHECK(is_read(resting_turn, idle_reads_until_rest - 1, true, elsewhere));
  CHECK(is_read(resting_turn, idle_reads_until_rest, false, elsewhere));
  CHECK(is_read(working_turn, idle_reads_until_rest, true, elsewhere));
  CHECK(is_read(resting_turn, idle_reads_until_rest, true, on_screen));
}

TEST_CASE("scan_again: who is idle for longer still is read in every fourth scan", "[model]") {
  for (const bool read_last_time : {false, true}) {
    int reads = 0;
    for (std::uint64_t turn = 0; turn < 4; ++turn)
      reads += is_read(resting_turn + turn, idle_reads_until_long_rest, read_last_time, {.sources = of_all});
    CHECK(reads == 1);
  }
  CHECK(is_read(resting_turn, idle_reads_until_long_rest, false, on_screen));
}

TEST_CASE("scan_again: who is asked anew and did nothing is as idle as before", "[model]") {
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/odd_comm");
  REQUIRE(reader);
  const ScanOptions options{.sources = of_all};
  auto first = scan(*reader, options);
  REQUIRE(first);
  const auto index = *find_index(*first, pid);
  const auto looks_after = [&](std::uint64_t hash) {
    Snapshot last = *first;
    last.processes.change(index).stat_hash = hash;
    last.processes.change(index).availability = {};  // nothing of it can be taken over
    last.looks[index] = {idle_reads_until_rest, true};
    const auto again = scan_again(*reader, options, {std::make_shared<const Snapshot>(last), working_turn});
    REQUIRE(again);
    return again->looks[index].idle_reads;
  };
  CHECK(looks_after(first->processes[index].stat_hash) == idle_reads_until_rest);
  CHECK(looks_after(1) == 0);
}

TEST_CASE("scan_again: who is idle for a minute and decides on nothing is read in every eighth scan",
          "[model]") {
  const auto reads_in_eight = [](std::uint8_t idle_reads, bool others_matter) {
    int reads = 0;
    for (std::uint64_t turn = 16; turn < 24; ++turn)  // in none of them all is asked anew
      reads += is_read(resting_turn + turn, idle_reads, false, {.sources = of_all}, others_matter);
    return reads;
  };
  CHECK(reads_in_eight(idle_reads_until_longest_rest, false) == 1);
  CHECK(reads_in_eight(idle_reads_until_longest_rest, true) == 2);
  CHECK(reads_in_eight(idle_reads_until_longest_rest - 1, false) == 2);
}

namespace {

constexpr Pid owner(21749);

/// Scanned twice; `change` is made to what is remembered of the first thread.
template <class Change>
std::string comm_after(Change change) {
  const ScanOptions options{.sources = of_all, .threads = true, .thread_sources = sources_of_threads()};
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/threads");
  REQUIRE(reader);
  auto first = scan(*reader, options);
  REQUIRE(first);
  REQUIRE(first->threads.size() == 4);
  change(first->threads.change(0));
  const auto again = scan_again(*reader, options, {std::make_shared<const Snapshot>(*first), 2});
  REQUIRE(again);
  REQUIRE(again->threads.size() == 4);
  return std::string(again->threads[0].stat.comm);
}

void call_it_another(Sample& thread) { thread.stat.comm = "remembered"; }

}  // namespace

TEST_CASE("scan_again: threads are taken over as processes are", "[model]") {
  CHECK(comm_after(call_it_another) == "remembered");
  CHECK(comm_after([](Sample& thread) {
          call_it_another(thread);
          thread.stat_hash = 1;
        }) != "remembered");
}

TEST_CASE("scan_again: a process that rests keeps its threads", "[model]") {
  static_assert((owner.raw() + 1) % 2 == 0);
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/threads");
  REQUIRE(reader);
  const ScanOptions options{.sources = of_all, .threads = true, .thread_sources = sources_of_threads()};
  auto first = scan(*reader, options);
  REQUIRE(first);
  first->threads.change(0).stat_hash = 1;  // would be asked anew
  const auto index = *find_index(*first, owner);
  first->looks[index] = {idle_reads_until_rest, true};
  const auto again = scan_again(*reader, options, {std::make_shared<const Snapshot>(*first), 1});
  REQUIRE(again);
  REQUIRE_FALSE(again->was_read(index));
  REQUIRE(again->threads.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(again->threads.shared(i).is(first->threads.shared(i)));
}

TEST_CASE("scan_again: of threads only what is theirs is read, and more of those on the screen", "[model]") {
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/threads");
  REQUIRE(reader);
  const auto all = scan(*reader, {.sources = of_all, .threads = true});
  REQUIRE(all);
  REQUIRE(all->threads.size() == 4);
  const Tid shown = all->threads[1].key.tid;
  const auto s = scan(*reader, {.sources = of_all,
                                .threads = true,
                                .thread_sources = sources_of_threads(),
                                .shown_sources = of_a_screen,
                                .shown_threads = {shown}});
  REQUIRE(s);
  for (const Sample& thread : s->threads) {
    CHECK_FALSE(thread.has(Source::cmdline));
    CHECK(thread.has(Source::status) == (thread.key.tid == shown));
  }
}

TEST_CASE("look_again: threads on the screen are read, the others stay", "[model]") {
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/threads");
  REQUIRE(reader);
  ScanOptions options{.sources = of_all, .threads = true, .thread_sources = sources_of_threads()};
  const auto first = scan(*reader, options);
  REQUIRE(first);
  const Tid shown = first->threads[1].key.tid;
  options.shown = {owner};
  options.shown_sources = of_a_screen;
  options.shown_threads = {shown};
  const Snapshot again = look_again(*reader, options, {std::make_shared<const Snapshot>(*first), 1});
  REQUIRE(again.threads.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    const bool read = again.threads[i].key.tid == shown;
    CHECK(again.threads[i].has(Source::status) == read);
    CHECK((again.threads.shared(i).is(first->threads.shared(i))) != read);
  }
}

TEST_CASE("look_again: reads those on the screen, and leaves the others as they were", "[model]") {
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/odd_comm");
  REQUIRE(reader);
  const auto first = scan(*reader, {.sources = of_all});
  REQUIRE(first);
  const Snapshot again = look_again(*reader, on_screen, {std::make_shared<const Snapshot>(*first), 1});
  REQUIRE(again.processes.size() == first->processes.size());
  for (std::size_t i = 0; i < again.processes.size(); ++i) {
    const bool shown = again.processes[i].pid == pid;
    CHECK(again.processes[i].has(Source::status) == shown);
    CHECK((again.processes.shared(i).is(first->processes.shared(i))) != shown);
  }
}
