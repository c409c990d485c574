// The table of the descriptor leak audit.
#include "ptop/render/fd_audit_table.hpp"

#include "golden.hpp"
#include "ptop/base/escape.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::follow;

namespace {

DescriptorHolder holder(int pid, std::string program, DescriptorPurpose purpose, std::uint64_t exec_ns) {
  return {.process = {Pid(pid), Ticks(1)},
          .program = std::move(program),
          .fd = 9,
          .purpose = purpose,
          .exec_ns = exec_ns};
}

DescriptorAudit story(std::vector<DescriptorHolder> holders) {
  DescriptorAudit audit{.fd = 9, .target = "/tmp/fl", .type = "regular"};
  audit.origin = {.opener = {Pid(6), Ticks(1)}, .program = "/usr/bin/bash"};
  audit.execs = holders.size();
  for (const auto& one : holders) audit.leaks += one.purpose == DescriptorPurpose::none ? 1 : 0;
  audit.leaked = audit.leaks != 0;
  audit.holders = std::move(holders);
  return audit;
}

std::vector<std::string> table(const std::vector<DescriptorAudit>& stories, std::size_t columns = 0) {
  const Fd file = test::memory_file();
  render::LineOutput out(file.get(), true);
  render::FdAuditSink sink(out, render::Paint(false), {.columns = columns});
  for (const DescriptorAudit& one : stories) sink.on({.what = one});
  sink.end({});
  return test::lines_of(test::contents(file));
}

}  // namespace

TEST_CASE("FdAuditSink: a reason stands behind who has it, and leaks are counted", "[render]") {
  const auto lines = table({story({holder(8, "/bin/true", DescriptorPurpose::none, 2),
                                   holder(7, "/usr/bin/flock", DescriptorPurpose::argument, 1)})});
  REQUIRE(lines.size() == 3);
  CHECK(lines[1] ==
        "  fd 9   /tmp/fl  opened by 6 bash, leaked to 1 of 2 execs, no program still had it at exit");
  CHECK(lines[2] == "         to 8 true, 7 flock (named in its arguments)");
}

TEST_CASE("FdAuditSink: where all leaked, only their number", "[render]") {
  const auto lines = table({story({holder(8, "/bin/true", DescriptorPurpose::none, 2)})});
  REQUIRE(lines.size() == 3);
  CHECK(lines[1].find("leaked to 1 exec, ") != std::string::npos);
}

TEST_CASE("FdAuditSink: of several files leaks come first, each in the order of execs", "[render]") {
  const auto lines = table({story({holder(4, "/bin/c", DescriptorPurpose::none, 4),
                                   holder(1, "/bin/a", DescriptorPurpose::argument, 1)}),
                            story({holder(3, "/bin/b", DescriptorPurpose::none, 3)})});
  REQUIRE(lines.size() == 3);
  CHECK(lines[2] == "         to 3 b, 4 c, 1 a (named in its arguments)");
}

TEST_CASE("FdAuditSink: another number than the first is told", "[render]") {
  auto twelfth = holder(8, "/bin/dash", DescriptorPurpose::none, 2);
  twelfth.fd = 12;
  twelfth.use = DescriptorUse::closed;
  const auto lines = table({story({holder(7, "/bin/cat", DescriptorPurpose::none, 1), twelfth})});
  REQUIRE(lines.size() == 3);
  CHECK(lines[2] == "         to 7 cat, 8 dash (as 12, closed)");
}

TEST_CASE("FdAuditSink: what launchers closed is no leak", "[render]") {
  auto helper = holder(8, "/usr/lib/jspawnhelper", DescriptorPurpose::launcher, 2);
  helper.use = DescriptorUse::closed;
  const auto lines = table({story({helper})});
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].starts_with("CLOSED BY ITS LAUNCHER"));
  CHECK(lines[1].find("crossed 1 exec, ") != std::string::npos);
  CHECK(lines[2] == "         to 8 jspawnhelper (closed)");
}

TEST_CASE("FdAuditSink: headings fit a narrow terminal", "[render]") {
  for (const std::string& line : table({story({holder(8, "/bin/true", DescriptorPurpose::none, 2)})}, 60)) {
    INFO(line);
    CHECK(display_width(line) <= 60);
  }
}
