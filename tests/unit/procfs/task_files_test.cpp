// The small files of a task: statm, cmdline, cgroup.
#include <string>

#include "ptop/procfs/cgroup.hpp"
#include "ptop/procfs/cmdline.hpp"
#include "ptop/procfs/statm.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;
using namespace std::string_view_literals;

TEST_CASE("parse_statm: seven page counts, the obsolete ones skipped", "[procfs]") {
  const auto s = parse_statm("765 404 376 5 0 123 0\n");
  REQUIRE(s);
  CHECK(s->size == 765);
  CHECK(s->resident == 404);
  CHECK(s->shared == 376);
  CHECK(s->text == 5);
  CHECK(s->data == 123);
}

TEST_CASE("parse_statm: short, empty or odd text is malformed", "[procfs]") {
  const std::string text =
      GENERATE("", "\n", "1 2 3 4 5", "1 2 x 4 5 6 7", "-1 2 3 4 5 6 7", "18446744073709551616 2 3 4 5 6 7");
  CHECK_FALSE(parse_statm(text));
}

TEST_CASE("parse_cmdline: words end with NUL", "[procfs]") {
  CHECK(parse_cmdline("sleep\0001\0"sv) == std::vector{"sleep"sv, "1"sv});
}

TEST_CASE("parse_cmdline: empty words are words", "[procfs]") {
  CHECK(parse_cmdline("a\0\0b\0"sv) == std::vector{"a"sv, ""sv, "b"sv});
  CHECK(parse_cmdline("\0"sv) == std::vector{""sv});
}

TEST_CASE("parse_cmdline: nothing is no word", "[procfs]") { CHECK(parse_cmdline("").empty()); }

TEST_CASE("parse_cmdline: a rewritten argv area may lack the last NUL", "[procfs]") {
  CHECK(parse_cmdline("sshd: user [priv]"sv) == std::vector{"sshd: user [priv]"sv});
  CHECK(parse_cmdline("a\0b"sv) == std::vector{"a"sv, "b"sv});
}

TEST_CASE("parse_cgroup: version 1 and 2 side by side", "[procfs]") {
  const auto c = parse_cgroup("9:name=systemd:/\n1:cpu,cpuacct:/a b:c/d\n0::/user.slice/session-1.scope\n");
  REQUIRE(c);
  REQUIRE(c->size() == 3);
  CHECK((*c)[0].hierarchy == 9);
  CHECK((*c)[0].controllers == "name=systemd");
  CHECK((*c)[0].path == "/");
  CHECK((*c)[1].controllers == "cpu,cpuacct");
  CHECK((*c)[1].path == "/a b:c/d");
  CHECK((*c)[2].hierarchy == 0);
  CHECK((*c)[2].controllers.empty());
  CHECK((*c)[2].path == "/user.slice/session-1.scope");
}

TEST_CASE("parse_cgroup: no mounted hierarchy is an empty list", "[procfs]") {
  const auto c = parse_cgroup("");
  REQUIRE(c);
  CHECK(c->empty());
}

TEST_CASE("parse_cgroup: a line without hierarchy, controllers and path is malformed", "[procfs]") {
  const std::string text = GENERATE("\n", "0\n", "0:\n", "x::/\n", "-1::/\n", "::/\n", "0::/\nrest");
  const auto c = parse_cgroup(text);
  REQUIRE_FALSE(c);
  CHECK(c.error().code == Errc::malformed);
}
