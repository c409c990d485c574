// Tables of the whole system: pressure, System V IPC, devices, terminals, swap.
#include <string>

#include "ptop/procfs/devices.hpp"
#include "ptop/procfs/pressure.hpp"
#include "ptop/procfs/system.hpp"
#include "ptop/procfs/sysvipc.hpp"
#include "ptop/procfs/throughput.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

TEST_CASE("parse_pressure: shares in per cent, the sum in microseconds", "[procfs]") {
  const auto p = parse_pressure(
      "some avg10=97.88 avg60=72.52 avg300=68.06 total=1086244708\nfull avg10=0.00 avg60=0.04 avg300=0.03 "
      "total=5\n");
  REQUIRE(p);
  REQUIRE(p->some);
  CHECK(p->some->avg10 == 97.88);
  CHECK(p->some->avg60 == 72.52);
  CHECK(p->some->avg300 == 68.06);
  CHECK(p->some->total_us == 1086244708);
  REQUIRE(p->full);
  CHECK(p->full->total_us == 5);
}

TEST_CASE("parse_pressure: one of the two lines may be missing", "[procfs]") {
  CHECK_FALSE(parse_pressure("some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n")->full);
  CHECK_FALSE(parse_pressure("full avg10=0.00 avg60=0.00 avg300=0.00 total=0\n")->some);
}

TEST_CASE("parse_pressure: anything else is malformed", "[procfs]") {
  const std::string text = GENERATE(
      "", "x\n", "some\n", "some avg10=0 avg60=0 avg300=0\n", "some avg60=0 avg10=0 avg300=0 total=0\n",
      "some avg10=nan avg60=0 avg300=0 total=0\n", "some avg10=0 avg60=0 avg300=0 total=-1\n");
  CHECK(parse_pressure(text).error().code == Errc::malformed);
}

TEST_CASE("parse_sysvipc_shm: keys are signed, modes octal", "[procfs]") {
  const auto segments = parse_sysvipc_shm(
      "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      "
      "atime      dtime "
      "     ctime                   rss                  swap\n"
      "-989272529          1  1600                  4096 25189    17      2  1000   100     3     4          "
      "5          6 "
      "1795351380                  8192                  4096\n");
  REQUIRE(segments);
  REQUIRE(segments->size() == 1);
  const SharedMemory& s = (*segments)[0];
  CHECK(s.key == -989272529);
  CHECK(s.id == 1);
  CHECK(s.mode == 01600);
  CHECK(s.size == 4096);
  CHECK(s.creator == Pid(25189));
  CHECK(s.last == Pid(17));
  CHECK(s.attached == 2);
  CHECK(s.uid == Uid(1000));
  CHECK(s.gid == Gid(100));
  CHECK(s.creator_uid == Uid(3));
  CHECK(s.creator_gid == Gid(4));
  CHECK(s.attach_time == 5);
  CHECK(s.detach_time == 6);
  CHECK(s.change_time == 1795351380);
  CHECK(s.rss == 8192U);
  CHECK(s.swap == 4096U);
}

TEST_CASE("parse_sysvipc_shm: before Linux 2.6.34 nothing is known about what is resident", "[procfs]") {
  const auto segments = parse_sysvipc_shm("header\n0 0 600 4096 1 0 0 0 0 0 0 0 0 5\n");
  REQUIRE(segments);
  CHECK_FALSE((*segments)[0].rss);
}

TEST_CASE("parse_sysvipc_sem: and msg, column by column", "[procfs]") {
  const auto sets = parse_sysvipc_sem("header\n-989272529 0 644 3 1 2 3 4 5 1795352375\n");
  REQUIRE(sets);
  CHECK((*sets)[0].semaphores == 3);
  CHECK((*sets)[0].creator_gid == Gid(4));
  CHECK((*sets)[0].operation_time == 5);
  CHECK((*sets)[0].change_time == 1795352375);
  const auto queues = parse_sysvipc_msg("header\n-307219678 7 644 10 2 30 40 1 2 3 4 5 6 1795352375\n");
  REQUIRE(queues);
  CHECK((*queues)[0].id == 7);
  CHECK((*queues)[0].bytes == 10);
  CHECK((*queues)[0].messages == 2);
  CHECK((*queues)[0].last_sender == Pid(30));
  CHECK((*queues)[0].last_receiver == Pid(40));
  CHECK((*queues)[0].uid == Uid(1));
  CHECK((*queues)[0].send_time == 5);
  CHECK((*queues)[0].receive_time == 6);
  CHECK((*queues)[0].change_time == 1795352375);
}

TEST_CASE("parse_sysvipc_msg: a row cut short is malformed", "[procfs]") {
  const std::string row =
      GENERATE("\n", "1 2 3\n", "1 2 9 4 5 6 7 8 9 10 11 12 13 14\n", "x 0 644 0 0 0 0 0 0 0 0 0 0 0\n");
  CHECK_FALSE(parse_sysvipc_msg("header\n" + row));
  CHECK_FALSE(parse_sysvipc_shm("header\n" + row));
  CHECK_FALSE(parse_sysvipc_sem("header\n" + row));
}

TEST_CASE("parse_devices: two sections", "[procfs]") {
  const auto devices =
      parse_devices("Character devices:\n  4 /dev/vc/0\n  4 tty\n10 a b\n\nBlock devices:\n254 virtblk\n");
  REQUIRE(devices);
  REQUIRE(devices->character.size() == 3);
  CHECK(devices->character[1].major == 4);
  CHECK(devices->character[1].name == "tty");
  CHECK(devices->character[2].name == "a b");
  REQUIRE(devices->block.size() == 1);
  CHECK(devices->block[0].major == 254);
}

TEST_CASE("parse_devices: a line outside the form is malformed", "[procfs]") {
  const std::string text = GENERATE("", "4 tty\n", "Character devices:\nx\n", "Block devices:\n 7 \n");
  CHECK_FALSE(parse_devices(text));
}

TEST_CASE("parse_tty_drivers: node, numbers, type", "[procfs]") {
  const auto drivers = parse_tty_drivers(
      "/dev/tty             /dev/tty        5       0 system:/dev/tty\n"
      "pty_slave            /dev/pts      136 0-1048575 pty:slave\n"
      "my driver            /dev/ttyM     200 3-7\n");
  REQUIRE(drivers);
  REQUIRE(drivers->size() == 3);
  CHECK((*drivers)[0].type == "system:/dev/tty");
  CHECK((*drivers)[0].last_minor == 0);
  CHECK((*drivers)[1].driver == "pty_slave");
  CHECK((*drivers)[1].node == "/dev/pts");
  CHECK((*drivers)[1].major == 136);
  CHECK((*drivers)[1].last_minor == 1048575);
  CHECK((*drivers)[2].driver == "my driver");
  CHECK((*drivers)[2].first_minor == 3);
  CHECK((*drivers)[2].type.empty());
}

TEST_CASE("parse_tty_drivers: a line without numbers is malformed", "[procfs]") {
  const std::string text =
      GENERATE("\n", "serial\n", "serial /dev/ttyS 4 x serial\n", "/dev/ttyS x 64 serial\n", "4 64\n");
  CHECK_FALSE(parse_tty_drivers(text));
}

TEST_CASE("parse_swaps: bytes, and escapes undone", "[procfs]") {
  const auto areas = parse_swaps(
      "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/swap\\040file                              "
      "file\t\t1024\t\t1\t\t-2\n");
  REQUIRE(areas);
  REQUIRE(areas->size() == 1);
  CHECK((*areas)[0].path == "/swap file");
  CHECK((*areas)[0].type == "file");
  CHECK((*areas)[0].size == 1048576);
  CHECK((*areas)[0].used == 1024);
  CHECK((*areas)[0].priority == -2);
  CHECK(parse_swaps("Filename\n")->empty());
  CHECK_FALSE(parse_swaps("Filename\n/a file 18446744073709551615 0 0\n"));
  CHECK_FALSE(parse_swaps("Filename\n/a file\n"));
}

TEST_CASE("parse_meminfo: every line that says something about memory", "[procfs]") {
  const auto m = parse_meminfo(
      "MemTotal: 1 kB\nMemFree: 1 kB\nActive(anon):       1756 kB\nUnevictable: 5 kB\nAnonPages: 6 kB\n"
      "KReclaimable: 7 kB\nCommitted_AS: 8 kB\nVmallocTotal:   34359738367 kB\nHugePages_Total:       3\n"
      "Hugepagesize:       2048 kB\nDirectMap4k: x\n");
  REQUIRE(m);
  CHECK(m->active_anon == 1756U * 1024);
  CHECK(m->unevictable == 5U * 1024);
  CHECK(m->anon_pages == 6U * 1024);
  CHECK(m->kreclaimable == 7U * 1024);
  CHECK(m->committed_as == 8U * 1024);
  CHECK(m->vmalloc_total == 34359738367U * 1024);
  CHECK(m->hugepages_total == 3U);
  CHECK(m->hugepage_size == 2048U * 1024);
  CHECK_FALSE(m->zswap);
  CHECK_FALSE(parse_meminfo("MemTotal: 1 kB\nMemFree: 1 kB\nHugePages_Total: x\n"));
  CHECK_FALSE(parse_meminfo("MemTotal: 1 kB\nMemFree: 1 kB\nDirty: 1\n"));
}

TEST_CASE("parse_diskstats: whole disks once, in bytes", "[procfs]") {
  const auto t = parse_diskstats(
      "   7       0 loop0 1 0 100 0 1 0 100 0 0 0 0\n"
      "   8       0 sda 5 0 10 3 7 0 20 4 0 1 2 0 0 0 0 0 0\n"
      "   8       1 sda1 5 0 10 3 7 0 20 4 0 1 2 0 0 0 0 0 0\n"
      "  65     160 sdaa 5 0 1 3 7 0 2 4 0 1 2 0 0 0 0 0 0\n"
      " 259       0 nvme0n1 5 0 100 3 7 0 200 4 0 1 2\n"
      " 259       1 nvme0n1p1 5 0 100 3 7 0 200 4 0 1 2\n"
      " 259       2 nvme0n10 5 0 1000 3 7 0 2000 4 0 1 2\n"
      " 253       0 dm-0 5 0 10 3 7 0 20 4 0 1 2\n");
  REQUIRE(t);
  CHECK(t->in == 1111 * 512);
  CHECK(t->out == 2222 * 512);
  CHECK(parse_diskstats("")->in == 0);
  CHECK_FALSE(parse_diskstats("8 0 sda 5 0 x"));
}

TEST_CASE("parse_net_dev: all interfaces but the loopback", "[procfs]") {
  const auto t = parse_net_dev(
      "Inter-|   Receive                                                |  Transmit\n"
      " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo "
      "colls\n"
      "    lo:   31200     482    0    0    0     0          0         0    31200     482    0    0\n"
      "  eth0: 100 1 0 0 0 0 0 0 7 1 0 0 0 0 0 0\n"
      "eth0:1:20 1 0 0 0 0 0 0 3 1 0 0 0 0 0 0\n");
  REQUIRE(t);
  CHECK(t->in == 120);
  CHECK(t->out == 10);
  CHECK_FALSE(parse_net_dev("eth0: x\n"));
}
