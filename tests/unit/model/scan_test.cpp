// scan: what is read, what is left out, and what is said about the rest.
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "ptop/model/columns.hpp"
#include "ptop/model/sample.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace ptop;
using namespace ptop::model;

namespace {

Snapshot scan_tree(const std::string& root, const ScanOptions& options) {
  auto reader = procfs::Reader::open(root);
  REQUIRE(reader);
  auto snapshot = scan(*reader, options);
  REQUIRE(snapshot);
  return std::move(*snapshot);
}

Snapshot scan_fixture(const std::string& story, const ScanOptions& options) {
  return scan_tree(test::fixtures() + "/proc/" + story, options);
}

constexpr Sources everything{Source::stat,   Source::status, Source::statm, Source::cmdline,
                             Source::cgroup, Source::exe,    Source::cwd};

}  // namespace

TEST_CASE("Availabilities: each source has its own", "[model]") {
  constexpr unsigned kinds = static_cast<unsigned>(Availability::malformed) + 1;
  const auto kind = [](std::size_t source, unsigned turn) {
    return static_cast<Availability>((source + turn) % kinds);
  };
  Availabilities all;
  CHECK(all.asked() == Sources{});
  for (unsigned turn = 0; turn < kinds; ++turn) {
    for (std::size_t i = 0; i < source_count; ++i) all.set(static_cast<Source>(i), kind(i, turn));
    for (std::size_t i = 0; i < source_count; ++i) {
      const auto source = static_cast<Source>(i);
      CHECK(all.of(source) == kind(i, turn));
      CHECK(all.asked().has(source) == (kind(i, turn) != Availability::not_read));
    }
  }
}

TEST_CASE("own_asked_sources: without what is read for all at once", "[model]") {
  Sample sample;
  for (const Source source : {Source::stat, Source::stack, Source::cgroup_files, Source::task_delays})
    sample.availability.set(source, Availability::denied);
  CHECK(own_asked_sources(sample) == Sources{Source::stat, Source::stack});
}

TEST_CASE("scan: what is not asked for is not read", "[model]") {
  const auto s = scan_fixture("odd_comm", {.sources = Source::stat});
  REQUIRE(s.processes.size() == 4);
  for (const Sample& p : s.processes) {
    CHECK(p.has(Source::stat));
    CHECK(p.of(Source::status) == Availability::not_read);
    CHECK(p.of(Source::exe) == Availability::not_read);
  }
}

TEST_CASE("scan: everything that is asked for is there", "[model]") {
  const auto s = scan_fixture("odd_comm", {.sources = everything});
  const Sample* p = find_process(s, Pid(20409));
  REQUIRE(p);
  for (std::size_t i = 0; i < source_count; ++i) {
    const auto source = static_cast<Source>(i);
    CHECK(p->of(source) == (everything.has(source) ? Availability::present : Availability::not_read));
  }
  CHECK(*p->exe == "/usr/bin/python3.11");
  CHECK(*p->cwd == "/home/user");
  CHECK(p->cgroups->size() == 10);
  CHECK(s.host.hostname == "fixture");
  CHECK(s.host.memory.total > 0);
  CHECK(s.errors.empty());
}

TEST_CASE("scan: a missing file is gone, and the process stays", "[model]") {
  const auto s = scan_fixture("stat_without_status", {.sources = everything});
  REQUIRE(s.processes.size() == 1);
  CHECK(s.processes[0].of(Source::status) == Availability::gone);
  CHECK(s.processes[0].of(Source::exe) == Availability::gone);
  CHECK(s.errors.empty());
}

TEST_CASE("scan: who shows nothing but a number is counted", "[model]") {
  const auto hidden = scan_fixture("hidepid_1", {.sources = Source::stat});
  CHECK(hidden.denied == 2);
  CHECK(hidden.processes.size() == 2);
  CHECK(hidden.errors.empty());
  CHECK(scan_fixture("odd_comm", {.sources = Source::stat}).denied == 0);
  CHECK(scan_fixture("hidepid_1", {.sources = {Source::stat, Source::status}, .threads = true}).denied == 2);
}

TEST_CASE("scan: threads on request, without their leader", "[model]") {
  CHECK(scan_fixture("threads", {}).threads.empty());
  const auto s = scan_fixture("threads", {.sources = {Source::stat, Source::status}, .threads = true});
  REQUIRE(s.threads.size() == 4);
  for (const Sample& t : s.threads) {
    CHECK(t.is_thread());
    CHECK(t.pid == Pid(21749));
    CHECK(t.status->pid == t.key.tid);
  }
}

TEST_CASE("scan: of some processes more is read, and their threads", "[model]") {
  const auto none = scan_fixture("odd_comm", {.close = {Pid(1)}, .close_sources = everything});
  const auto s = scan_fixture("odd_comm", {.close = {Pid(20409)}, .close_sources = everything});
  CHECK(none.processes.size() == s.processes.size());
  for (const Sample& p : s.processes) {
    CHECK(p.has(Source::stat));
    CHECK(p.has(Source::status) == (p.pid == Pid(20409)));
    CHECK(p.has(Source::exe) == (p.pid == Pid(20409)));
  }
  CHECK(scan_fixture("threads", {.close = {Pid(21749)}}).threads.size() == 4);
}

TEST_CASE("process_of: a thread belongs to its process", "[model]") {
  auto reader = procfs::Reader::open();
  REQUIRE(reader);
  const Tid self(static_cast<int>(::gettid()));
  Tid other;
  std::thread([&] {
    other = Tid(static_cast<int>(::gettid()));
    CHECK(process_of(*reader, other) == Pid(::getpid()));
  }).join();
  CHECK(other != self);
  CHECK(process_of(*reader, self) == Pid(::getpid()));
  REQUIRE_FALSE(process_of(*reader, Tid(INT32_MAX)));
  CHECK(process_of(*reader, Tid(INT32_MAX)).error().code == Errc::gone);
}

TEST_CASE("scan: a zombie's exe link is tried even when only stat is wanted", "[model]") {
  const auto s = scan_fixture("zombie_and_orphan", {.sources = Source::stat});
  CHECK(find_process(s, Pid(20706))->of(Source::exe) == Availability::gone);
  CHECK(find_process(s, Pid(20709))->of(Source::exe) == Availability::not_read);
}

TEST_CASE("scan: the live /proc, ascending, with this process in it", "[model]") {
  const auto s = scan_tree("/proc", {.sources = everything, .threads = true});
  CHECK(std::is_sorted(s.processes.begin(), s.processes.end(),
                       [](const Sample& a, const Sample& b) { return a.pid < b.pid; }));
  const Sample* self = find_process(s, Pid(getpid()));
  REQUIRE(self);
  CHECK(self->stat.ppid == Pid(getppid()));
  CHECK(self->status->uid.effective == Uid(geteuid()));
  CHECK_FALSE(self->cmdline.empty());
  CHECK(s.errors.empty());
  CHECK_FALSE(find_process(s, Pid(0)));
}
