#include "tasks.hpp"

#include <cerrno>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::follow;

namespace {
Process process(int pid) { return {.key = {Pid(pid), Ticks(1)}}; }
}  // namespace

TEST_CASE("TaskTable: a process goes with all its tasks", "[follow]") {
  TaskTable table;
  Process& p = table.add_process(process(10));
  table.add_task(p, Tid(10));
  table.add_task(p, Tid(11));
  table.add_task(table.add_process(process(20)), Tid(20));
  table.erase_process(Pid(10));
  CHECK(table.find_process(Pid(10)) == nullptr);
  CHECK(table.find_task(Tid(11)) == nullptr);
  CHECK(table.tids() == std::vector{Tid(20)});
}

TEST_CASE("TaskTable: a process of many children knows those it has, and that it had some", "[follow]") {
  TaskTable table;
  auto& parent = table.add_process({.key = {Pid(1), {}}});
  table.add_child(parent, Pid(2));
  table.add_process({.key = {Pid(2), {}}, .ppid = Pid(1)});
  for (std::int32_t pid = 3; pid < 100'000; ++pid) {
    table.add_process({.key = {Pid(pid), {}}, .ppid = Pid(1)});
    table.add_child(parent, Pid(pid));
    table.erase_process(Pid(pid));
  }
  CHECK(parent.children.front() == Pid(2));
  CHECK(parent.children.back() == Pid(99'999));
  CHECK(parent.children.size() < 1'000);
}

TEST_CASE("TaskTable: processes by age, whatever their numbers", "[follow]") {
  TaskTable table;
  table.add_process({.key = {Pid(10), Ticks(3)}});
  table.add_process({.key = {Pid(30), Ticks(2)}});
  table.add_process({.key = {Pid(20), Ticks(2)}});
  std::vector<Pid> pids;
  for (const Process* const p : table.processes()) pids.push_back(p->key.pid);
  CHECK(pids == std::vector{Pid(20), Pid(30), Pid(10)});
}

TEST_CASE("PreparationWindow: closing what is not open takes no time", "[follow]") {
  PreparationWindow window(std::make_unique<Preparation>(5, nullptr));
  for (int call = 0; call < 100; ++call) {
    window.ran(300'000'000);
    window.left_call(EBADF);
  }
  window.ran(1'900'000'000);
  window.left_call(0);
  CHECK_FALSE(window.is_too_long());
  window.ran(200'000'000);
  CHECK(window.is_too_long());
  window.give_up(25);
  CHECK_FALSE(window.is_followed());
  CHECK(window.followed_ns(1000) == 20);
}

TEST_CASE("ExecFailed: one path with one error is tried once, and no more than a PATH has", "[follow]") {
  ExecFailed failed;
  for (int round = 0; round < 3; ++round) {
    failed.add({"/bin/x", ENOENT});
    failed.add({"/sbin/x", EACCES});
  }
  CHECK(failed.tried.size() == 2);
  CHECK(failed.told().path == "/sbin/x");
  for (int i = 0; i < 1000; ++i) failed.add({"/" + std::to_string(i) + "/x", ENOENT});
  CHECK(failed.tried.size() == 256);
}

TEST_CASE("TaskTable: running tasks are those not at their exit stop", "[follow]") {
  TaskTable table;
  Process& p = table.add_process(process(10));
  table.add_task(p, Tid(10));
  Task& second = table.add_task(p, Tid(11));
  CHECK(p.running_tasks == 2);
  second.exiting = true;
  --p.running_tasks;
  table.erase_task(Tid(11));
  CHECK(p.running_tasks == 1);
  table.erase_task(Tid(10));
  CHECK(p.running_tasks == 0);
  CHECK(table.empty());
}

TEST_CASE("TaskTable: erasing what is not there changes nothing", "[follow]") {
  TaskTable table;
  table.erase_task(Tid(1));
  table.erase_process(Pid(1));
  CHECK(table.task_count() == 0);
}
