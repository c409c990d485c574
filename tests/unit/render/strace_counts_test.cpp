// The table of strace -c.
#include "ptop/render/strace_counts.hpp"

#include "golden.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::render;

namespace {

std::string table(StraceCountOptions options) {
  const Fd file = test::memory_file();
  LineOutput out(file.get(), true);
  StraceCountSink sink(out, std::move(options));
  const auto call = [&](std::string_view name, std::int64_t nr, std::optional<std::int64_t> ret, int error,
                        std::uint64_t wall_ns, std::uint64_t system_ns) {
    sink.on({.what = follow::SyscallDone{.name = name,
                                         .number = {.nr = nr},
                                         .ret = ret,
                                         .error_number = error,
                                         .duration_ns = wall_ns,
                                         .system_ns = system_ns}});
  };
  call("close", 3, 0, 0, 9'000, 1'000);
  call("close", 3, -9, 9, 1'000, 3'000);
  call("read", 0, 1, 0, 2'000, 12'000);
  call("exit_group", 231, std::nullopt, 0, 5, 5);  // never returned: not counted
  sink.end({});
  return test::contents(file);
}

}  // namespace

TEST_CASE("StraceCountSink: by CPU time of the kernel, the longest first", "[render]") {
  CHECK(table({}) ==
        "% time     seconds  usecs/call     calls    errors syscall\n"
        "------ ----------- ----------- --------- --------- ----------------\n"
        " 75.00    0.000012          12         1           read\n"
        " 25.00    0.000004           2         2         1 close\n"
        "------ ----------- ----------- --------- --------- ----------------\n"
        "100.00    0.000016           5         3         1 total\n");
}

TEST_CASE("StraceCountSink: chosen columns, another order, time on the wall less an overhead", "[render]") {
  CHECK(
      table({.columns = {CountColumn::name, CountColumn::min_time, CountColumn::max_time, CountColumn::calls},
             .sort = CountColumn::calls,
             .wall = true,
             .overhead_ns = 2'000}) ==
      "syscall          shortest  longest     calls\n"
      "---------------- -------- -------- ---------\n"
      "close            0.000000 0.000007         2\n"
      "read             0.000000 0.000000         1\n"
      "---------------- -------- -------- ---------\n"
      "total            0.000000 0.000007         3\n");
}

TEST_CASE("StraceCountSink: nothing counted, nothing said", "[render]") {
  const Fd file = test::memory_file();
  LineOutput out(file.get(), true);
  StraceCountSink sink(out, {});
  sink.end({});
  out.flush();
  CHECK(test::contents(file).empty());
}

TEST_CASE("StraceCountSink: without -f only calls of tasks that following began with", "[render]") {
  const auto count = [](bool follows) {
    const Fd file = test::memory_file();
    LineOutput out(file.get(), true);
    StraceCountSink sink(out, {.columns = {CountColumn::calls, CountColumn::name}, .follows = follows});
    const TaskKey first{.tid = Tid(10)}, child{.tid = Tid(11)};
    const auto call = [&](const TaskKey& task) {
      sink.on({.task = task, .what = follow::SyscallDone{.name = "close", .number = {.nr = 3}, .ret = 0}});
    };
    sink.on({.task = first, .what = follow::Attached{.spawned = true}});
    sink.on({.task = first, .what = follow::Forked{.child = child}});
    call(first), call(child);
    sink.end({});
    return test::contents(file);
  };
  CHECK(count(true).find("        2 close\n") != std::string::npos);
  CHECK(count(false).find("        1 close\n") != std::string::npos);
}
