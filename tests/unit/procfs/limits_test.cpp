// parse_limits.
#include "ptop/procfs/limits.hpp"

#include <algorithm>
#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

namespace {

const std::string header = "Limit                     Soft Limit           Hard Limit           Units     \n";

}  // namespace

TEST_CASE("parse_limits: values, unlimited ones, and the unit", "[procfs]") {
  const auto limits =
      parse_limits(header +
                   "Max cpu time              unlimited            unlimited            seconds   \n"
                   "Max stack size            8388608              unlimited            bytes     \n"
                   "Max open files            1024                 4096                 files     \n"
                   "Max nice priority         0                    0                    \n"
                   "Max realtime timeout      18446744073709551614 unlimited            us        \n");
  REQUIRE(limits);
  REQUIRE(limits->size() == 5);
  CHECK((*limits)[0].resource == LimitResource::cpu);
  CHECK_FALSE((*limits)[0].soft);
  CHECK((*limits)[1].soft == 8388608U);
  CHECK_FALSE((*limits)[1].hard);
  CHECK((*limits)[1].unit == LimitUnit::bytes);
  CHECK((*limits)[2].resource == LimitResource::nofile);
  CHECK((*limits)[2].hard == 4096U);
  CHECK((*limits)[3].unit == LimitUnit::none);
  CHECK((*limits)[4].soft == UINT64_MAX - 1);
}

TEST_CASE("parse_limits: a resource of a newer kernel is left out", "[procfs]") {
  const auto limits = parse_limits(header + "Max new thing  1 2 things\nMax processes  3 4 processes\n");
  REQUIRE(limits);
  REQUIRE(limits->size() == 1);
  CHECK((*limits)[0].resource == LimitResource::nproc);
}

TEST_CASE("parse_limits: no line, or one that does not fit, is malformed", "[procfs]") {
  const std::string text =
      GENERATE("Limit  Soft Limit\n", "Max open files\n", "Max open files 1\n", "Max open files x 1 files\n",
               "Max open files 1 18446744073709551616 files\n");
  CHECK(parse_limits(text).error().code == Errc::malformed);
}

TEST_CASE("parse_limits: nothing at all is a task that was collected meanwhile", "[procfs]") {
  CHECK(parse_limits("").error().code == Errc::gone);
}

TEST_CASE("limit_resource_name: as in RLIMIT_*, in lower case", "[procfs]") {
  CHECK(limit_resource_name(LimitResource::cpu) == "cpu");
  CHECK(limit_resource_name(LimitResource::rttime) == "rttime");
  CHECK(limit_unit_name(LimitUnit::microseconds) == "us");
}
