// The query language: what a query means.
#include "ptop/model/query.hpp"

#include <unistd.h>

#include <set>
#include <string>

#include "ptop/base/escape.hpp"
#include "query_machine.hpp"

using namespace ptop;
using namespace ptop::model;
using namespace std::string_literals;

namespace {

const Pids everybody{1, 2, 10, 11, 20, 21, 30};

struct Case {
  std::string_view query;
  Pids pids;
};

void check_all(std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    INFO(c.query);
    CHECK(found(c.query) == c.pids);
  }
}
}  // namespace

TEST_CASE("Query: nothing asked for is everything", "[model]") {
  check_all({{"", everybody}, {" \t\n", everybody}});
  CHECK(Query::parse("  ")->matches_everything());
  CHECK(Query().matches_everything());
  CHECK_FALSE(Query::parse("pid=1")->matches_everything());
}

TEST_CASE("Query: and binds closer than or, not closer than both", "[model]") {
  check_all({{"pid=1 or pid=2 and state=Z", {1}},
             {"(pid=1 or pid=2) and state=Z", {}},
             {"state=Z and pid=11 or pid=1", {1, 11}},
             {"not pid=1 and pid<11", {2, 10}},
             {"not (pid=1 and pid<11)", {2, 10, 11, 20, 21, 30}},
             {"not not pid=1", {1}},
             {"pid=1 or pid=2 or pid=10", {1, 2, 10}},
             {"pid>1 and pid<30 and not pid=10", {2, 11, 20, 21}}});
}

TEST_CASE("Query: && || ! are and, or, not", "[model]") {
  check_all({{"pid=1||pid=2&&state=Z", {1}},
             {"!pid=1&&pid<11", {2, 10}},
             {"!(pid=1||pid=2)&&!zombie", {10, 20, 21, 30}},
             {"! ! pid=1", {1}},
             {"((pid=1))", {1}}});
}

TEST_CASE("Query: every comparison of numbers", "[model]") {
  check_all({{"pid=10", {10}},
             {"pid!=10", {1, 2, 11, 20, 21, 30}},
             {"pid<10", {1, 2}},
             {"pid<=10", {1, 2, 10}},
             {"pid>20", {21, 30}},
             {"pid>=20", {20, 21, 30}},
             {"pid >= 20", {20, 21, 30}},
             {"nice<0", {20}},
             {"nice=-5", {20}},
             {"pid<2.5", {1, 2}}});
}

TEST_CASE("Query: every comparison of text", "[model]") {
  check_all({{"comm=bash", {10}},
             {"comm=BASH", {}},
             {"comm!=bash", {1, 2, 11, 20, 21, 30}},
             {"comm~^b", {10}},
             {"comm!~s", {2, 20, 21, 30}},
             {"comm='bash'", {10}},
             {"comm=\"bash\"", {10}},
             {"tty=pts/0", {10}},
             {"tty=/dev/pts/0", {10}},
             {"tty=''", {1, 2, 11, 20, 21, 30}},
             {"state_name='disk sleep'", {21}}});
}

TEST_CASE("Query: a state by letter or by word", "[model]") {
  check_all({{"state=Z", {11}},
             {"state=zombie", {11}},
             {"state='disk sleep'", {21}},
             {"state=T", {30}},
             {"state=t", {}},
             {"state!=sleeping", {2, 11, 21, 30}},
             {"state~[ZD]", {11, 21}}});
}

TEST_CASE("Query: sizes are powers of 1024", "[model]") {
  for (const auto* size :
       {"1G", "1g", "1GB", "1GiB", "1024M", "1048576K", "1048576kB", "1073741824", "1073741824B"}) {
    INFO(size);
    CHECK(found("rss>"s + size) == Pids{20});
    CHECK(found("rss="s + size).empty());
  }
  check_all({{"rss=4M", {10}},
             {"rss=2G", {20}},
             {"rss>=0.5M", {10, 20}},
             {"rss<4M", {1, 2, 11, 21, 30}},
             {"rss<1T", everybody},
             {"vsz=0", everybody}});
}

TEST_CASE("Query: durations, and plain numbers in the unit of the key", "[model]") {
  check_all({{"age<1s", {30}},
             {"age<11s", {11, 30}},
             {"age<11", {11, 30}},
             {"age_ns<11000000000", {11, 30}},
             {"age_ns<11s", {11, 30}},
             {"age=100ms", {30}},
             {"age=100000us", {30}},
             {"age=100000000ns", {30}},
             {"age>=1m", {1, 2, 10}},
             {"age>0.5m", {1, 2, 10, 20, 21}},
             {"age>=1m40s", {1, 2}},
             {"age<1h", everybody},
             {"age<1d12h", everybody},
             {"age>1w", {}},
             {"time>=25s", {20}},
             {"utime=0.5", {11}},
             {"utime_ns=500000000", {11}}});
}

TEST_CASE("Query: percentages", "[model]") {
  check_all({{"cpu>49", {20}},
             {"cpu>49%", {20}},
             {"cpu=50", {20}},
             {"mem>100", {20}},
             {"cpu<5.5", {1, 2, 10, 11, 21, 30}}});
}

TEST_CASE("Query: a bare word is a name, found in comm, argv[0] and exe", "[model]") {
  check_all({{"nginx", {20}},
             {"init", {1}},     // argv[0] alone
             {"systemd", {1}},  // comm and exe
             {"^bash$", {10}},
             {"sbin", {}},  // base names only
             {"name=worker", {21}},
             {"name=Worker", {21}},
             {"name=master", {}},
             {"name!=nginx", {1, 2, 10, 11, 21, 30}},
             {"name~'^(bash|sleep)$'", {10, 11}},
             {"name~bash|sleep", {10, 11}},
             {"name!~s", {2, 20, 21, 30}},
             {"name='nginx:'", {20}}});
}

TEST_CASE("Query: a bare number is a pid", "[model]") {
  check_all({{"20", {20}},
             {"'20'", {}},
             {"20 or 21", {20, 21}},
             {"not 20", {1, 2, 10, 11, 21, 30}},
             {"'30'", {30}}});
}

TEST_CASE("Query: a bare class word is the class, quoted it is a name", "[model]") {
  check_all({{"zombie", {11}},
             {"kthread", {2}},
             {"not kthread", {1, 10, 11, 20, 21, 30}},
             {"stopped", {30}},
             {"nohup", {20}},
             {"'zombie'", {}},
             {"\"zombie\"", {}},
             {"zombie or stopped", {11, 30}}});
}

TEST_CASE("Query: case counts only when the expression has an upper-case letter", "[model]") {
  check_all({{"worker", {21}},
             {"comm~WORKER", {}},
             {"comm~Worker", {21}},
             {"comm~work", {21}},
             {"comm~'^\\Sor'", {21}},  // the S of \S asks for nothing
             {"comm~'^W\\w+'", {21}},
             {"comm~'(?i)WORKER'", {21}}});
}

TEST_CASE("Query: a list compares when any of its values does", "[model]") {
  check_all({{"argv=splash", {1}},
             {"argv=--color=auto", {21}},
             {"argv=''", {21}},
             {"argv~^--", {21}},
             {"argv!=splash", {2, 10, 11, 20, 21}},
             {"argv!~.", {2, 11}},
             {"class=zombie", {11}},
             {"class!=zombie", {1, 2, 10, 20, 21, 30}},
             {"class~^k", {2}},
             {"children=11", {10}},
             {"children>0", {1, 10, 20}},
             {"children!=11", {1, 2, 11, 20, 21, 30}}});
}

TEST_CASE("Query: the command is matched as it is shown", "[model]") {
  check_all({{"command~'init splash'", {1}}, {"command='/sbin/init splash'", {1}}, {"command=sleep", {11}}});
}

TEST_CASE("Query: a user by name or number", "[model]") {
  check_all({{"user=root", {1, 2, 10, 11}},
             {"user=0", {1, 2, 10, 11}},
             {"user=65534", {20, 21}},
             {"user!=0", {20, 21}},
             {"user!=root", {20, 21}},
             {"user~^ro", {1, 2, 10, 11}},
             {"uid>1000", {20, 21}}});
}

TEST_CASE("Query: a signal by name or number", "[model]") {
  for (const std::string_view value : {"SIGTERM", "TERM", "term", "15"}) {
    INFO(value);
    CHECK(Query::parse("killed_by=" + std::string(value)).has_value());
    CHECK(Query::parse("sig_blocked!=" + std::string(value)).has_value());
  }
  for (const std::string_view value : {"0", "65", "TURM", "''"}) {
    INFO(value);
    CHECK_FALSE(Query::parse("killed_by=" + std::string(value)).has_value());
  }
  CHECK(Query::parse("killed_by~TURM").has_value());
}

TEST_CASE("Query: a user that is asked for has to be there where that is known", "[model]") {
  const Askable askable{.user = [](std::string_view name) { return name == "alice"; }};
  for (const std::string_view value : {"=alice", "!=alice", "=4711", "~bob", "=?"}) {
    INFO(value);
    CHECK(Query::parse("user" + std::string(value), askable).has_value());
  }
  for (const std::string_view value : {"=bob", "!=bob"}) {
    INFO(value);
    CHECK_FALSE(Query::parse("user" + std::string(value), askable).has_value());
  }
  CHECK(Query::parse("user=bob").has_value());
}

TEST_CASE("Query: tree is a process and all below it", "[model]") {
  check_all({{"tree=10", {10, 11}},
             {"tree=1", {1, 10, 11, 20, 21, 30}},
             {"tree!=1", {2}},
             {"tree=21", {21}},
             {"tree=12345", {}},
             {"tree=1 and not tree=20", {1, 10, 11, 30}}});
}

TEST_CASE("Query: what could not be read is neither equal nor unequal", "[model]") {
  check_all({{"uid=0", {1, 2, 10, 11}},
             {"uid!=0", {20, 21}},  // not 30, whose status was not read
             {"not uid=0", {20, 21}},
             {"not (uid=0 and pid>0)", {20, 21}},
             {"not (uid=0 and pid=1)", {2, 10, 11, 20, 21, 30}},
             {"uid=0 or pid=30", {1, 2, 10, 11, 30}},
             {"not nohup", {1, 2, 10, 11, 21}},
             {"not container", {1, 2, 10, 11, 20, 21}},
             {"not traced and pid>20", {21}},
             {"uid=? ", {30}},
             {"uid!=?", {1, 2, 10, 11, 20, 21}},
             {"exe=?", {2, 11, 30}},
             {"name=?", {}},
             {"comm='?'", {}}});
}

TEST_CASE("Query: of names that cannot be read, the others count", "[model]") {
  check_all({{"name=p30", {30}}, {"name!=x", everybody}});
}

TEST_CASE("Query: blanks, quotes and odd characters", "[model]") {
  check_all({{"\n pid\t=\r1 ", {1}},
             {"(pid=1)or(pid=2)", {1, 2}},
             {"comm=it's", {}},
             {"comm=\"it's\"", {}},
             {"comm=and", {}},
             {"comm='and' or pid=1", {1}},
             {"'and'", {}},
             {"exe='/opt/My Server/bin/worker'", {21}},
             {"cgroup~^/system.slice/", {20, 21}}});
}

TEST_CASE("Query: needs what it looks at and no more", "[model]") {
  const auto needs = [](std::string_view text) { return Query::parse(text)->needs(); };
  CHECK(needs("") == Sources());
  CHECK(needs("not kthread") == Sources(Source::stat));
  CHECK(needs("state=Z or pid>3") == Sources(Source::stat));
  CHECK(needs("tree=3") == Sources(Source::stat));
  CHECK(needs("nohup") == Sources{Source::stat, Source::status});
  CHECK(needs("user=0") == Sources{Source::stat, Source::status});
  CHECK(needs("bash") == Sources{Source::stat, Source::cmdline, Source::exe});
  CHECK(needs("container") == Sources{Source::stat, Source::status, Source::cgroup});
  CHECK(needs("cwd=? and (cgroup~x or !shared>1)") ==
        Sources{Source::stat, Source::cwd, Source::cgroup, Source::statm});
}

TEST_CASE("Query: every column can be asked for in the kind of its values", "[model]") {
  auto reader = procfs::Reader::open("/proc");
  Sources all;
  for (const Column& c : columns()) all |= c.needs;
  Stage stage(*scan(*reader, {.sources = all}));
  const auto self = find_index(stage.snapshot, Pid(getpid()));
  REQUIRE(self);
  const Row row{stage.scene, stage.snapshot.processes[*self], *self};
  for (const Column& c : columns()) {
    INFO(c.key);
    const Value value = c.value(row);
    const bool missing = std::holds_alternative<std::monostate>(value);
    const bool is_number = std::holds_alternative<std::int64_t>(value) ||
                           std::holds_alternative<std::uint64_t>(value) ||
                           std::holds_alternative<double>(value) || std::holds_alternative<NumberList>(value);
    const std::string key(c.key);
    CHECK(Query::parse(key + "=?")->matches(row) == missing);
    if (missing) continue;
    CHECK(bool(Query::parse(key + ">-1") || Query::parse(key + ">0")) == is_number);
    CHECK(Query::parse(key + "~.").has_value() == !is_number);
  }
}

TEST_CASE("Query: a regular expression takes linear time", "[model]") {
  auto s = snapshot_of({{1, 0}});
  s.processes.change(0).cmdline = std::string(100'000, 'a');
  set_present(s.processes.change(0), Source::cmdline);
  Stage stage(std::move(s));
  CHECK(stage.pids(*Query::parse("argv~'^(a|a)*(a*)*b$'")).empty());  // 2^100000 steps of a backtracker
}

TEST_CASE("Query: bytes that are no UTF-8 are searched all the same", "[model]") {
  auto s = snapshot_of({{1, 0}});
  s.processes.change(0).stat.comm = "\xff) \x1b[31m\nx";
  Stage stage(std::move(s));
  for (const auto* text : {"comm~x", "comm~'\\x1b.*x$'", "comm='\xff) \x1b[31m\nx'", "comm~^\\C"}) {
    INFO(escaped(text));
    CHECK(stage.pids(*Query::parse(text)) == Pids{1});
  }
}

TEST_CASE("query: a list compares when any of its members does, yes and no as words", "[model]") {
  auto s = snapshot_of({{1, 0}});
  Sample& p = s.processes.change(0);
  p.availability.set(Source::status, Availability::present);
  p.status.change().signals.ignored = 0x1001;
  p.status.change().groups = {Gid(4), Gid(27)};
  p.status.change().no_new_privs = true;
  const Tree tree = build_tree(s);
  const auto classes = classify(s, tree, nullptr);
  UserNames users;
  const Scene scene{s, tree, classes, nullptr, users};
  const auto matches = [&](std::string_view text) {
    const auto query = Query::parse(text);
    REQUIRE(query);
    return query->matches({scene, s.processes.change(0), 0});
  };
  CHECK(matches("sig_ignored=SIGPIPE"));
  CHECK(matches("sig_ignored~hup"));
  CHECK(matches("sig_ignored!=SIGTERM"));
  CHECK_FALSE(matches("sig_ignored=SIGTERM"));
  CHECK(matches("groups=27"));
  CHECK_FALSE(matches("groups=28"));
  CHECK(matches("no_new_privs=yes"));
  CHECK(matches("no_new_privs=true"));
  CHECK_FALSE(matches("no_new_privs=no"));
}
