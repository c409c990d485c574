// The column table: its rows, their values, and the order of values.
#include "ptop/model/columns.hpp"

#include <unistd.h>

#include <set>
#include <string>

#include "made_snapshot.hpp"
#include "ptop/model/tty.hpp"
#include "stage.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace ptop;
using namespace ptop::model;
using namespace std::string_view_literals;

TEST_CASE("columns: keys are unique and found again", "[model]") {
  std::set<std::string_view> keys;
  for (const Column& c : columns()) {
    INFO(c.key);
    CHECK(keys.insert(c.key).second);
    CHECK(find_column(c.key) == &column(c.id));
    CHECK_FALSE(c.title.empty());
    CHECK_FALSE(c.help.empty());
    CHECK_FALSE(c.needs.empty());
  }
  CHECK_FALSE(find_column("nothing"));
  CHECK_FALSE(find_column(""));
}

TEST_CASE("columns: every column has a value for this very process, or a reason", "[model]") {
  Stage stage(scan_all("/proc"));
  // No CPU in the first tick of a life; no exit code before its end; a process that runs sleeps nowhere, and
  // has not been in its state for any time; no audit session without a login; no autogroup in a session that
  // setsid(2) did not make; a control group need not have limits.
  const std::set<ColumnId> may_lack{ColumnId::cpu,
                                    ColumnId::tree_cpu,
                                    ColumnId::exit_code,
                                    ColumnId::killed_by,
                                    ColumnId::wchan,
                                    ColumnId::syscall,
                                    ColumnId::audit_session,
                                    ColumnId::autogroup,
                                    ColumnId::state_age_ns,
                                    ColumnId::syscall_args,
                                    ColumnId::autogroup_nice,
                                    ColumnId::cgroup_cpu_max,
                                    ColumnId::cgroup_pids_max,
                                    ColumnId::cgroup_memory_max,
                                    ColumnId::cgroup_memory_high};
  // What a kernel may be built without.
  const Sources optional{Source::schedstat,     Source::io,       Source::smaps_rollup,
                         Source::oom_score_adj, Source::loginuid, Source::sessionid,
                         Source::autogroup,     Source::label,    Source::sched};
  const Row self = stage.row(Pid(getpid()));
  for (const Column& c : columns()) {
    if (may_lack.contains(c.id)) continue;
    INFO(c.key);
    const bool has_value = c.value(self).index() != 0;
    if (!has_value && (optional.has_any(c.needs) || c.why != nullptr)) {
      CHECK(unavailable(c, self) == Availability::unsupported);
    } else {
      CHECK(has_value);
    }
  }
}

TEST_CASE("columns: values of a recorded process", "[model]") {
  Stage stage(scan_all(fixture("odd_comm")));
  const Pid pid(20409);
  CHECK(stage.value(ColumnId::pid, pid) == Value(std::int64_t{20409}));
  CHECK(stage.value(ColumnId::ppid, pid) == Value(std::int64_t{20319}));
  CHECK(stage.value(ColumnId::comm, pid) == Value(Bytes{"a) R 1 (b\n\x1b[31"}));
  CHECK(stage.value(ColumnId::state, pid) == Value(Word("S")));
  CHECK(stage.value(ColumnId::state_name, pid) == Value(Word("sleeping")));
  CHECK(stage.value(ColumnId::argv, pid) == Value(ByteList{{"/usr/bin/python3"}, {"/usr/bin/story"}}));
  CHECK(stage.value(ColumnId::command, pid) == Value(Bytes{"/usr/bin/python3\0/usr/bin/story\0"sv}));
  CHECK(stage.value(ColumnId::uid, pid) == Value(std::int64_t{0}));
  CHECK(stage.value(ColumnId::tty, pid) == Value(Word("")));
  CHECK(stage.value(ColumnId::exe, pid) == Value(Bytes{"/usr/bin/python3.11"}));
  CHECK(stage.value(ColumnId::children, Pid(20319)) == Value(NumberList{20409, 20410, 20411}));
}

TEST_CASE("columns: a file that was not there leaves null and the reason", "[model]") {
  Stage stage(scan_all(fixture("stat_without_status")));
  const Row row{stage.scene, stage.snapshot.processes[0], 0};
  for (const ColumnId id :
       {ColumnId::uid, ColumnId::user, ColumnId::exe, ColumnId::argv, ColumnId::cgroup, ColumnId::shared}) {
    INFO(column(id).key);
    CHECK(column(id).value(row) == Value());
    CHECK(unavailable(column(id), row) == Availability::gone);
  }
  CHECK(availability_reason(unavailable(column(ColumnId::uid), row)) == "gone");
}

TEST_CASE("columns: ticks become nanoseconds without overflow", "[model]") {
  auto s = snapshot_of({{1, 0, 0}});
  s.host.info.clock_ticks = 100;
  s.host.uptime.up = 12.5;
  s.processes.change(0).stat.utime = Ticks(1'000'000'000'007);
  Stage stage(std::move(s));
  CHECK(stage.value(ColumnId::utime_ns, Pid(1)) == Value(std::uint64_t{10'000'000'000'070'000'000U}));
  CHECK(stage.value(ColumnId::age_ns, Pid(1)) == Value(std::uint64_t{12'500'000'000}));
}

TEST_CASE("columns: a kernel thread's command is its name", "[model]") {
  Stage stage(scan_all(fixture("kernel_threads")));
  CHECK(stage.value(ColumnId::command, Pid(2)) == Value(Bytes{"kthreadd"}));
  CHECK(stage.value(ColumnId::argv, Pid(2)) == Value(ByteList{}));
  CHECK(stage.value(ColumnId::classes, Pid(2)) == Value(WordList{"kthread"}));
}

TEST_CASE("columns: the cgroup that says something", "[model]") {
  using Memberships = std::vector<procfs::CgroupMembership>;
  const auto [memberships, path] = GENERATE(table<Memberships, std::string_view>(
      {{{{0, "", "/user"}}, "/user"},
       {{{0, "", "/"}}, "/"},
       {{{3, "cpu", "/c"}, {1, "name=systemd", "/s"}, {0, "", "/user"}}, "/user"},
       {{{3, "cpu", "/c"}, {1, "name=systemd", "/s"}, {0, "", "/"}}, "/s"},
       {{{3, "cpu", "/c"}, {1, "name=systemd", "/"}, {0, "", "/"}}, "/c"},
       {{{3, "cpu", "/"}, {0, "", "/"}}, "/"},
       {Memberships{}, ""}}));
  auto s = snapshot_of({{1, 0}});
  s.processes.change(0).cgroups = memberships;
  s.processes.change(0).availability.set(Source::cgroup, Availability::present);
  Stage stage(std::move(s));
  CHECK(stage.value(ColumnId::cgroup, Pid(1)) == Value(Bytes{path}));
}

TEST_CASE("parse_columns: keys between commas", "[model]") {
  CHECK(parse_columns("pid, class,cpu") == std::vector{ColumnId::pid, ColumnId::classes, ColumnId::cpu});
  CHECK(sources_of(*parse_columns("pid,uid")) == Sources{Source::stat, Source::status});
}

TEST_CASE("parse_columns: a mistake names the nearest key", "[model]") {
  const auto wrong = parse_columns("pid,comn");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().code == Errc::malformed);
  CHECK(wrong.error().what == "unknown column 'comn': did you mean 'comm'?");
  CHECK(parse_columns("xxxxxxxx").error().what == "unknown column 'xxxxxxxx'");
  CHECK(parse_columns("pid,").error().what == "empty column name");
}

TEST_CASE("value_less: numbers by value, text by bytes, unavailable last", "[model]") {
  CHECK(value_less(std::int64_t{-1}, std::uint64_t{0}));
  CHECK(value_less(std::uint64_t{1}, 1.5));
  CHECK_FALSE(value_less(std::uint64_t{18446744073709551615U}, std::int64_t{-1}));
  CHECK(value_less(Bytes{"a"}, Word("b")));
  CHECK(value_less(1.0, Value()));
  CHECK_FALSE(value_less(Value(), 1.0));
  CHECK_FALSE(value_less(Value(), Value()));
  CHECK(value_less(NumberList{1, 2}, NumberList{1, 3}));
  CHECK(value_less(WordList{"a"}, WordList{"b"}));
  CHECK(value_less(ByteList{{"a"}}, ByteList{{"b"}}));
}

TEST_CASE("tty_name: by the numbers of devices.txt", "[model]") {
  const auto [nr, name] = GENERATE(table<std::uint32_t, std::string_view>({{0, ""},
                                                                           {0x401, "tty1"},
                                                                           {0x43f, "tty63"},
                                                                           {0x440, "ttyS0"},
                                                                           {0x500, "tty"},
                                                                           {0x501, "console"},
                                                                           {0x8800, "pts/0"},
                                                                           {0x8803, "pts/3"},
                                                                           {0x108800, "pts/256"},
                                                                           {0xe500, "hvc0"},
                                                                           {0xcc40, "ttyAMA0"},
                                                                           {0xfff01, "4095:1"}}));
  CHECK(tty_name(nr) == name);
}

TEST_CASE("UserNames: a recording has its own users, and none of this machine's", "[model]") {
  UserNames users(test::fixtures() + "/proc/linux_4_4/.ptop/machine");
  CHECK(users.name(Uid(1000)) == "ubuntu");
  CHECK(users.group(Gid(1000)) == "ubuntu");
  CHECK(users.name(Uid(1)) == "1");
  CHECK(users.group(Gid(1)) == "1");
}

TEST_CASE("UserNames: a uid nobody has is its number", "[model]") {
  UserNames users;
  CHECK(users.name(Uid(0)) == "root");
  CHECK(users.name(Uid(3999999999)) == "3999999999");
  CHECK(users.name(Uid(0)).data() == users.name(Uid(0)).data());
}
