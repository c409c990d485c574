// The columns beside the core ones: family, credentials, scheduling, memory, signals, what is in no status.
#include <unistd.h>

#include <algorithm>

#include "made_snapshot.hpp"
#include "stage.hpp"

using namespace ptop;
using namespace ptop::model;
using namespace std::string_literals;

namespace {

void mark_read(Sample& sample, Source source) { sample.availability.set(source, Availability::present); }

Value number(std::int64_t n) { return n; }
Value count(std::uint64_t n) { return n; }

}  // namespace

TEST_CASE("columns: the kind of a value goes with the unit, on every machine", "[model]") {
  const std::string root = GENERATE(std::string("/proc"), fixture("kernel_threads"), fixture("threads"),
                                    fixture("nested_pid_namespace"), fixture("odd_comm"),
                                    fixture("stat_without_status"), fixture("zombie_and_orphan"));
  Stage stage(scan_all(root, /*threads=*/true));
  const auto check = [&](const Sample& sample) {
    const auto process = find_index(stage.snapshot, sample.pid);
    REQUIRE(process);
    const Row row{stage.scene, sample, *process};
    for (const Column& c : columns()) {
      INFO(c.key << " of " << sample.key.tid.raw() << " in " << root);
      const Value value = c.value(row);
      const bool number = std::holds_alternative<std::int64_t>(value) ||
                          std::holds_alternative<std::uint64_t>(value) ||
                          std::holds_alternative<double>(value) || std::holds_alternative<NumberList>(value);
      if (value.index() == 0) continue;
      const bool is_list_of_pids = c.id == ColumnId::children;
      CHECK(number == (c.unit != Unit::none || is_list_of_pids));
      CHECK((c.unit == Unit::percent) == std::holds_alternative<double>(value));
    }
  };
  for (const Sample& process : stage.snapshot.processes) check(process);
  for (const Sample& thread : stage.snapshot.threads) check(thread);
}

TEST_CASE("columns: status of a recorded process, by name", "[model]") {
  Stage stage(scan_all(fixture("threads")));
  const auto value = [&](ColumnId id) { return stage.value(id, Pid(21749)); };
  CHECK(value(ColumnId::tracer) == number(0));
  CHECK(value(ColumnId::nspid) == Value(NumberList{21749}));
  CHECK(value(ColumnId::umask) == Value(Word("0022")));
  CHECK(value(ColumnId::ruid) == number(0));
  CHECK(value(ColumnId::ruser) == Value(Bytes{"root"}));
  CHECK(value(ColumnId::group) == Value(Bytes{"root"}));
  CHECK(value(ColumnId::groups) == Value(NumberList{}));
  CHECK(value(ColumnId::sig_ignored) == Value(WordList{"SIGPIPE", "SIGXFSZ"}));
  CHECK(value(ColumnId::sig_caught) == Value(WordList{"SIGINT", "SIGRT_1"}));
  CHECK(value(ColumnId::sig_blocked) == Value(WordList{}));
  CHECK(value(ColumnId::sig_queued) == count(1));
  CHECK(std::get<WordList>(value(ColumnId::cap_eff)).size() == 40);
  CHECK(value(ColumnId::cap_inh) == Value(WordList{}));
  CHECK(value(ColumnId::no_new_privs) == Value(false));
  CHECK(value(ColumnId::seccomp) == Value(Word("disabled")));
  CHECK(value(ColumnId::cpus_allowed) == Value(Bytes{"0-1"}));
  CHECK(value(ColumnId::voluntary_ctxt_switches) == count(9));
  CHECK(value(ColumnId::nonvoluntary_ctxt_switches) == count(1));
  CHECK(value(ColumnId::vm_peak) == count(378816 * 1024));
  CHECK(value(ColumnId::hwm) == count(11336 * 1024));
  CHECK(value(ColumnId::stack) == count(132 * 1024));
  CHECK(value(ColumnId::pte) == count(108 * 1024));
  CHECK(value(ColumnId::policy) == Value(Word("SCHED_OTHER")));
}

TEST_CASE("columns: a kernel thread has no memory, and nobody is to blame", "[model]") {
  Stage stage(scan_all(fixture("kernel_threads")));
  CHECK(stage.value(ColumnId::vm_peak, Pid(2)) == Value());
  CHECK(unavailable(column(ColumnId::vm_peak), stage.row(Pid(2))) == Availability::present);
}

TEST_CASE("columns: sums over a subtree", "[model]") {
  auto s = snapshot_of({{1, 0}, {10, 1}, {11, 10}, {12, 10}, {20, 1}});
  s.host.info = {.clock_ticks = 100, .page_size = 4096};
  s.host.uptime.up = 11;  // all of them started after 1 s
  for (ProcessIndex i = 0; i < s.processes.size(); ++i) {
    Sample& process = s.processes.change(i);
    process.stat.rss_pages = 2;
    process.stat.utime = Ticks(100);
  }
  Stage stage(std::move(s));
  CHECK(stage.value(ColumnId::tree_count, Pid(1)) == count(5));
  CHECK(stage.value(ColumnId::tree_count, Pid(10)) == count(3));
  CHECK(stage.value(ColumnId::tree_count, Pid(11)) == count(1));
  CHECK(stage.value(ColumnId::tree_rss, Pid(10)) == count(3 * 2 * 4096));
  CHECK(std::get<double>(stage.value(ColumnId::tree_cpu, Pid(10))) == Approx(30));
  CHECK(stage.value(ColumnId::depth, Pid(12)) == count(2));
  CHECK(stage.value(ColumnId::child_count, Pid(1)) == count(2));
}

TEST_CASE("columns: a subtree without any CPU figure has none", "[model]") {
  Stage stage(snapshot_of({{1, 0}, {10, 1}}));  // the uptime is not known
  CHECK(stage.value(ColumnId::tree_cpu, Pid(1)) == Value());
}

TEST_CASE("columns: how a zombie ended", "[model]") {
  auto s = snapshot_of({{1, 0}, {10, 1}, {11, 1}, {12, 1}, {13, 1}});
  for (const std::size_t i : {1U, 2U, 3U}) s.processes.change(i).stat.state = procfs::TaskState::zombie;
  s.processes.change(1).stat.exit_code = 3 << 8;
  s.processes.change(2).stat.exit_code = 9;
  s.processes.change(3).availability.set(Source::exe, Availability::denied);
  Stage stage(std::move(s));
  CHECK(stage.value(ColumnId::exit_code, Pid(10)) == number(3));
  CHECK(stage.value(ColumnId::killed_by, Pid(10)) == Value());
  CHECK(stage.value(ColumnId::exit_code, Pid(11)) == Value());
  CHECK(stage.value(ColumnId::killed_by, Pid(11)) == Value(Word("SIGKILL")));
  CHECK(stage.value(ColumnId::exit_code, Pid(12)) == Value());  // not ours to see
  CHECK(stage.value(ColumnId::exit_code, Pid(13)) == Value());  // alive
}

TEST_CASE("columns: what is in files of its own", "[model]") {
  auto s = snapshot_of({{1, 0}});
  Extras extras;
  extras.environment = "A=1\0B=\0"s;
  extras.io.read_bytes = 7;
  extras.schedstat = {.run_ns = 1, .wait_ns = 5, .timeslices = 3};
  extras.smaps.private_clean = 10;
  extras.smaps.private_dirty = 20;
  extras.oom_score_adj = -1000;
  extras.namespaces = {{"net", "net", 77}, {"pid", "pid", 78}, {"pid_for_children", "pid", 79}};
  extras.syscall = {.where = procfs::SyscallState::Where::inside, .nr = SyscallNo(202)};
  s.processes.change(0).extras = extras;
  for (std::size_t i = 0; i < source_count; ++i) mark_read(s.processes.change(0), static_cast<Source>(i));
  Stage stage(std::move(s));
  const auto value = [&](ColumnId id) { return stage.value(id, Pid(1)); };
  CHECK(value(ColumnId::environ) == Value(ByteList{{"A=1"}, {"B="}}));
  CHECK(value(ColumnId::io_read) == count(7));
  CHECK(value(ColumnId::io_write) == Value());
  CHECK(value(ColumnId::run_delay_ns) == count(5));
  CHECK(value(ColumnId::timeslices) == count(3));
  CHECK(value(ColumnId::private_dirty) == count(20));
  CHECK(value(ColumnId::uss) == count(30));
  CHECK(value(ColumnId::oom_score_adj) == number(-1000));
  CHECK(value(ColumnId::netns) == count(77));
  CHECK(value(ColumnId::pidns) == count(78));
  CHECK(value(ColumnId::timens) == Value());
  CHECK(value(ColumnId::syscall) == number(202));
  CHECK(value(ColumnId::loginuid) == number(-1));
  CHECK(value(ColumnId::audit_session) == Value());
  CHECK(value(ColumnId::wchan) == Value());
}

TEST_CASE("columns: a kernel thread is in no system call", "[model]") {
  auto s = snapshot_of({{2, 0, 0, 0, 0, 0, 'S', 0x00200000}});
  Extras extras;
  extras.syscall = {.where = procfs::SyscallState::Where::inside, .nr = SyscallNo(0)};
  s.processes.change(0).extras = extras;
  mark_read(s.processes.change(0), Source::syscall);
  Stage stage(std::move(s));
  CHECK(stage.value(ColumnId::syscall, Pid(2)) == Value());
}

TEST_CASE("columns: a program replaced since is told", "[model]") {
  auto s = snapshot_of({{1, 0}, {2, 0}, {3, 0}});
  s.processes.change(0).exe = std::string("/bin/a (deleted)");
  s.processes.change(0).exe_deleted = true;
  s.processes.change(1).exe = std::string("/bin/a");
  mark_read(s.processes.change(0), Source::exe);
  mark_read(s.processes.change(1), Source::exe);
  Stage stage(std::move(s));
  CHECK(stage.value(ColumnId::exe_deleted, Pid(1)) == Value(true));
  CHECK(stage.value(ColumnId::exe_deleted, Pid(2)) == Value(false));
  CHECK(stage.value(ColumnId::exe_deleted, Pid(3)) == Value());
}

TEST_CASE("columns: unit, container and every control group", "[model]") {
  auto s = snapshot_of({{1, 0}});
  const std::string id(64, 'c');
  s.processes.change(0).cgroups = std::vector<procfs::CgroupMembership>{{2, "cpu,cpuacct", "/docker/" + id},
                                                                        {0, "", "/system.slice/a.service"}};
  mark_read(s.processes.change(0), Source::cgroup);
  Stage stage(std::move(s));
  const std::string cpu = "cpu,cpuacct:/docker/" + id;
  CHECK(stage.value(ColumnId::cgroups, Pid(1)) == Value(ByteList{{cpu}, {":/system.slice/a.service"}}));
  CHECK(stage.value(ColumnId::unit, Pid(1)) == Value(Bytes{"a.service"}));
  CHECK(stage.value(ColumnId::slice, Pid(1)) == Value(Bytes{"system.slice"}));
  CHECK(stage.value(ColumnId::container_runtime, Pid(1)) == Value(Word("docker")));
  CHECK(stage.value(ColumnId::container_id, Pid(1)) == Value(Bytes{id}));
  CHECK(stage.value(ColumnId::pod_uid, Pid(1)) == Value(Bytes{""}));
}

TEST_CASE("scan: files beside the usual ones are read only when asked for", "[model]") {
  auto reader = procfs::Reader::open("/proc");
  REQUIRE(reader);
  const auto plain = scan(*reader, {.sources = {Source::stat, Source::status}});
  REQUIRE(plain);
  const Sample* self = find_process(*plain, Pid(getpid()));
  REQUIRE(self);
  CHECK_FALSE(self->extras);
  CHECK(self->of(Source::io) == Availability::not_read);
  const auto more = scan(*reader, {.sources = {Source::stat, Source::limits}});
  REQUIRE(more);
  self = find_process(*more, Pid(getpid()));
  REQUIRE(self);
  CHECK(self->has(Source::limits));
  CHECK(self->more().limits.size() >= 15);
  CHECK(self->of(Source::environ) == Availability::not_read);
}

TEST_CASE("Sample: the rarely read facts are held apart", "[model]") { CHECK(sizeof(Sample) < 1200); }
