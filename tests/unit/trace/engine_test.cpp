#include "ptop/trace/engine.hpp"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#include "ptop/trace/spawn.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::trace;

namespace {

Launched launch_or_fail(Engine& engine, const std::vector<std::string>& argv) {
  auto launched = launch(engine, {.path = argv.front(), .argv = argv}, SignalSetup::current());
  REQUIRE(launched.has_value());
  return std::move(*launched);
}

/// Runs to the end; returns how often each kind of stop came, by variant index, and the last report.
EndReport run_out(Engine& engine, Launched& child, std::array<int, std::variant_size_v<Stop>>& seen,
                  Resume how = Resume::run) {
  REQUIRE(std::move(child.task).resume(how, 0).has_value());
  while (auto report = engine.next_from(child.tid, Wait::block)) {
    if (auto* end = std::get_if<EndReport>(&report->what)) return *end;
    auto& stop = std::get<StopReport>(report->what);
    ++seen[stop.stop.index()];
    const auto* signal = std::get_if<SignalDelivery>(&stop.stop);
    REQUIRE(std::move(stop.task).resume(how, signal ? signal->signal : 0).has_value());
  }
  FAIL("no end was reported");
  return {};
}

}  // namespace

TEST_CASE("engine: a launched program reports its exec, its coming exit and its status", "[trace][ptrace]") {
  Engine engine;
  auto child = launch_or_fail(engine, {"/bin/sh", "-c", "exit 5"});
  std::array<int, std::variant_size_v<Stop>> seen{};
  const auto end = run_out(engine, child, seen);
  CHECK(seen[Stop(ExecDone{}).index()] == 1);
  CHECK(seen[Stop(ExitComing{}).index()] == 1);
  CHECK(std::get<TaskExited>(end.how).code == 5);
  CHECK(exec_error_number(child.exec_error) == 0);
}

TEST_CASE("engine: a program that cannot be executed says why", "[trace][ptrace]") {
  Engine engine;
  auto child = launch_or_fail(engine, {"/nonexistent/program"});
  std::array<int, std::variant_size_v<Stop>> seen{};
  const auto end = run_out(engine, child, seen);
  CHECK(seen[Stop(ExecDone{}).index()] == 0);
  CHECK(std::get<TaskExited>(end.how).code == 127);
  CHECK(exec_error_number(child.exec_error) == ENOENT);
}

TEST_CASE("engine: a Stopped that is forgotten lets its task run, with the signal it held",
          "[trace][ptrace]") {
  Engine engine;
  auto child = launch_or_fail(engine, {"/bin/sh", "-c", "kill -TERM $$; exit 5"});
  REQUIRE(std::move(child.task).resume(Resume::run, 0).has_value());
  for (bool delivered = false; !delivered;) {
    auto report = engine.next_from(child.tid, Wait::block);
    REQUIRE(report.has_value());
    auto& stop = std::get<StopReport>(report->what);
    delivered = std::holds_alternative<SignalDelivery>(stop.stop);
    if (!delivered) REQUIRE(std::move(stop.task).resume(Resume::run, 0).has_value());
  }
  int status = 0;
  REQUIRE(::waitpid(child.tid.raw(), &status, 0) == child.tid.raw());
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGTERM);
}

TEST_CASE("engine: system-call stops come in pairs with number and result", "[trace][ptrace]") {
  Engine engine;
  auto child = launch_or_fail(engine, {"/bin/true"});
  REQUIRE(std::move(child.task).resume(Resume::next_syscall, 0).has_value());
  int enters = 0, exits = 0;
  while (auto report = engine.next_from(child.tid, Wait::block)) {
    auto* stop = std::get_if<StopReport>(&report->what);
    if (!stop) break;
    if (std::holds_alternative<SyscallReached>(stop->stop)) {
      const auto info = stop->task.syscall();
      REQUIRE(info.has_value());
      if (std::holds_alternative<SyscallEnter>(info->what)) ++enters;
      if (std::holds_alternative<SyscallExit>(info->what)) ++exits;
    }
    REQUIRE(std::move(stop->task).resume(Resume::next_syscall, 0).has_value());
  }
  CHECK(enters > 10);
  // The first call seen is the one the child was in when it was let go; exit_group never comes back.
  CHECK(enters - exits <= 1);
  CHECK(exits - enters <= 1);
}

TEST_CASE("engine: seizing nobody is gone", "[trace]") {
  Engine engine;
  CHECK(engine.seize(Tid(0x3fffffff)).error().code == Errc::gone);
}

TEST_CASE("engine: asked for one that is not ours, it does not say that nobody is left", "[trace]") {
  Engine engine;
  CHECK_FALSE(engine.next_from(Tid(1), Wait::poll).has_value());
  CHECK_FALSE(engine.childless());
}

TEST_CASE("engine: with no child left it says so", "[trace]") {
  Engine engine;
  CHECK_FALSE(engine.next(Wait::poll).has_value());
  CHECK(engine.childless());
}
