// Rates between samples, and what a History remembers.
#include "ptop/model/rates.hpp"

#include "made_snapshot.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::model;

namespace {

Sample with_cpu(Sample s, std::uint64_t utime, std::uint64_t stime) {
  s.stat.utime = Ticks(utime);
  s.stat.stime = Ticks(stime);
  return s;
}

Snapshot at(double seconds, std::initializer_list<Sample> processes) {
  Snapshot s;
  s.host.info.clock_ticks = 100;
  s.taken_at =
      std::chrono::steady_clock::time_point(std::chrono::duration_cast<std::chrono::steady_clock::duration>(
          std::chrono::duration<double>(seconds)));
  for (const Sample& process : processes) s.processes.push_back(process);
  return s;
}

procfs::CpuTimes cpu_times(int cpu, std::uint64_t user, std::uint64_t idle) {
  procfs::CpuTimes times;
  times.cpu = cpu;
  times.user = user;
  times.idle = idle;
  return times;
}

}  // namespace

TEST_CASE("cpu_percent: two busy threads are at 200", "[model]") {
  const Sample p = sample_of({10, 1});
  CHECK(cpu_percent(with_cpu(p, 100, 50), with_cpu(p, 250, 100), 1, 100) == 200.0);
}

TEST_CASE("cpu_percent: no rate for another process with the same pid, nor without time between", "[model]") {
  const Sample before = sample_of({.pid = 10, .ppid = 1, .start = 1}),
               reused = sample_of({.pid = 10, .ppid = 1, .start = 2});
  CHECK_FALSE(cpu_percent(before, reused, 1, 100));
  CHECK_FALSE(cpu_percent(before, before, 0, 100));
  CHECK_FALSE(cpu_percent(before, before, 1, 0));
}

TEST_CASE("cpu_percent: a counter that went back is 0", "[model]") {
  const Sample p = sample_of({10, 1});
  CHECK(cpu_percent(with_cpu(p, 100, 0), with_cpu(p, 99, 0), 1, 100) == 0.0);
}

TEST_CASE("lifetime_cpu_percent: CPU time over age", "[model]") {
  HostSample host;
  host.info.clock_ticks = 100;
  host.uptime.up = 11;
  CHECK(lifetime_cpu_percent(with_cpu(sample_of({.pid = 10, .ppid = 1, .start = 100}), 400, 100), host) ==
        50.0);
  CHECK_FALSE(lifetime_cpu_percent(sample_of({.pid = 10, .ppid = 1, .start = 1100}), host));
  CHECK_FALSE(lifetime_cpu_percent(sample_of({.pid = 10, .ppid = 1, .start = 2000}), host));
}

TEST_CASE("cpu_use: shares by CPU number, a new CPU at 0", "[model]") {
  procfs::SystemStat before, now;
  before.all = cpu_times(-1, 100, 100);
  before.cpus = {cpu_times(0, 100, 100), cpu_times(2, 0, 100)};
  now.all = cpu_times(-1, 175, 125);
  now.cpus = {cpu_times(1, 50, 50), cpu_times(2, 75, 125)};
  const auto use = cpu_use(before, now);
  REQUIRE(use);
  CHECK(use->all == 0.75);
  CHECK(use->cpus == std::vector{0.0, 0.75});
  CHECK_FALSE(cpu_use(now, now));
  CHECK_FALSE(cpu_use(now, before));
}

TEST_CASE("History: a task seen once has no rate", "[model]") {
  History history;
  const Sample p = sample_of({10, 1});
  history.observe(at(1, {with_cpu(p, 100, 0)}));
  CHECK_FALSE(history.cpu_percent(p.key));
  history.observe(at(3, {with_cpu(p, 200, 0)}));
  CHECK(history.cpu_percent(p.key) == 50.0);
}

TEST_CASE("History: the dead are forgotten, and their successors start anew", "[model]") {
  History history;
  const Sample p = sample_of({.pid = 10, .ppid = 1, .start = 5}),
               other = sample_of({.pid = 10, .ppid = 7, .start = 6});
  history.observe(at(1, {p}));
  history.observe(at(2, {p}));
  REQUIRE(history.cpu_percent(p.key));
  history.observe(at(3, {other}));
  CHECK_FALSE(history.cpu_percent(p.key));
  CHECK_FALSE(history.cpu_percent(other.key));
  CHECK_FALSE(history.former_parent(other.process_key()));
}

TEST_CASE("History: the former parent is the one of the first scan", "[model]") {
  History history;
  history.observe(at(1, {sample_of({10, 7})}));
  CHECK_FALSE(history.former_parent({Pid(10), Ticks(100)}));
  history.observe(at(2, {sample_of({10, 6})}));
  history.observe(at(3, {sample_of({10, 1})}));
  CHECK(history.former_parent({Pid(10), Ticks(100)}) == Pid(7));
}

TEST_CASE("History: of who was not read the next rate is over all the time since", "[model]") {
  History history;
  const Sample often = sample_of({10, 1}), seldom = sample_of({11, 1}), never = sample_of({12, 1});
  const auto see = [&](double seconds, std::uint64_t ticks, bool seldom_is_read) {
    Snapshot s = at(seconds, {with_cpu(often, ticks, 0), with_cpu(seldom, ticks, 0), with_cpu(never, 0, 0)});
    s.looks = {{}, {.read = seldom_is_read}, {.read = seconds == 1}};
    history.observe(s);
  };
  see(1, 100, true);
  see(2, 200, true);
  see(3, 300, false);
  see(4, 400, false);
  CHECK(history.cpu_percent(often.key) == 100.0);
  CHECK(history.cpu_percent(seldom.key) == 100.0);  // as it was
  see(6, 500, true);
  CHECK(history.cpu_percent(often.key) == 50.0);
  CHECK(history.cpu_percent(seldom.key) == 75.0);  // 300 ticks in 4 seconds
  CHECK_FALSE(history.cpu_percent(never.key));
}

TEST_CASE("History: who was adopted stays so while it is not read", "[model]") {
  History history;
  history.observe(at(1, {sample_of({10, 7})}));
  history.observe(at(2, {sample_of({10, 1})}));
  Snapshot idle = at(3, {sample_of({10, 1})});
  idle.looks = {{.read = false}};
  history.observe(idle);
  CHECK(history.former_parent({Pid(10), Ticks(100)}) == Pid(7));
  history.observe(at(4, {sample_of({10, 7})}));
  CHECK_FALSE(history.former_parent({Pid(10), Ticks(100)}));
}
