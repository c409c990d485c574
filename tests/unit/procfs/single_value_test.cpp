// The files of a task that hold one value, and its links to namespaces.
#include "ptop/procfs/single_value.hpp"

#include "ptop/procfs/ns_link.hpp"
#include "ptop/procfs/schedstat.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;
using namespace std::string_view_literals;

TEST_CASE("parse_oom_score_adj: negative numbers are numbers", "[procfs]") {
  CHECK(parse_oom_score_adj("-1000\n") == -1000);
  CHECK(parse_oom_score("666\n") == 666);
}

TEST_CASE("parse_oom_score: anything but one number is malformed", "[procfs]") {
  const std::string text = GENERATE("", "\n", "x\n", "1 2\n", "1\n2\n", "99999999999\n");
  CHECK(parse_oom_score(text).error().code == Errc::malformed);
}

TEST_CASE("parse_loginuid: all ones means that nobody logged in", "[procfs]") {
  CHECK(parse_loginuid("4294967295").value() == std::optional<Uid>());
  CHECK(parse_loginuid("1000").value() == std::optional(Uid(1000)));
  CHECK_FALSE(parse_loginuid("4294967296"));
  CHECK_FALSE(parse_loginuid("-1"));
  CHECK(parse_sessionid("4294967295").value() == std::optional<std::uint32_t>());
  CHECK(parse_sessionid("3").value() == std::optional<std::uint32_t>(3));
}

TEST_CASE("parse_wchan: a symbol, or 0 for none", "[procfs]") {
  CHECK(parse_wchan("do_wait").value() == std::optional<std::string>("do_wait"));
  CHECK(parse_wchan("0").value() == std::optional<std::string>());
  CHECK(parse_wchan("").value() == std::optional<std::string>());
  CHECK_FALSE(parse_wchan("two words"));
}

TEST_CASE("parse_personality: hexadecimal without a prefix", "[procfs]") {
  CHECK(parse_personality("00040000\n") == 0x40000U);
  CHECK_FALSE(parse_personality("100000000\n"));
  CHECK(parse_timerslack_ns("50000\n") == 50000U);
  CHECK_FALSE(parse_timerslack_ns("18446744073709551616\n"));
}

TEST_CASE("parse_autogroup: number and nice value", "[procfs]") {
  const auto group = parse_autogroup("/autogroup-119 nice -5\n");
  REQUIRE(group);
  REQUIRE(*group);
  CHECK((*group)->id == 119);
  CHECK((*group)->nice == -5);
  CHECK_FALSE(*parse_autogroup(""));
}

TEST_CASE("parse_autogroup: another form is malformed", "[procfs]") {
  const std::string text = GENERATE("\n", "/autogroup- nice 0\n", "/autogroup-1\n", "/autogroup-1 nice x\n",
                                    "autogroup-1 nice 0\n", "/autogroup-1 mice 0\n");
  CHECK_FALSE(parse_autogroup(text));
}

TEST_CASE("parse_attr_current: the ending of each security module comes off", "[procfs]") {
  CHECK(parse_attr_current("unconfined\n") == "unconfined");
  CHECK(parse_attr_current("system_u:system_r:init_t:s0\0"sv) == "system_u:system_r:init_t:s0");
  CHECK(parse_attr_current("\0"sv).empty());
}

TEST_CASE("parse_comm: newlines of the name itself stay", "[procfs]") {
  CHECK(parse_comm("bash\n") == "bash");
  CHECK(parse_comm("a\nb\n\n") == "a\nb\n");
  CHECK(parse_comm("").empty());
}

TEST_CASE("parse_cpuset: a path, blanks and all", "[procfs]") {
  CHECK(parse_cpuset("/a b \n") == "/a b ");
  CHECK(parse_cpuset("/\n") == "/");
}

TEST_CASE("parse_children: pids, each with a blank behind it", "[procfs]") {
  CHECK(parse_children("12 34 ") == std::vector{Pid(12), Pid(34)});
  CHECK(parse_children("") == std::vector<Pid>());
  CHECK_FALSE(parse_children("12 x "));
}

TEST_CASE("parse_schedstat: run time, wait time, timeslices", "[procfs]") {
  const auto s = parse_schedstat("1458911 7530903 3\n");
  REQUIRE(s);
  CHECK(s->run_ns == 1458911);
  CHECK(s->wait_ns == 7530903);
  CHECK(s->timeslices == 3);
  CHECK_FALSE(parse_schedstat(""));
  CHECK_FALSE(parse_schedstat("1 2\n"));
  CHECK_FALSE(parse_schedstat("1 2 18446744073709551616\n"));
}

TEST_CASE("parse_ns_link: type and inode", "[procfs]") {
  const auto link = parse_ns_link("pid:[4026531836]");
  REQUIRE(link);
  CHECK(link->type == "pid");
  CHECK(link->inode == 4026531836U);
}

TEST_CASE("parse_ns_link: another form is malformed", "[procfs]") {
  const std::string text = GENERATE("", "pid", "pid:", "pid:[]", "pid:[x]", "pid:[1", ":[1]", "pid:1",
                                    "pid:[18446744073709551616]");
  CHECK(parse_ns_link(text).error().code == Errc::malformed);
}
