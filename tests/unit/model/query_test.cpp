// The query language: what a query means, and what is said about a wrong one.
#include "ptop/model/query.hpp"

#include <unistd.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>

#include "made_snapshot.hpp"
#include "ptop/base/escape.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::model;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

using Pids = std::vector<int>;

void set_present(Sample& s, Source source) {
  s.availability[static_cast<std::size_t>(source)] = Availability::present;
}

/// A small machine: init with a shell of root's below, a server of uid 65534 with a worker, a zombie, a
/// kernel thread, and one process of which only stat could be read.
Snapshot machine() {
  auto s = snapshot_of({{.pid = 1, .ppid = 0, .start = 0, .sid = 1, .pgid = 1},
                        {.pid = 2, .ppid = 0, .start = 0, .state = 'I', .flags = 0x200000},
                        {.pid = 10, .ppid = 1, .start = 100, .sid = 10, .pgid = 10, .tty_nr = 136 << 8},
                        {.pid = 11, .ppid = 10, .start = 9000, .sid = 10, .pgid = 11, .state = 'Z'},
                        {.pid = 20, .ppid = 1, .start = 5000, .sid = 20, .pgid = 20},
                        {.pid = 21, .ppid = 20, .start = 5100, .sid = 20, .pgid = 20, .state = 'D'},
                        {.pid = 30, .ppid = 1, .start = 9990, .sid = 30, .pgid = 30, .state = 'T'}});
  s.host.info.clock_ticks = 100;
  s.host.info.page_size = 4096;
  s.host.uptime.up = 100;  // 10,000 ticks
  s.host.memory.total = 1U << 30;
  const auto fill = [&](int pid, const std::string& comm, const std::string& cmdline, const std::string& exe,
                        std::uint32_t uid) {
    auto& p = *std::find_if(s.processes.begin(), s.processes.end(),
                            [&](const Sample& x) { return x.pid == Pid(pid); });
    p.stat.comm = comm;
    p.cmdline = cmdline;
    p.exe = exe;
    p.status.uid.effective = Uid(uid);
    p.cgroups = {{0, "", pid < 20 ? "/user.slice" : "/system.slice/nginx.service"}};
    for (const Source source : {Source::status, Source::cmdline, Source::cgroup}) set_present(p, source);
    if (!exe.empty()) set_present(p, Source::exe);
    return &p;
  };
  fill(1, "systemd", "/sbin/init\0splash\0"s, "/usr/lib/systemd/systemd", 0);
  fill(2, "kthreadd", "", "", 0);
  fill(10, "bash", "-bash\0"s, "/usr/bin/bash", 0)->stat.rss_pages = 1024;  // 4 MiB
  fill(11, "sleep", "", "", 0)->stat.utime = Ticks(50);
  Sample* server =
      fill(20, "nginx", "nginx: master process /usr/sbin/nginx -g daemon\0"s, "/usr/sbin/nginx", 65534);
  server->stat.rss_pages = 512 * 1024;  // 2 GiB
  server->stat.utime = Ticks(2500);     // half of its 50 s
  server->stat.nice = -5;
  server->status.signals.ignored = 1;  // SIGHUP
  fill(21, "Worker", "/opt/My Server/bin/worker\0--color=auto\0\0"s, "/opt/My Server/bin/worker", 65534);
  return s;
}

struct Stage {
  explicit Stage(Snapshot s) : snapshot(std::move(s)) {}
  Snapshot snapshot;
  Tree tree = build_tree(snapshot);
  std::vector<Classification> classes = classify(snapshot, tree, nullptr);
  UserNames users;
  Scene scene{snapshot, tree, classes, nullptr, users};

  Pids pids(const Query& query) {
    Pids found;
    for (ProcessIndex i = 0; i < snapshot.processes.size(); ++i) {
      const Sample& s = snapshot.processes[i];
      if (query.matches({scene, s, i})) found.push_back(s.pid.raw());
    }
    return found;
  }
};

Pids found(std::string_view text) {
  const auto query = Query::parse(text);
  INFO(text);
  if (!query) FAIL(explain(query.error(), text));
  return Stage(machine()).pids(*query);
}

const Pids everybody{1, 2, 10, 11, 20, 21, 30};

QueryError error_of(std::string_view text) {
  const auto query = Query::parse(text);
  INFO(text.substr(0, 100));
  REQUIRE_FALSE(query);
  return query.error();
}

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
  const Sample* self = find_process(stage.snapshot, Pid(getpid()));
  REQUIRE(self);
  const auto index = static_cast<ProcessIndex>(self - stage.snapshot.processes.data());
  const Row row{stage.scene, *self, index};
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

TEST_CASE("Query: a mistake has a place, a message and a hint", "[model]") {
  struct Wrong {
    std::string_view query;
    std::size_t position, length;
    std::string_view message, hint;
  };
  constexpr std::string_view example = "a condition is for example state=Z or rss>1G";
  constexpr std::string_view join = "write 'and' between two conditions";
  const Wrong wrongs[] = {
      {"cgrup~nginx", 0, 5, "there is no field 'cgrup'", "did you mean 'cgroup'?"},
      {"pid=1 and usr=bob", 10, 3, "there is no field 'usr'", "did you mean 'user'?"},
      {"qqqqqqqq=1", 0, 8, "there is no field 'qqqqqqqq'", ""},
      {"rss>", 3, 1, "a value is missing after '>'", "rss takes a size, as in 512M or 1.5G"},
      {"rss> and x", 3, 1, "a value is missing after '>'", "rss takes a size, as in 512M or 1.5G"},
      {"comm=", 4, 1, "a value is missing after '='", "comm takes a text; '' is the empty one"},
      {"rss>1X", 4, 2, "'1X' is no value of rss", "rss takes a size, as in 512M or 1.5G"},
      {"age<10x", 4, 3, "'10x' is no value of age", "age takes a duration, as in 90s, 10m or 1h30m"},
      {"age<1h30", 4, 4, "'1h30' is no value of age", "age takes a duration, as in 90s, 10m or 1h30m"},
      {"cpu>5m", 4, 2, "'5m' is no value of cpu", "cpu takes a percentage, as in 5 or 0.5"},
      {"pid=abc", 4, 3, "'abc' is no value of pid", "pid takes a number"},
      {"pid=inf", 4, 3, "'inf' is no value of pid", "pid takes a number"},
      {"pid~1", 3, 1, "pid is a number and has no ~", "use = != < <= > >="},
      {"comm<b", 4, 1, "comm is text and has no <", "use = != ~ !~"},
      {"tree<4", 4, 1, "tree has no <", "write tree=PID or tree!=PID"},
      {"tree~4", 4, 1, "tree has no ~", "write tree=PID or tree!=PID"},
      {"tree=init", 5, 4, "'init' is no process ID",
       "tree takes the pid of the topmost process, as in tree=1234"},
      {"state=zombi", 6, 5, "'zombi' is no state", "did you mean 'zombie'?"},
      {"state=Q5555", 6, 5, "'Q5555' is no state", "R S D T t Z X I or P, or its word, as in state=zombie"},
      {"class=orphn", 6, 5, "'orphn' is no class", "did you mean 'orphan'?"},
      {"99999999999", 0, 11, "'99999999999' is no process ID", "quote it when it is a name"},
      {"pid==1", 3, 2, "'==' is no operator here", "write ="},
      {"comm=~x", 4, 2, "'=~' is no operator here", "write ~"},
      {"pid<>1", 3, 2, "'<>' is no operator here", "write !="},
      {"pid=>1", 3, 2, "'=>' is no operator here", "write >="},
      {"pid<<1", 3, 2, "no such operator", "= != < <= > >= ~ !~; quote a value that begins with one"},
      {"comm='bash", 5, 1, "this quote is never closed", "end it with '"},
      {"(pid=1", 0, 1, "this parenthesis is never closed", "close it with )"},
      {"pid=1)", 5, 1, "this parenthesis was never opened", "remove it, or quote the value it belongs to"},
      {"()", 1, 1, "a condition is missing before ')'", example},
      {"pid=1 and", 6, 3, "a condition is missing after 'and'", example},
      {"or pid=1", 0, 2, "a condition is missing before 'or'", example},
      {"not", 0, 3, "a condition is missing after 'not'", example},
      {"pid=1 pid=2", 6, 3, "'and' or 'or' is missing before this", join},
      {"(pid=1 pid=2)", 7, 3, "'and' or 'or' is missing before this", join},
      {"pid=1 AND pid=2", 6, 3, "'and' or 'or' is missing before this", join},
      {"=5", 0, 1, "a field is missing before '='", "as in state=Z or rss>1G"},
      {"1<pid<5", 0, 1, "there is no field '1'", ""},
      {"comm, pid=1", 4, 1, "',' has no meaning here", "write 'and' or 'or' between two conditions"},
      {"nginx & bash", 6, 1, "'&' has no meaning here", "write 'and' or &&"},
      {"nginx | bash", 6, 1, "'|' has no meaning here", "write 'or' or ||"},
      {"name~(a|b)", 5, 1, "a value with a parenthesis must be quoted", "as in name~'^(a|b)$'"},
      {"name~^(a|b)$", 6, 1, "a value with a parenthesis must be quoted", "as in name~'^(a|b)$'"},
      {"name~[a", 5, 2, "bad regular expression: missing ]: [a", ""},
      {"name~'a(b'", 6, 3, "bad regular expression: missing ): a(b", ""},
      {"comm~*x", 5, 1, "bad regular expression: no argument for repetition operator: *", ""},
  };
  for (const Wrong& w : wrongs) {
    INFO(w.query);
    const QueryError error = error_of(w.query);
    CHECK(error.position == w.position);
    CHECK(error.length == w.length);
    CHECK(error.message == w.message);
    CHECK_FALSE(error.hint.empty());
    if (!w.hint.empty()) CHECK(error.hint == w.hint);
  }
}

TEST_CASE("Query: hostile sizes end in an error and nowhere else", "[model]") {
  const std::string parentheses(10'000, '('), closing(10'000, ')'), bangs(60'000, '!');
  CHECK(error_of(parentheses).message == "more than 100 levels of parentheses and 'not'");
  CHECK(error_of(parentheses + "1" + closing).position == 100);
  CHECK(error_of(bangs + "1").message == "more than 100 levels of parentheses and 'not'");
  CHECK(error_of(std::string(65'537, ' ')).message == "the query is longer than 65536 bytes");
  CHECK(Query::parse(std::string(65'536, ' ')));
  CHECK(found(std::string(100, '(') + "1" + std::string(100, ')')) == Pids{1});
  std::string many = "1";
  for (int i = 0; i < 999; ++i) many += " or 1";
  CHECK(found(many) == Pids{1});
  CHECK(error_of(many + " or 1").message == "more than 1000 conditions");
  CHECK(error_of("comm~'((a{100}){100}){100}'").message.starts_with("bad regular expression"));
  CHECK(error_of("comm='" + std::string(60'000, 'x')).message == "this quote is never closed");
  CHECK(error_of(std::string(60'000, 'x') + "=1").message.size() < 100);
}

TEST_CASE("Query: a regular expression takes linear time", "[model]") {
  auto s = snapshot_of({{1, 0}});
  s.processes[0].cmdline.assign(100'000, 'a');
  set_present(s.processes[0], Source::cmdline);
  CHECK(Stage(std::move(s))
            .pids(*Query::parse("argv~'^(a|a)*(a*)*b$'"))
            .empty());  // 2^100000 steps of a backtracker
}

TEST_CASE("Query: bytes that are no UTF-8 are searched all the same", "[model]") {
  auto s = snapshot_of({{1, 0}});
  s.processes[0].stat.comm = "\xff) \x1b[31m\nx";
  Stage stage(std::move(s));
  for (const auto* text : {"comm~x", "comm~'\\x1b.*x$'", "comm='\xff) \x1b[31m\nx'", "comm~^\\C"}) {
    INFO(escaped(text));
    CHECK(stage.pids(*Query::parse(text)) == Pids{1});
  }
}

TEST_CASE("explain: the message, the query, a caret with the hint", "[model]") {
  const auto explained = [](std::string_view text) { return explain(error_of(text), text); };
  CHECK(explained("pid=1 and cgrup~x") ==
        "there is no field 'cgrup'\n"
        "  pid=1 and cgrup~x\n"
        "            ^~~~~ did you mean 'cgroup'?");
  CHECK(explained("(pid=1") ==
        "this parenthesis is never closed\n"
        "  (pid=1\n"
        "  ^ close it with )");
}

TEST_CASE("explain: the caret counts columns, of escapes and of wide characters too", "[model]") {
  const auto explained = [](std::string_view text) { return explain(error_of(text), text); };
  CHECK(explained("'日本e\xcc\x81' or \x1b[1m='x") ==
        "this quote is never closed\n"
        "  '日本e\xcc\x81' or \\x1b[1m='x\n"
        "                     ^ end it with '");
  CHECK(explained("comm='a\nb\xff' or usr=1") ==
        "there is no field 'usr'\n"
        "  comm='a\\nb\\xff' or usr=1\n"
        "                     ^~~ did you mean 'user'?");
}

TEST_CASE("explain: a long query is cut around the place", "[model]") {
  const std::string text = "comm~" + std::string(300, 'a') + " and cgrup~" + std::string(300, 'b');
  const std::string all = explain(error_of(text), text);
  CHECK(all == "there is no field 'cgrup'\n  ..." + std::string(35, 'a') + " and cgrup~" +
                   std::string(27, 'b') + "...\n" + std::string(45, ' ') + "^~~~~ did you mean 'cgroup'?");
  CHECK(explain(error_of(std::string(70'000, 'x')), std::string(70'000, 'x')).size() < 300);
}

TEST_CASE("complete: fields, classes and words that may stand there", "[model]") {
  using Names = std::vector<std::string_view>;
  const auto at_end = [](std::string_view text) { return complete(text, text.size()).candidates; };
  CHECK(at_end("cgroup_p") == Names{"cgroup_pids", "cgroup_pids_max"});
  CHECK(at_end("st") == Names{"stack", "start_ticks", "state", "state_age", "state_age_ns", "state_name",
                              "std_files", "stime", "stime_ns", "stopped"});
  CHECK(at_end("zom") == Names{"zombie"});
  CHECK(at_end("pid=1 and no") == Names{"no_new_privs", "nohup", "nonvoluntary_ctxt_switches", "not"});
  CHECK(at_end("not kt") == Names{"kthread"});
  CHECK(at_end("(nam") == Names{"name"});
  CHECK(at_end("!tre") == Names{"tree", "tree_count", "tree_cpu", "tree_rss"});
  CHECK(at_end("pid=1&&uid") == Names{"uid"});
  CHECK(at_end("pid=1 ") == Names{"and", "or"});
  CHECK(at_end("(pid=1) o") == Names{"or"});
  CHECK(at_end("class=d") == Names{"daemon"});
  CHECK(at_end("state!=z") == Names{"zombie"});
  CHECK(at_end("state=Z") == Names{"Z"});
  CHECK(at_end("comm=b").empty());
  CHECK(at_end("comm='b").empty());
  CHECK(at_end("x, y").empty());
  CHECK(at_end("").size() > columns().size());
}

TEST_CASE("complete: begins where the word under the cursor begins", "[model]") {
  CHECK(complete("pid=1 and tty and x", 13).begin == 10);
  CHECK(complete("pid=1 and tty and x", 13).candidates == std::vector{"tty"sv});
  CHECK(complete("class=zo", 8).begin == 6);
  CHECK(complete("pid=1 ", 6).begin == 6);
  CHECK(complete("cg", 99).begin == 0);
}

TEST_CASE("Query: random queries are understood or explained", "[model]") {
  constexpr std::string_view pieces[] = {
      "(",  ")",  "and", "or",  "not", "!",    "&&",    "||",   "=",     "!=",     "<", "~",
      "'",  "\"", " ",   "pid", "rss", "name", "state", "tree", "class", "zombie", "1", "10m",
      "1G", "Z",  "?",   "[",   "*",   "\\",   "\xff",  "日",   "\x1b",  "\0"sv,   ",", "a"};
  std::mt19937 random(20261122);
  Stage stage(machine());
  int understood = 0;
  for (int round = 0; round < 100'000; ++round) {
    std::string text;
    for (std::size_t n = random() % 9; n > 0; --n) {
      text += random() % 8 == 0 ? std::string(1, static_cast<char>(random()))
                                : std::string(pieces[random() % std::size(pieces)]);
    }
    const auto query = Query::parse(text);
    complete(text, random() % 20);
    if (query) {
      ++understood;
      stage.pids(*query);
      continue;
    }
    const QueryError& e = query.error();
    const std::string all = explain(e, text);
    const bool fits = e.position <= text.size() &&
                      e.position + e.length <= std::max<std::size_t>(text.size(), 1) && !e.message.empty() &&
                      std::count(all.begin(), all.end(), '\n') == 2 && escaped(e.message) == e.message &&
                      escaped(e.hint) == e.hint;
    INFO(escaped(text) << '\n' << all);
    if (!fits) CHECK(fits);
  }
  CHECK(understood > 10'000);
}

TEST_CASE("query: a list compares when any of its members does, yes and no as words", "[model]") {
  auto s = snapshot_of({{1, 0}});
  Sample& p = s.processes[0];
  p.availability[static_cast<std::size_t>(Source::status)] = Availability::present;
  p.status.signals.ignored = 0x1001;
  p.status.groups = {Gid(4), Gid(27)};
  p.status.no_new_privs = true;
  const Tree tree = build_tree(s);
  const auto classes = classify(s, tree, nullptr);
  UserNames users;
  const Scene scene{s, tree, classes, nullptr, users};
  const auto matches = [&](std::string_view text) {
    const auto query = Query::parse(text);
    REQUIRE(query);
    return query->matches({scene, s.processes[0], 0});
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
