// classify: what each process is, and what it must not be taken for.
#include "ptop/model/classify.hpp"

#include <csignal>
#include <map>

#include "made_snapshot.hpp"
#include "ptop/procfs/reader.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace ptop;
using namespace ptop::model;

namespace {

constexpr std::uint32_t pf_kthread = 0x00200000;

std::map<int, Classification> classified(const Snapshot& snapshot, const History* history = nullptr) {
  const auto list = classify(snapshot, build_tree(snapshot), history);
  std::map<int, Classification> by_pid;
  for (std::size_t i = 0; i < list.size(); ++i) by_pid[snapshot.processes[i].pid.raw()] = list[i];
  return by_pid;
}

void set_status(Sample& s, const procfs::Status& status) {
  s.status = status;
  s.availability.set(Source::status, Availability::present);
}

Snapshot scan_fixture(const std::string& story, Sources sources) {
  auto reader = procfs::Reader::open(test::fixtures() + "/proc/" + story);
  REQUIRE(reader);
  auto snapshot = scan(*reader, {.sources = sources});
  REQUIRE(snapshot);
  return std::move(*snapshot);
}

}  // namespace

TEST_CASE("classify: what stat alone says", "[model]") {
  const auto c = classified(
      snapshot_of({{.pid = 1, .ppid = 0, .sid = 1, .pgid = 1},
                   {.pid = 2, .ppid = 0, .flags = pf_kthread},
                   {.pid = 3, .ppid = 2, .flags = pf_kthread},
                   {.pid = 10, .ppid = 1, .sid = 10, .pgid = 10, .tty_nr = 34816},
                   {.pid = 11, .ppid = 10, .sid = 10, .pgid = 11, .tty_nr = 34816, .state = 'T'},
                   {.pid = 12, .ppid = 10, .sid = 10, .pgid = 11, .tty_nr = 34816, .state = 't'}}));
  CHECK(c.at(1).classes == Classes{Class::session_leader, Class::group_leader});
  CHECK(c.at(2).classes == Classes{Class::kthread});
  CHECK(c.at(3).classes == Classes{Class::kthread});
  CHECK(c.at(10).classes == Classes{Class::session_leader, Class::group_leader});
  CHECK(c.at(11).classes == Classes{Class::group_leader, Class::stopped});
  CHECK(c.at(12).classes == Classes{Class::traced});
}

TEST_CASE("classify: a service that leads its session under init is a daemon, not an orphan", "[model]") {
  const auto c = classified(snapshot_of(
      {{.pid = 1, .ppid = 0, .sid = 1, .pgid = 1}, {.pid = 10, .ppid = 1, .sid = 10, .pgid = 10}}));
  CHECK(c.at(10).classes == Classes{Class::daemon, Class::session_leader, Class::group_leader});
}

TEST_CASE("classify: a daemon that forked twice is an orphan too", "[model]") {
  const auto c = classified(snapshot_of(
      {{.pid = 1, .ppid = 0, .sid = 1, .pgid = 1}, {.pid = 11, .ppid = 1, .sid = 10, .pgid = 10}}));
  CHECK(c.at(11).classes == Classes{Class::orphan, Class::daemon});
  CHECK(c.at(11).orphan()->evidence == OrphanEvidence::foreign_session);
  CHECK(c.at(11).orphan()->adopter == Pid(1));
  CHECK(c.at(11).orphan()->adopter_is_init);
}

TEST_CASE("classify: a daemon's session leader may be a zombie that nobody waited for", "[model]") {
  Snapshot made = snapshot_of({{.pid = 1, .ppid = 0, .sid = 1, .pgid = 1},
                               {.pid = 5, .ppid = 1, .start = 5, .sid = 5, .pgid = 5},
                               {.pid = 10, .ppid = 5, .start = 10, .sid = 10, .pgid = 10, .state = 'Z'},
                               {.pid = 11, .ppid = 1, .start = 11, .sid = 10, .pgid = 10}});
  CHECK(classified(made).at(11).classes == Classes{Class::orphan, Class::daemon});
  made.processes.change(2).stat.state = procfs::TaskState::sleeping;
  CHECK(classified(made).at(11).classes == Classes{Class::orphan});
}

TEST_CASE("classify: what a living shell left behind is an orphan and no daemon", "[model]") {
  const auto c = classified(snapshot_of({{.pid = 1, .ppid = 0, .sid = 1, .pgid = 1},
                                         {.pid = 10, .ppid = 1, .sid = 10, .pgid = 10},
                                         {.pid = 12, .ppid = 1, .sid = 10, .pgid = 10}}));
  CHECK(c.at(12).classes == Classes{Class::orphan});
}

TEST_CASE("classify: a child older than its parent was adopted by a subreaper", "[model]") {
  const auto c = classified(snapshot_of({{.pid = 1, .ppid = 0, .start = 0, .sid = 1, .pgid = 1},
                                         {.pid = 10, .ppid = 1, .start = 50, .sid = 5, .pgid = 5},
                                         {.pid = 11, .ppid = 10, .start = 49, .sid = 5, .pgid = 5},
                                         {.pid = 12, .ppid = 10, .start = 50, .sid = 5, .pgid = 5}}));
  REQUIRE(c.at(11).orphan());
  CHECK(c.at(11).orphan()->evidence == OrphanEvidence::older_than_parent);
  CHECK_FALSE(c.at(11).orphan()->adopter_is_init);
  CHECK_FALSE(c.at(12).orphan());
}

TEST_CASE("classify: a child keeps the session its parent left after the fork", "[model]") {
  // 20 is a shell; 21 forked 22 and then called setsid(2).
  const auto c = classified(snapshot_of({{.pid = 1, .ppid = 0, .start = 0, .sid = 1, .pgid = 1},
                                         {.pid = 20, .ppid = 1, .start = 10, .sid = 20, .pgid = 20},
                                         {.pid = 21, .ppid = 20, .start = 20, .sid = 21, .pgid = 21},
                                         {.pid = 22, .ppid = 21, .start = 21, .sid = 20, .pgid = 20}}));
  CHECK_FALSE(c.at(22).orphan());
}

TEST_CASE("classify: the same when that parent was adopted itself and nothing is known", "[model]") {
  const auto c = classified(snapshot_of({{.pid = 1, .ppid = 0, .start = 30, .sid = 1, .pgid = 1},
                                         {.pid = 21, .ppid = 1, .start = 20, .sid = 21, .pgid = 21},
                                         {.pid = 22, .ppid = 21, .start = 21, .sid = 20, .pgid = 20}}));
  CHECK(c.at(21).orphan());
  CHECK_FALSE(c.at(22).orphan());
}

TEST_CASE("classify: a session that began after the parent did is not one it was born into", "[model]") {
  // 10 is a subreaper that leads a session, as systemd --user does; 30 a shell of 20's.
  const auto c = classified(snapshot_of({{.pid = 1, .ppid = 0, .start = 0, .sid = 1, .pgid = 1},
                                         {.pid = 10, .ppid = 1, .start = 10, .sid = 10, .pgid = 10},
                                         {.pid = 20, .ppid = 10, .start = 20, .sid = 10, .pgid = 10},
                                         {.pid = 30, .ppid = 20, .start = 30, .sid = 30, .pgid = 30},
                                         {.pid = 31, .ppid = 10, .start = 40, .sid = 30, .pgid = 31}}));
  REQUIRE(c.at(31).orphan());
  CHECK(c.at(31).orphan()->evidence == OrphanEvidence::foreign_session);
  CHECK(c.at(31).orphan()->adopter == Pid(10));
  CHECK_FALSE(c.at(20).orphan());
  CHECK_FALSE(c.at(30).orphan());
}

TEST_CASE("classify: a session outside the pid namespace says nothing", "[model]") {
  const auto c = classified(
      snapshot_of({{.pid = 1, .ppid = 0, .sid = 1, .pgid = 1}, {.pid = 9, .ppid = 1, .sid = 0, .pgid = 0}}));
  CHECK_FALSE(c.at(9).orphan());
}

TEST_CASE("classify: a group under init that no sibling leads was made elsewhere", "[model]") {
  const auto c = classified(snapshot_of({{.pid = 1, .ppid = 0, .sid = 1, .pgid = 1},
                                         {.pid = 10, .ppid = 1, .sid = 1, .pgid = 10},
                                         {.pid = 11, .ppid = 1, .sid = 1, .pgid = 10},
                                         {.pid = 12, .ppid = 1, .sid = 1, .pgid = 9},
                                         {.pid = 13, .ppid = 1, .sid = 1, .pgid = 1}}));
  CHECK_FALSE(c.at(10).orphan());
  CHECK_FALSE(c.at(11).orphan());
  REQUIRE(c.at(12).orphan());
  CHECK(c.at(12).orphan()->evidence == OrphanEvidence::foreign_group);
  CHECK_FALSE(c.at(13).orphan());
}

TEST_CASE("classify: a pipeline of a shell that is pid 1 is not orphaned by its first process", "[model]") {
  constexpr std::uint32_t pts0 = 34816;
  const auto c = classified(snapshot_of({{.pid = 1, .ppid = 0, .sid = 1, .pgid = 1, .tty_nr = pts0},
                                         {.pid = 12, .ppid = 1, .sid = 1, .pgid = 9, .tty_nr = pts0}}));
  CHECK_FALSE(c.at(12).orphan());
}

TEST_CASE("classify: an adoption we saw needs no other evidence", "[model]") {
  History history;
  auto s = snapshot_of({{.pid = 1, .ppid = 0}, {.pid = 10, .ppid = 1}, {.pid = 11, .ppid = 10}});
  history.observe(s);
  CHECK_FALSE(classified(s, &history).at(11).orphan());
  s = snapshot_of({{.pid = 1, .ppid = 0}, {.pid = 11, .ppid = 1}});
  history.observe(s);
  const auto c = classified(s, &history);
  REQUIRE(c.at(11).orphan());
  CHECK(c.at(11).orphan()->evidence == OrphanEvidence::seen);
}

TEST_CASE("classify: a zombie's exit code 0 counts only when we may see it", "[model]") {
  auto s = snapshot_of({{.pid = 1, .ppid = 0}, {.pid = 10, .ppid = 1, .state = 'Z'}});
  Sample& zombie = s.processes.change(1);
  CHECK_FALSE(classified(s).at(10).zombie()->exit_code);
  zombie.availability.set(Source::exe, Availability::denied);
  CHECK_FALSE(classified(s).at(10).zombie()->exit_code);
  zombie.availability.set(Source::exe, Availability::gone);
  CHECK(classified(s).at(10).zombie()->exit_code == 0);
  zombie.stat.exit_code = 0x300;
  CHECK(classified(s).at(10).zombie()->exit_code == 0x300);
}

TEST_CASE("classify: how a zombie's parent treats SIGCHLD", "[model]") {
  constexpr std::uint64_t sigchld = 1U << (SIGCHLD - 1);
  auto s = snapshot_of({{.pid = 1, .ppid = 0}, {.pid = 10, .ppid = 1, .state = 'Z'}});
  CHECK(classified(s).at(10).zombie()->parent_sigchld == Disposition::unknown);
  const auto [masks, expected, blocked] = GENERATE(table<procfs::SignalMasks, Disposition, bool>(
      {{procfs::SignalMasks{}, Disposition::default_action, false},
       {procfs::SignalMasks{.ignored = sigchld}, Disposition::ignored, false},
       {procfs::SignalMasks{.blocked = sigchld, .caught = sigchld}, Disposition::caught, true}}));
  procfs::Status status;
  status.signals = masks;
  set_status(s.processes.change(0), status);
  const auto zombie = classified(s).at(10).zombie();
  CHECK(zombie->parent == Pid(1));
  CHECK(zombie->parent_sigchld == expected);
  CHECK(zombie->parent_blocks_sigchld == blocked);
}

TEST_CASE("classify: traced, nohup and container come from status", "[model]") {
  auto s = snapshot_of({{.pid = 1, .ppid = 0}, {.pid = 10, .ppid = 1}});
  procfs::Status status;
  status.tracer_pid = Pid(1);
  status.signals.ignored = 1U << (SIGHUP - 1);
  status.ns_pid = {Pid(10), Pid(1)};
  set_status(s.processes.change(1), status);
  CHECK(classified(s).at(10).classes == Classes{Class::traced, Class::nohup, Class::container});
}

TEST_CASE("classify: containers by the path of the cgroup", "[model]") {
  const auto [path, expected] = GENERATE(
      table<std::string, bool>({{"/", false},
                                {"/user.slice/session-1.scope", false},
                                {"/system.slice/docker.service", false},
                                {"/system.slice/docker-compose@web.service", false},
                                {"/machine.slice/libpod-conmon-0123456789abcdef.scope", false},
                                {"/docker/0123456789abcdef", true},
                                {"/system.slice/docker-0123456789abcdef.scope", true},
                                {"/machine.slice/libpod-0123456789abcdef.scope", true},
                                {"/kubepods.slice/kubepods-burstable.slice", false},
                                {"/kubepods/besteffort/pod8c5d1a3c-9f26-4a4e-8f0c-5a7b3d2e1f00", true},
                                {"/lxc.payload.web/init.scope", true}}));
  INFO(path);
  auto s = snapshot_of({{.pid = 1, .ppid = 0}});
  s.processes.change(0).cgroups = std::vector<procfs::CgroupMembership>{{0, "", path}};
  s.processes.change(0).availability.set(Source::cgroup, Availability::present);
  CHECK(classified(s).at(1).classes.has(Class::container) == expected);
}

TEST_CASE("classify: fixture zombie_and_orphan", "[model]") {
  const auto s = scan_fixture("zombie_and_orphan", {Source::stat, Source::status});
  const auto c = classified(s);
  REQUIRE(c.at(20706).zombie());
  CHECK(c.at(20706).zombie()->exit_code == 3 << 8);
  CHECK(c.at(20706).zombie()->parent == Pid(20624));
  CHECK(c.at(20706).zombie()->parent_sigchld == Disposition::default_action);
  CHECK(c.at(20707).zombie()->exit_code == SIGKILL);
  REQUIRE(c.at(20709).orphan());
  CHECK(c.at(20709).orphan()->adopter == Pid(1));
  CHECK(c.at(20709).classes == Classes{Class::orphan, Class::nohup});
}

TEST_CASE("classify: fixture nested_pid_namespace", "[model]") {
  const auto c = classified(scan_fixture("nested_pid_namespace", {Source::stat, Source::status}));
  CHECK_FALSE(c.at(21882).classes.has(Class::container));
  CHECK(c.at(21883).classes.has(Class::container));
  CHECK(c.at(21884).classes.has(Class::container));
  CHECK_FALSE(c.at(21884).orphan());
}

TEST_CASE("class_name: every class has its own", "[model]") {
  for (std::size_t i = 0; i < class_count; ++i) {
    CHECK_FALSE(class_name(Class(i)).empty());
    for (std::size_t j = 0; j < i; ++j) CHECK(class_name(Class(i)) != class_name(Class(j)));
  }
}
