#include "ptop/insight/selection.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "ptop/follow/filter.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::follow;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t ms = 1'000'000;

/// A /proc of processes that have names, and words after these.
class Proc {
 public:
  Proc() {
    std::string name = (fs::temp_directory_path() / "ptop-selection-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    root_ = name;
    std::ofstream(root_ / "stat") << "cpu 1 2 3 4\nbtime 5\n";
  }
  ~Proc() { fs::remove_all(root_); }
  Proc(const Proc&) = delete;
  Proc& operator=(const Proc&) = delete;

  procfs::Reader reader() const { return *procfs::Reader::open(root_.string()); }
  void put(int pid, const std::string& name, const std::string& arguments = "", char state = 't') const {
    const fs::path dir = root_ / std::to_string(pid);
    fs::create_directories(dir);
    std::ofstream(dir / "stat") << fmt::format("{} ({}) {} 1 1 1 0 -1 0", pid, name, state)
                                << " 0 0 0 0 0 0 0 0 20 0 1 0 " << pid << " 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 "
                                << "17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";
    std::ofstream(dir / "cmdline") << (state == 'Z' ? "" : arguments);
  }
  void remove(int pid) const { fs::remove_all(root_ / std::to_string(pid)); }

 private:
  fs::path root_;
};

/// What came out: "exec 7", "fork 7 8".
struct Recorder : Sink {
  std::vector<std::string> told;
  std::vector<std::uint64_t> times;
  CallTally tally;
  Trailer trailer;
  void on_tally(const CallTally& more) override {
    for (const auto& [name, count] : more) tally[name].add(count);
  }
  void on(const Event& event) override {
    std::string words = fmt::format("{} {}", event_kind_name(event_kind(event.what)), event.pid.raw());
    if (const auto* forked = std::get_if<Forked>(&event.what))
      words += fmt::format(" {}", forked->child_pid.raw());
    told.push_back(words);
    times.push_back(event.t_ns);
    CHECK(event.seq == told.size());
  }
  void end(const Trailer& t) override { trailer = t; }
};

/// Processes that live and are told of, a millisecond for each event.
class Followed {
 public:
  explicit Followed(std::string_view query, insight::SelectionOptions options = {})
      : selection_(*insight::parse_selection(query), proc.reader(), log, options) {}

  void attach(int pid, int parent, std::uint32_t depth = 0) {
    parents_[pid] = {parent, depth};
    tell(pid, Attached{});
  }
  void fork(int pid, int child) {
    parents_[child] = {pid, parents_[pid].depth + 1};
    tell(pid, Forked{.child = {Tid(child), Ticks(std::uint64_t(child))}, .child_pid = Pid(child)});
  }
  void exec(int pid, const std::string& name) {
    proc.put(pid, name);
    tell(pid, Execed{});
  }
  void exit(int pid, int code = 0) {
    selection_.at_exit_stop({Pid(pid), Ticks(std::uint64_t(pid))});
    die(pid, code);
  }
  /// Without an exit stop.
  void die(int pid, int code = 0) { tell(pid, Exited{.code = code}); }
  void reap(int pid) {
    proc.remove(pid);
    tell(pid, Reaped{});
  }
  void tell(int pid, What what) {
    selection_.on({.seq = ++seq_,
                   .t_ns = seq_ * ms,
                   .pid = Pid(pid),
                   .task = {Tid(pid), Ticks(std::uint64_t(pid))},
                   .ppid = Pid(parents_[pid].pid),
                   .depth = parents_[pid].depth,
                   .what = std::move(what)});
  }
  /// It is so late.
  void wait_until(std::uint64_t milliseconds) { seq_ = milliseconds; }
  void end() { selection_.end({.t_ns = ++seq_ * ms, .events = seq_}); }

  Proc proc;
  Recorder log;

 private:
  struct Above {
    int pid = 0;
    std::uint32_t depth = 0;
  };
  std::map<int, Above> parents_;
  insight::Selection selection_;
  std::uint64_t seq_ = 0;
};

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("Selection: who is stopped or ends is asked with the name it has then", "[insight]") {
  Followed f("name=renamed");
  f.attach(10, 1);
  f.exec(10, "sh");
  f.fork(10, 11);
  f.proc.put(11, "sh");
  f.wait_until(200);
  f.tell(11, Signalled{.signal = SIGURG});  // a tenth of a second after its birth: not yet
  SECTION("at a stop") {
    f.proc.put(11, "renamed");
    f.tell(11, StoppedBy{SIGSTOP});
    f.proc.put(11, "other");
    f.tell(11, Continued{});
    CHECK(f.log.told == Told{"attach 10", "exec 10", "fork 10 11", "signal 11", "stop 11", "continue 11"});
  }
  SECTION("at its end") {
    f.proc.put(11, "renamed");
    f.exit(11);
    CHECK(f.log.told == Told{"attach 10", "exec 10", "fork 10 11", "signal 11", "exit 11"});
  }
  SECTION("at its end, without an exit stop") {
    f.proc.put(11, "renamed", "", 'Z');
    f.die(11);
    CHECK(f.log.told == Told{"attach 10", "exec 10", "fork 10 11", "signal 11", "exit 11"});
  }
}

TEST_CASE("Selection: what a zombie no longer tells is as it was before", "[insight]") {
  Followed f("command~wanted and exit_code=3");
  f.attach(10, 1);
  f.proc.put(10, "prog", "prog wanted");
  f.tell(10, StoppedBy{SIGSTOP});
  f.proc.put(10, "prog", "", 'Z');
  f.exit(10, 3);
  CHECK(f.log.told == Told{"attach 10", "stop 10", "exit 10"});
}

TEST_CASE("Selection: what a late match brings out comes in the order of time, ends behind births",
          "[insight]") {
  Followed f("name=sleep");
  f.attach(10, 1);
  f.fork(10, 11);
  f.fork(11, 12);
  f.fork(12, 13);
  f.exit(12);
  f.reap(12);
  f.exit(11);
  f.tell(13, Reparented{.from = Pid(12), .to = Pid(10), .to_comm = "", .daemon_signs = {}});
  f.exec(13, "sleep");
  CHECK(f.log.told == Told{"attach 10", "fork 10 11", "fork 11 12", "fork 12 13", "exit 12", "reaped 12",
                           "exit 11", "reparent 13", "exec 13"});
  CHECK(std::ranges::is_sorted(f.log.times));
}

TEST_CASE("Selection: the end of an ancestor waits for children that may still match", "[insight]") {
  Followed f("name=sleep");
  f.attach(10, 1);
  f.fork(10, 11);
  f.fork(10, 12);
  f.exec(11, "sleep");
  f.exit(10);
  const Told before{"attach 10", "fork 10 11", "exec 11"};
  CHECK(f.log.told == before);
  Told all = before;
  SECTION("one does") {
    f.exec(12, "sleep");
    all.insert(all.end(), {"fork 10 12", "exit 10", "exec 12"});
  }
  SECTION("none does") {
    f.exit(12);
    all.insert(all.end(), {"exit 10"});
  }
  SECTION("a child of one does") {
    f.fork(12, 13);
    f.exit(12);
    CHECK(f.log.told == before);
    f.exec(13, "sleep");
    all.insert(all.end(), {"fork 10 12", "exit 10", "fork 12 13", "exit 12", "exec 13"});
  }
  SECTION("the log ends before") {
    f.end();
    all.insert(all.end(), {"exit 10"});
  }
  CHECK(f.log.told == all);
}

TEST_CASE("Selection: who is told to be born is told to end", "[insight]") {
  SECTION("of a parent that matches") {
    Followed f("name=make");
    f.attach(10, 1);
    f.exec(10, "make");
    f.fork(10, 11);
    f.exec(11, "cc");
    f.exit(11);
    f.reap(11);
    CHECK(f.log.told == Told{"attach 10", "exec 10", "fork 10 11", "exit 11", "reaped 11"});
  }
  SECTION("of one that matches after that end") {
    Followed f("exit_code=4");
    f.attach(10, 1);
    f.fork(10, 11);
    f.exit(11);
    f.reap(11);
    f.exit(10, 4);
    CHECK(f.log.told == Told{"attach 10", "fork 10 11", "exit 11", "reaped 11", "exit 10"});
  }
  SECTION("not before what a child of its own may bring out") {
    Followed f("name=make or name=true");
    f.attach(10, 1);
    f.exec(10, "make");
    f.fork(10, 11);
    f.exec(11, "cc");
    f.fork(11, 12);
    f.exit(11);
    f.exec(12, "true");
    CHECK(f.log.told ==
          Told{"attach 10", "exec 10", "fork 10 11", "exec 11", "fork 11 12", "exit 11", "exec 12"});
  }
}

TEST_CASE("Selection: what an ancestor did before it matched itself is told then", "[insight]") {
  Followed f("name=sleep or exit_code=4");
  f.attach(10, 1);
  f.fork(10, 11);
  f.exec(11, "sleep");
  f.tell(10, Signalled{.signal = SIGURG});
  f.exit(11);
  f.exit(10, 4);
  CHECK(f.log.told == Told{"attach 10", "fork 10 11", "exec 11", "exit 11", "signal 10", "exit 10"});
}

TEST_CASE("Selection: what was too much to hold is counted as lost, with the time of the last that was held",
          "[insight]") {
  Followed f("exit_code=4");
  f.attach(10, 1);
  for (int i = 0; i < 66; ++i) f.tell(10, Signalled{.signal = SIGURG});
  f.exit(10, 4);
  REQUIRE(f.log.told.size() == 67);
  CHECK(f.log.told[65] == "lost 10");
  CHECK(std::ranges::is_sorted(f.log.times));
  f.end();
  CHECK(f.log.trailer.lost == 2);
}

TEST_CASE("Selection: the end counts what was told", "[insight]") {
  Followed f("name=sleep");
  f.attach(10, 1);
  for (const int child : {11, 12}) {
    f.fork(10, child);
    f.exec(child, child == 11 ? "sleep" : "true");
    f.exit(child);
  }
  f.exit(10);
  f.end();
  CHECK(f.log.trailer.events == f.log.told.size());
  CHECK(f.log.trailer.processes == 2);
  CHECK(f.log.trailer.execs == 1);
  CHECK(f.log.trailer.exits == 2);
}

TEST_CASE("Selection: ancestors that are attached to later are kept up to the root", "[insight]") {
  Followed f("name=sleep");
  for (const int pid : {10, 11, 12, 13}) f.proc.put(pid, pid == 13 ? "sleep" : "sh");
  f.attach(13, 12, 3);
  f.attach(12, 11, 2);
  SECTION("in turn") {
    f.attach(11, 10, 1);
    f.attach(10, 1);
    CHECK(f.log.told == Told{"attach 13", "attach 12", "attach 11", "attach 10"});
  }
  SECTION("the root before who is below it") {
    f.attach(10, 1);
    f.attach(11, 10, 1);
    CHECK(f.log.told == Told{"attach 13", "attach 12", "attach 10", "attach 11"});
  }
}

TEST_CASE("Selection: who is attached to before its ancestors is asked with them", "[insight]") {
  Followed f("depth=2 and tree=10");
  for (const int pid : {10, 11, 12}) f.proc.put(pid, "sh");
  f.attach(12, 11, 2);
  f.attach(11, 10, 1);
  CHECK(f.log.told.empty());
  f.attach(10, 1);
  CHECK(f.log.told == Told{"attach 12", "attach 11", "attach 10"});
}

TEST_CASE("Selection: who is too deep does not match", "[insight]") {
  Followed f("name=true", {.deepest = 1});
  f.attach(10, 1);
  f.fork(10, 11);
  f.exec(11, "sh");
  f.fork(11, 12);
  f.exec(12, "true");
  f.exit(12);
  CHECK(f.log.told.empty());
  f.exec(11, "true");
  CHECK(f.log.told == Told{"attach 10", "fork 10 11", "exec 11", "fork 11 12", "exit 12", "exec 11"});
}

TEST_CASE("Selection: each system call before a match is told or counted", "[insight]") {
  const bool logged = GENERATE(true, false);
  Followed f("exit_code=3", {.calls = logged});
  f.attach(10, 1);
  f.exec(10, "sh");
  constexpr std::uint64_t calls = 200;
  for (std::uint64_t i = 0; i < calls; ++i)
    f.tell(10, SyscallDone{.name = "chdir", .error_number = i == 199 ? ENOENT : 0, .duration_ns = i});
  f.fork(10, 11);
  f.tell(11, SyscallDone{.name = "chdir"});
  CHECK(f.log.tally.empty());
  f.exit(11);
  f.exit(10, 3);
  f.tell(10, SyscallDone{.name = "chdir"});
  const auto told = static_cast<std::uint64_t>(std::ranges::count(f.log.told, "syscall 10"));
  CHECK(told == (logged ? 64 : 1));
  const CallCount counted = f.log.tally["chdir"];
  CHECK(told - 1 + counted.calls == calls);
  f.end();
  CHECK(counted.errors == 1);
  CHECK(counted.longest_ns == 199);
  CHECK(f.log.trailer.lost == (logged ? 138 : 0));
}
