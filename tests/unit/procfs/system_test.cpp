// The files of the whole system.
#include "ptop/procfs/system.hpp"

#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

TEST_CASE("parse_system_stat: the sum, each CPU, and the counters", "[procfs]") {
  const auto s = parse_system_stat(
      "cpu  1 2 3 4 5 6 7 8 9 10\ncpu0 11 12 13 14 15 16 17 18 19 20\ncpu3 1 1 1 1 1 1 1 1 1 1\nintr 1 2 3\n"
      "ctxt 99\nbtime 1795348736\nprocesses 5912\nprocs_running 3\nprocs_blocked 1\nsoftirq 1 2\nnew_line x "
      "y\n");
  REQUIRE(s);
  CHECK(s->all.cpu == -1);
  CHECK(s->all.guest_nice == 10);
  CHECK(s->all.busy() == 1 + 2 + 3 + 6 + 7 + 8);
  CHECK(s->all.total() == s->all.busy() + 4 + 5);
  REQUIRE(s->cpus.size() == 2);
  CHECK(s->cpus[0].user == 11);
  CHECK(s->cpus[1].cpu == 3);
  CHECK(s->boot_time == 1795348736);
  CHECK(s->forks == 5912);
  CHECK(s->context_switches == 99);
  CHECK(s->running == 3);
  CHECK(s->blocked == 1);
}

TEST_CASE("parse_system_stat: an old kernel has four columns, a newer one may have eleven", "[procfs]") {
  const auto old = parse_system_stat("cpu 1 2 3 4\nbtime 5\n");
  REQUIRE(old);
  CHECK(old->all.idle == 4);
  CHECK(old->all.iowait == 0);
  CHECK(parse_system_stat("cpu 1 2 3 4 5 6 7 8 9 10 11 12\nbtime 5\n"));
}

TEST_CASE("parse_system_stat: without the sum or the boot time it is malformed", "[procfs]") {
  const std::string text =
      GENERATE("", "cpu 1 2 3 4\n", "btime 5\n", "cpu 1 2 3\nbtime 5\n", "cpu 1 2 3 x\nbtime 5\n",
               "cpu 1 2 3 4\nbtime -5\n", "cpux 1 2 3 4\ncpu 1 2 3 4\nbtime 5\n",
               "cpu 1 2 3 18446744073709551616\nbtime 5\n");
  const auto s = parse_system_stat(text);
  REQUIRE_FALSE(s);
  CHECK(s.error().code == Errc::malformed);
}

TEST_CASE("parse_meminfo: kilobytes become bytes", "[procfs]") {
  const auto m = parse_meminfo(
      "MemTotal:       100 kB\nMemFree:  2 kB\nMemAvailable: 3 kB\nBuffers: 4 kB\nCached: 5 kB\nSwapCached: "
      "6 kB\n"
      "Shmem: 7 kB\nSReclaimable: 8 kB\nSwapTotal: 9 kB\nSwapFree: 10 kB\nHugePages_Total:       0\n");
  REQUIRE(m);
  CHECK(m->total == 100U * 1024);
  CHECK(m->free == 2U * 1024);
  CHECK(m->available == 3U * 1024);
  CHECK(m->buffers == 4U * 1024);
  CHECK(m->cached == 5U * 1024);
  CHECK(m->swap_cached == 6U * 1024);
  CHECK(m->shmem == 7U * 1024);
  CHECK(m->reclaimable == 8U * 1024);
  CHECK(m->swap_total == 9U * 1024);
  CHECK(m->swap_free == 10U * 1024);
}

TEST_CASE("parse_meminfo: before Linux 3.14 nothing is known about available memory", "[procfs]") {
  const auto m = parse_meminfo("MemTotal: 1 kB\nMemFree: 1 kB\n");
  REQUIRE(m);
  CHECK_FALSE(m->available);
}

TEST_CASE("parse_meminfo: without total and free, or with an odd number, it is malformed", "[procfs]") {
  const std::string text =
      GENERATE("", "MemTotal: 1 kB\n", "MemTotal: 1\nMemFree: 1 kB\n", "MemTotal: x kB\nMemFree: 1 kB\n");
  CHECK_FALSE(parse_meminfo(text));
}

TEST_CASE("parse_loadavg: three loads and the tasks", "[procfs]") {
  const auto l = parse_loadavg("0.63 0.15 12.05 2/99 5912\n");
  REQUIRE(l);
  CHECK(l->one == 0.63);
  CHECK(l->five == 0.15);
  CHECK(l->fifteen == 12.05);
  CHECK(l->runnable == 2);
  CHECK(l->tasks == 99);
}

TEST_CASE("parse_loadavg: anything else is malformed", "[procfs]") {
  const std::string text = GENERATE("", "0.1 0.2\n", "0.1 0.2 0.3\n", "nan 0.2 0.3 1/2 3\n",
                                    "0.1 0.2 -0.3 1/2 3\n", "0.1 0.2 0.3 12 3\n");
  CHECK_FALSE(parse_loadavg(text));
}

TEST_CASE("parse_uptime: seconds up and idle", "[procfs]") {
  const auto u = parse_uptime("1071.50 2098.81\n");
  REQUIRE(u);
  CHECK(u->up == 1071.5);
  CHECK(u->idle == 2098.81);
  CHECK_FALSE(parse_uptime("1071.50"));
  CHECK_FALSE(parse_uptime("x 1"));
  CHECK_FALSE(parse_uptime(""));
}
