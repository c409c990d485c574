// What a task does in the kernel: syscall and stack.
#include "ptop/procfs/syscall.hpp"

#include "ptop/procfs/stack.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

TEST_CASE("parse_syscall: number, six arguments, stack and program counter", "[procfs]") {
  const auto s =
      parse_syscall("72 0x1c 0x7 0x7fffe68629f0 0x0 0x0 0x7fec1adb0740 0x7fffe6862980 0x7fec1aeab810\n");
  REQUIRE(s);
  CHECK(s->where == SyscallState::Where::inside);
  CHECK(s->nr == SyscallNo(72));
  CHECK(s->args == std::array<std::uint64_t, 6>{0x1c, 0x7, 0x7fffe68629f0, 0, 0, 0x7fec1adb0740});
  CHECK(s->sp == TraceeAddr(0x7fffe6862980));
  CHECK(s->pc == TraceeAddr(0x7fec1aeab810));
}

TEST_CASE("parse_syscall: running, and blocked outside a system call", "[procfs]") {
  CHECK(parse_syscall("running\n")->where == SyscallState::Where::running);
  const auto s = parse_syscall("-1 0x10 0x20\n");
  REQUIRE(s);
  CHECK(s->where == SyscallState::Where::outside);
  CHECK(s->sp == TraceeAddr(0x10));
  CHECK(s->pc == TraceeAddr(0x20));
}

TEST_CASE("parse_syscall: anything else is malformed", "[procfs]") {
  const std::string text = GENERATE("", "\n", "run\n", "72\n", "72 0x1 0x2 0x3 0x4 0x5 0x6 0x7\n", "-1 1 2\n",
                                    "-1 0x 0x1\n", "1 0x1 0x2 0x3 0x4 0x5 0x6 0x7 0x10000000000000000\n");
  CHECK(parse_syscall(text).error().code == Errc::malformed);
}

TEST_CASE("parse_stack: innermost frame first, with its module", "[procfs]") {
  const auto frames =
      parse_stack("[<0>] fcntl_setlk+0x1a2/0x3c0\n[<ffffffffa0001234>] nfs_wait+0x10/0x20 [nfs]\n");
  REQUIRE(frames);
  REQUIRE(frames->size() == 2);
  CHECK((*frames)[0].symbol == "fcntl_setlk");
  CHECK((*frames)[0].offset == 0x1a2);
  CHECK((*frames)[0].size == 0x3c0);
  CHECK((*frames)[0].module.empty());
  CHECK((*frames)[1].module == "nfs");
}

TEST_CASE("parse_stack: the mark at the end that kernels before 5.2 write is no frame", "[procfs]") {
  const auto frames =
      parse_stack("[<ffffffff81240000>] do_wait+0x1f4/0x260\n[<ffffffffffffffff>] 0xffffffffffffffff\n");
  REQUIRE(frames);
  REQUIRE(frames->size() == 1);
  CHECK(frames->front().symbol == "do_wait");
}

TEST_CASE("parse_stack: a running task has no frames", "[procfs]") {
  const auto frames = parse_stack("");
  REQUIRE(frames);
  CHECK(frames->empty());
}

TEST_CASE("parse_stack: a line that is no frame is malformed", "[procfs]") {
  const std::string text = GENERATE("\n", "do_wait+0x1/0x2\n", "[<0>]\n", "[<0>] +0x1/0x2\n", "[<0>] f+1/2\n",
                                    "[<0>] f+0x1\n", "[<0>] f+0x1/0x2 nfs\n", "[<0>] f+0x1/0x2 []\n");
  CHECK(parse_stack(text).error().code == Errc::malformed);
}
