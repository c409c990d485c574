// parse_fdinfo: texts as Linux 6.18 writes them.
#include "ptop/procfs/fdinfo.hpp"

#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

namespace {

FdInfo parsed(const std::string& particulars) {
  auto info = parse_fdinfo("pos:\t0\nflags:\t02\nmnt_id:\t17\nino:\t1039\n" + particulars);
  REQUIRE(info);
  return std::move(*info);
}

template <class T>
T parsed_as(const std::string& particulars) {
  const FdInfo info = parsed(particulars);
  REQUIRE(std::holds_alternative<T>(info.particulars));
  return std::get<T>(info.particulars);
}

}  // namespace

TEST_CASE("parse_fdinfo: position, flags, mount, inode", "[procfs]") {
  const auto info =
      parse_fdinfo("pos:\t9223372036854775807\nflags:\t02100002\nmnt_id:\t27\nino:\t11012144\n");
  REQUIRE(info);
  CHECK(info->position == INT64_MAX);
  CHECK(info->flags == 02100002U);
  CHECK(info->mount_id == 27U);
  CHECK(info->inode == 11012144U);
  CHECK(std::holds_alternative<std::monostate>(info->particulars));
}

TEST_CASE("parse_fdinfo: Linux 3.14 knows position and flags", "[procfs]") {
  const auto info = parse_fdinfo("pos:\t5\nflags:\t0100000\n");
  REQUIRE(info);
  CHECK_FALSE(info->mount_id);
  CHECK_FALSE(info->inode);
}

TEST_CASE("parse_fdinfo: locks held through the descriptor", "[procfs]") {
  const FdInfo info = parsed(
      "lock:\t1: FLOCK  ADVISORY  WRITE 28612 fe:00:11012144 0 EOF\n"
      "lock:\t2: POSIX  ADVISORY  READ 28612 fe:00:11012144 2 6\n");
  REQUIRE(info.locks.size() == 2);
  CHECK(info.locks[0].kind == LockKind::flock);
  CHECK(info.locks[1].end == 6U);
}

TEST_CASE("parse_fdinfo: sockets on the way, and the other side of a pty", "[procfs]") {
  CHECK(parsed("scm_fds: 2\n").scm_fds == 2U);
  CHECK(parsed("tty-index:\t12\n").tty_index == 12U);
}

TEST_CASE("parse_fdinfo: an eventfd's count is hexadecimal", "[procfs]") {
  const auto e =
      parsed_as<EventfdInfo>("eventfd-count:               1f\neventfd-id: 1\neventfd-semaphore: 1\n");
  CHECK(e.count == 31);
  CHECK(e.id == 1);
  CHECK(e.semaphore == true);
  CHECK_FALSE(parsed_as<EventfdInfo>("eventfd-count: ffffffffffffffff\n").id);
}

TEST_CASE("parse_fdinfo: the mask of a signalfd", "[procfs]") {
  CHECK(parsed_as<SignalfdInfo>("sigmask:\t8000000000000002\n").mask == 0x8000000000000002U);
}

TEST_CASE("parse_fdinfo: what an epoll watches", "[procfs]") {
  const auto targets = parsed_as<EpollInfo>(
                           "tfd:        5 events: 80000019 data:                0  pos:0 ino:43974 sdev:f\n"
                           "tfd:        3 events:       19 data:     deadbeefcafe\n")
                           .targets;
  REQUIRE(targets.size() == 2);
  CHECK(targets[0].fd == 5);
  CHECK(targets[0].events == 0x80000019U);
  CHECK(targets[0].inode == 0x43974U);
  CHECK(targets[0].device == DeviceNumber{0, 15});
  CHECK(targets[1].data == 0xdeadbeefcafeU);
  CHECK_FALSE(targets[1].inode);
}

TEST_CASE("parse_fdinfo: what an inotify watches", "[procfs]") {
  const auto watches =
      parsed_as<InotifyInfo>(
          "inotify wd:a ino:3c51a sdev:fe00000 mask:80000100 ignored_mask:0 fhandle-bytes:8 "
          "fhandle-type:81 f_handle:1ac5030000000000\ninotify wd:1 ino:1 sdev:15 mask:fff \n")
          .watches;
  REQUIRE(watches.size() == 2);
  CHECK(watches[0].wd == 10);
  CHECK(watches[0].inode == 0x3c51a);
  CHECK(watches[0].device == DeviceNumber{254, 0});
  CHECK(watches[0].mask == 0x80000100U);
  REQUIRE(watches[0].handle);
  CHECK(watches[0].handle->type == 0x81);
  CHECK(watches[0].handle->bytes == std::string("\x1a\xc5\x03\0\0\0\0\0", 8));
  CHECK(watches[1].device == DeviceNumber{0, 0x15});
  CHECK_FALSE(watches[1].handle);
}

TEST_CASE("parse_fdinfo: the marks of a fanotify group", "[procfs]") {
  const auto group = parsed_as<FanotifyInfo>(
      "fanotify flags:200 event-flags:8000\n"
      "fanotify sdev:1b mflags:40 mask:8 ignored_mask:3\n"
      "fanotify mnt_id:1b mflags:0 mask:18 ignored_mask:0\n"
      "fanotify ino:35d sdev:fe00000 mflags:0 mask:20 ignored_mask:0 fhandle-bytes:8 fhandle-type:1 "
      "f_handle:5d03000000000000\n");
  CHECK(group.flags == 0x200);
  CHECK(group.event_flags == 0x8000);
  REQUIRE(group.marks.size() == 3);
  CHECK(group.marks[0].device == DeviceNumber{0, 0x1b});
  CHECK_FALSE(group.marks[0].inode);
  CHECK(group.marks[0].mark_flags == 0x40);
  CHECK(group.marks[0].ignored == 3);
  CHECK(group.marks[1].mount_id == 0x1bU);
  CHECK(group.marks[2].inode == 0x35dU);
  CHECK(group.marks[2].handle->bytes.size() == 8);
}

TEST_CASE("parse_fdinfo: a timerfd's clock, expirations and times", "[procfs]") {
  const auto t = parsed_as<TimerfdInfo>(
      "clockid: 1\nticks: 4\nsettime flags: 03\nit_value: (3599, 999974650)\nit_interval: (1, 5)\n");
  CHECK(t.clock == 1);
  CHECK(t.ticks == 4);
  CHECK(t.settime_flags == 3);
  CHECK(t.value.seconds == 3599);
  CHECK(t.value.nanoseconds == 999974650);
  CHECK(t.interval.seconds == 1);
  CHECK(t.interval.nanoseconds == 5);
}

TEST_CASE("parse_fdinfo: a pidfd's process, in each namespace; reaped, out of sight", "[procfs]") {
  const auto alive = parsed_as<PidfdInfo>("Pid:\t28613\nNSpid:\t28613\t7\t1\n");
  CHECK(alive.pid == Pid(28613));
  CHECK(alive.ns_pid == std::vector{Pid(28613), Pid(7), Pid(1)});
  CHECK(parsed_as<PidfdInfo>("Pid:\t-1\nNSpid:\t-1\n").pid == Pid(-1));
  CHECK(parsed_as<PidfdInfo>("Pid:\t0\nNSpid:\t0\n").pid == Pid(0));
}

TEST_CASE("parse_fdinfo: bpf maps, programs and links tell them apart", "[procfs]") {
  const auto map = parsed_as<BpfMapInfo>(
      "map_type:\t2\nkey_size:\t4\nvalue_size:\t8\nmax_entries:\t16\nmap_flags:\t0x0\nmap_extra:\t0x0\n"
      "memlock:\t440\nmap_id:\t25\nfrozen:\t0\n");
  CHECK(map.type == 2);
  CHECK(map.id == 25U);
  CHECK(map.key_size == 4);
  CHECK(map.value_size == 8);
  CHECK(map.max_entries == 16);
  CHECK(map.memlock == 440);
  CHECK(map.frozen == false);

  const auto prog = parsed_as<BpfProgInfo>(
      "prog_type:\t1\nprog_jited:\t1\nprog_tag:\t59f4a931744dcdc6\nmemlock:\t4096\nprog_id:\t97\n"
      "run_time_ns:\t5\nrun_cnt:\t6\n");
  CHECK(prog.type == 1);
  CHECK(prog.id == 97U);
  CHECK(prog.jited == true);
  CHECK(prog.tag == "59f4a931744dcdc6");
  CHECK(prog.memlock == 4096);
  CHECK(prog.run_time_ns == 5U);
  CHECK(prog.run_count == 6U);

  const auto link = parsed_as<BpfLinkInfo>(
      "link_type:\traw_tracepoint\nlink_id:\t89\nprog_tag:\t59f4a931744dcdc6\nprog_id:\t98\ntp_name:\tsys_"
      "enter\n");
  CHECK(link.type == "raw_tracepoint");
  CHECK(link.id == 89U);
  CHECK(link.prog_id == 98U);
}

TEST_CASE("parse_fdinfo: the rings of an io_uring", "[procfs]") {
  const auto ring = parsed_as<IoUringInfo>(
      "SqMask:\t0x7\nSqHead:\t0\nCqMask:\t0xf\nSQEs:\t0\nSqThread:\t-1\nUserFiles:\t3\n    0: a name\n"
      "UserBufs:\t2\nPollList:\n");
  CHECK(ring.sq_entries == 8);
  CHECK(ring.cq_entries == 16);
  CHECK_FALSE(ring.sq_thread);
  CHECK(ring.user_files == 3U);
  CHECK(ring.user_buffers == 2U);
  CHECK(parsed_as<IoUringInfo>("SqThread:\t77\n").sq_thread == 77);
}

TEST_CASE("parse_fdinfo: faults of a userfaultfd", "[procfs]") {
  const auto faults = parsed_as<UserfaultfdInfo>("pending:\t1\ntotal:\t2\nAPI:\taa:5:80000000000001ff\n");
  CHECK(faults.pending == 1);
  CHECK(faults.total == 2);
  CHECK(faults.features == 5U);
}

TEST_CASE("parse_fdinfo: dma-buf and tun by their names", "[procfs]") {
  const auto buffer = parsed_as<DmabufInfo>("size:\t4096\ncount:\t2\nexp_name:\tsystem\nname:\ta b\n");
  CHECK(buffer.size == 4096);
  CHECK(buffer.exporter == "system");
  CHECK(buffer.name == "a b");
  CHECK(parsed_as<TunInfo>("iff:\ttap0\n").interface == "tap0");
}

TEST_CASE("parse_fdinfo: a driver's own lines are passed over", "[procfs]") {
  const FdInfo info =
      parsed("drm-driver:\ti915\ndrm-total-system0:\t8 KiB\nsize:\t12 KiB\nname:\tx\ntotal:\t1 MiB\n\n");
  CHECK(std::holds_alternative<std::monostate>(info.particulars));
  CHECK(std::holds_alternative<std::monostate>(parsed("total:\t5\nsize:\t1\n").particulars));
}

TEST_CASE("parse_fdinfo: without position and flags it is malformed", "[procfs]") {
  const std::string text =
      GENERATE("", "pos:\t0\n", "flags:\t02\n", "pos:\tx\nflags:\t02\n", "pos:\t0\nflags:\t08\n");
  CHECK(parse_fdinfo(text).error().code == Errc::malformed);
}

TEST_CASE("parse_fdinfo: a known line that does not fit is malformed", "[procfs]") {
  const std::string line = GENERATE(
      "mnt_id:\t-1\n", "lock:\t1: POSIX\n", "eventfd-count: g\n", "eventfd-semaphore: 2\n",
      "sigmask:\t10000000000000000\n", "tfd: x\n", "inotify wd:g\n", "inotify f_handle:123\n",
      "fanotify flags:x\n", "fanotify ino:x\n", "it_value: 1, 2\n", "it_value: (1)\n", "it_value: (\n",
      "Pid:\tx\n", "SqMask:\t0xffffffff\n", "SqMask:\t7\n", "map_id:\t4294967296\n", "scm_fds: -1\n");
  CHECK_FALSE(parse_fdinfo("pos:\t0\nflags:\t02\n" + line));
}
