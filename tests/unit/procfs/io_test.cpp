// parse_io.
#include "ptop/procfs/io.hpp"

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

TEST_CASE("parse_io: seven counters", "[procfs]") {
  const auto io = parse_io(
      "rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 18446744073709551615\n"
      "cancelled_write_bytes: 7\n");
  REQUIRE(io);
  CHECK(io->rchar == 1U);
  CHECK(io->wchar == 2U);
  CHECK(io->syscr == 3U);
  CHECK(io->syscw == 4U);
  CHECK(io->read_bytes == 5U);
  CHECK(io->write_bytes == UINT64_MAX);
  CHECK(io->cancelled_write_bytes == 7U);
}

TEST_CASE("parse_io: a missing line is unknown, a new line is passed over", "[procfs]") {
  const auto io = parse_io("future: x\nrchar: 1\n");
  REQUIRE(io);
  CHECK(io->rchar == 1U);
  CHECK_FALSE(io->read_bytes);
}

TEST_CASE("parse_io: order does not matter", "[procfs]") {
  const auto io = parse_io("write_bytes: 6\nrchar: 1\n");
  REQUIRE(io);
  CHECK(io->rchar == 1U);
  CHECK(io->write_bytes == 6U);
}

TEST_CASE("parse_io: no known line, or one that does not fit, is malformed", "[procfs]") {
  const std::string text = GENERATE("", "\n", "future: 1\n", "rchar: \n", "rchar: -1\n", "rchar: 1 2\n",
                                    "rchar: 18446744073709551616\n", "rchar 1\n");
  CHECK(parse_io(text).error().code == Errc::malformed);
}
