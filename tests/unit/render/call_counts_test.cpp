// The table of system calls.
#include "ptop/render/call_counts.hpp"

#include "golden.hpp"
#include "ptop/base/escape.hpp"
#include "support/catch.hpp"

using namespace ptop;

namespace {

std::vector<std::string> table(std::string_view name, std::size_t columns) {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::CallCountSink sink(out, columns);
  sink.on({.what = follow::SyscallDone{.name = name, .ret = 0, .duration_ns = 74'000}});
  sink.end({});
  return test::lines_of(test::contents(file));
}

}  // namespace

TEST_CASE("CallCountSink: columns have their usual widths where names have room", "[render]") {
  const auto lines = table("openat", 80);
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == "% time     seconds  usecs/call  longest us     calls    errors syscall");
  CHECK(lines[1] == "100.00    0.000074        74.0        74.0         1           openat");
  CHECK(table("sched_rr_get_interval_time64", 0)[1] ==
        "100.00    0.000074        74.0        74.0         1           sched_rr_get_interval_time64");
}

TEST_CASE("CallCountSink: long names fit a terminal", "[render]") {
  const auto lines = table("sched_rr_get_interval_time64", 80);
  CHECK(lines[1].ends_with(" sched_rr_get_interval_time64"));
  for (const std::string& line : lines) CHECK(display_width(line) <= 80);
  for (const std::string& line : table("sched_rr_get_interval_time64", 62)) CHECK(display_width(line) <= 62);
}
