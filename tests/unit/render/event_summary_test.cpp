// The tree at the end of a log.
#include "ptop/render/event_summary.hpp"

#include <algorithm>
#include <csignal>
#include <sstream>

#include "golden.hpp"
#include "ptop/base/escape.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::follow;

namespace {

class Log {
 public:
  explicit Log(render::SummaryOptions options = {})
      : out_(file_.get(), true), sink_(out_, render::Paint(false), std::move(options)) {}

  void at(std::uint64_t ms, int pid, What what, std::uint32_t depth = 0) {
    sink_.on({.t_ns = ms * 1'000'000,
              .pid = Pid(pid),
              .task = {Tid(pid), Ticks(1)},
              .depth = depth,
              .what = std::move(what)});
  }
  void fork(std::uint64_t ms, int pid, int child, std::uint32_t depth = 0) {
    at(ms, pid, Forked{.child = {Tid(child), Ticks(1)}, .child_pid = Pid(child)}, depth);
  }
  void run(std::uint64_t ms, int pid, std::vector<std::string> argv, std::uint32_t depth = 0) {
    at(ms, pid, Execed{.argv = std::move(argv)}, depth);
  }
  void exit(std::uint64_t ms, int pid, int code) {
    at(ms, pid, Exited{.code = code, .utime_ns = 2'000'000, .stime_ns = 1'000'000, .max_rss = 3 << 20});
  }
  std::string end(const Trailer& trailer) {
    sink_.end(trailer);
    return test::contents(file_);
  }

 private:
  Fd file_ = test::memory_file();
  render::LineOutput out_;
  render::SummarySink sink_;
};

}  // namespace

TEST_CASE("SummarySink: the tree with times, costs and ends", "[render]") {
  Log log;
  log.at(0, 10, Attached{.comm = "make", .spawned = true});
  log.run(0, 10, {"make", "-j2", std::string(100, 'x')});
  for (int child = 20; child < 26; ++child) {
    log.fork(1, 10, child);
    log.run(2, child, {"cc", "-c"});
    log.exit(40, child, child == 23 ? 1 : 0);
  }
  log.fork(50, 10, 30);
  log.run(51, 30, {"sh", "a\x1b[2Jb"});
  log.fork(52, 30, 31);
  log.at(90, 31, Exited{.signal = SIGSEGV});
  log.exit(95, 30, 0);
  log.fork(96, 10, 40);  // still there at the end
  log.exit(100, 10, 2);
  const std::string text = log.end({.t_ns = 100'000'000, .execs = 8});
  test::check_golden("summary.txt", text);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= 80);
  CHECK(text.find('\x1b') == text.npos);
}

TEST_CASE("SummarySink: only those that ran alike and ended alike are one row", "[render]") {
  Log log;
  log.at(0, 10, Attached{.comm = "bash", .spawned = true});
  log.run(0, 10, {"bash"});
  log.fork(1, 10, 11);
  log.run(2, 11, {"slow"});
  log.exit(50, 11, 0);
  int child = 20;
  const auto children = [&](int count, bool run, int code) {
    for (; count > 0; --count, ++child) {
      log.fork(1, 10, child);
      if (run) log.run(2, child, {"bash", "-c", "x"});
      log.exit(40, child, code);
    }
  };
  children(5, false, 0);
  children(4, true, 0);
  children(4, true, 3);
  children(1, true, 4);
  const std::string text = log.end({.t_ns = 60'000'000});
  const auto lines = test::lines_of(text);
  const auto row = [&](std::string_view what, std::string_view status) {
    return std::ranges::count_if(lines, [&](const std::string& line) {
      const auto at = line.find(what);
      return at != line.npos && line.find(std::string(" ") + std::string(status) + "  ", at) != line.npos;
    });
  };
  INFO(text);
  CHECK(row("5 × (bash)", "0") == 1);
  CHECK(row("4 × bash", "0") == 1);
  CHECK(row("5 × bash", "5 bad") == 1);
}

TEST_CASE("SummarySink: a chain of any length is written with bounded work", "[render]") {
  Log log;
  log.at(0, 1, Attached{.comm = "chain"});
  constexpr int links = 100'000;
  for (int pid = 1; pid < links; ++pid) log.fork(1, pid, pid + 1);
  const std::string text = log.end({.t_ns = 2'000'000});
  CHECK(text.find("(99499 more below)") != text.npos);
  CHECK(text.size() < 100'000);
}

TEST_CASE("SummarySink: no process is left out because a terminal is narrow", "[render]") {
  const std::size_t columns = GENERATE(38U, 40U, 52U, 60U, 80U, 120U);
  const int links = GENERATE(3, 9, 24, 100);
  const std::string command = GENERATE("sh rm9.sh", "a program with rather many long arguments, or words");
  const bool ascii = GENERATE(false, true);
  Log log({.columns = columns, .ascii = ascii});
  log.at(0, 1, Attached{.comm = "chain"});
  for (int pid = 1; pid <= links; ++pid) {
    log.run(1, pid, {command, std::to_string(pid)});
    if (pid != links) log.fork(1, pid, pid + 1);
  }
  std::istringstream lines(log.end({.t_ns = 2'000'000}));
  int rows = 0;
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(display_width(line) <= columns);
    if (line.find(ascii ? "<  " : "◀  ") != line.npos) ++rows;
  }
  CHECK(rows == links);
}

TEST_CASE("SummarySink: a deep tree is indented less the deeper it is", "[render]") {
  const std::size_t columns = GENERATE(40U, 80U);
  Log log({.columns = columns});
  log.at(0, 1, Attached{.comm = "sh", .spawned = true});
  for (int pid = 1; pid < 16; ++pid) {
    log.run(1, pid, {"sh", "rm9.sh", std::to_string(pid)});
    log.fork(1, pid, pid + 1);
    log.fork(1, pid, 100 + pid);
    log.run(1, 100 + pid, {"sleep", "0.3"});
    log.exit(2, 100 + pid, 0);
  }
  test::check_golden("summary_deep_" + std::to_string(columns) + ".txt", log.end({.t_ns = 2'000'000}));
}

TEST_CASE("SummarySink: what is cut of a command is marked", "[render]") {
  const auto row_of = [](std::vector<std::string> argv, std::size_t columns) {
    Log log({.columns = columns});
    log.at(0, 1, Attached{.comm = "sh", .spawned = true});
    log.run(0, 1, std::move(argv));
    const std::string text = log.end({.t_ns = 2'000'000});
    const std::size_t begin = text.find('\n') + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  const std::vector<std::string> argv{"true", std::string(185, 'x'), "-o", "/tmp/abcdefgh"};
  CHECK(row_of(argv, 0).find("x -o /tmp/abcdefgh ") != std::string::npos);
  CHECK(row_of(argv, 80).find("…xxxx -o /tmp/abcdefgh ") != std::string::npos);
  std::string umlauts;
  for (int i = 0; i < 1500; ++i) umlauts += "ä";
  const std::string wide = row_of({"true", "a" + umlauts, "'"}, 0);
  CHECK(wide.find("ä…ä") != std::string::npos);
  CHECK(wide.find("\\x") == std::string::npos);
  CHECK(display_width(wide) <= 1000);
}

TEST_CASE("SummarySink: the figures end where the terminal does", "[render]") {
  Log log({.columns = 80});
  log.at(0, 1, Attached{.comm = "sh", .spawned = true});
  log.run(0, 1, {"sh", std::string(70, 'x')});
  std::istringstream lines(log.end({.t_ns = 2'000'000}));
  std::string header, row;
  std::getline(lines, header);
  std::getline(lines, row);
  CHECK(display_width(header) == 80);
  CHECK(display_width(row) == 80);
}

TEST_CASE("SummarySink: of very many long commands the later ones are kept short", "[render]") {
  Log log({.columns = 0});
  log.at(0, 1, Attached{.comm = "sh", .spawned = true});
  for (int child = 2; child < 40'000; ++child) {
    log.fork(1, 1, child);
    log.run(1, child, {"cc", std::string(990, 'x')});
    log.exit(2, child, 0);
  }
  log.run(3, 1, {"sh", std::string(300, 'y')});
  const std::string text = log.end({.t_ns = 2'000'000});
  CHECK(text.find("y…y") != text.npos);
}

TEST_CASE("SummarySink: who is deeper than the log goes has no row", "[render]") {
  Log log({.deepest = 1});
  log.at(0, 1, Attached{.comm = "sh", .spawned = true});
  log.fork(1, 1, 2);
  log.run(2, 2, {"make"});
  log.fork(3, 2, 3, 1);
  log.run(4, 3, {"cc"}, 2);
  const std::string text = log.end({.t_ns = 2'000'000});
  CHECK(text.find("make") != text.npos);
  CHECK(text.find("cc") == text.npos);
  CHECK(text.find("2 processes, 1 exec;") != text.npos);
}

TEST_CASE("SummarySink: in a file nothing is cut", "[render]") {
  Log log({.columns = 0});
  log.at(0, 1, Attached{.comm = "chain"});
  for (int pid = 1; pid < 60; ++pid) log.fork(1, pid, pid + 1);
  log.run(2, 60, {"cat", std::string(150, 'x')});
  const std::string text = log.end({.t_ns = 2'000'000});
  CHECK(text.find("more below)") == text.npos);
  CHECK(text.find(std::string(150, 'x')) != text.npos);
}

TEST_CASE("SummarySink: who lives on is asked, and what nobody knows is no zero", "[render]") {
  Log log({.living = [](ProcessKey key) -> std::optional<render::LivingCosts> {
    if (key.pid != Pid(2)) return std::nullopt;
    return render::LivingCosts{.lifetime_ns = 9'000'000'000, .cpu_ns = 7'000'000, .max_rss = 5 << 20};
  }});
  log.at(0, 1, Attached{.comm = "sh"});
  log.at(0, 2, Attached{.comm = "cat"});
  std::istringstream lines(log.end({.t_ns = 20'000'000, .execs = 3}));
  std::string line;
  std::getline(lines, line);
  const auto next = [&] {
    std::getline(lines, line);
    std::istringstream words(line);
    std::string name, status, time, cpu, rss;
    words >> name >> status >> time >> cpu >> rss;
    return std::vector{name, status, time, cpu, rss};
  };
  CHECK(next() == std::vector<std::string>{"sh", "?", "20ms", "-", "-"});
  CHECK(next() == std::vector<std::string>{"cat", "runs", "9.0s", "7ms", "5.0M"});
  std::getline(lines, line);
  CHECK(line == "2 processes, 0 execs; 20ms of time, 7ms of CPU; CPU of 1 process not known");
}

TEST_CASE("SummarySink: the mark goes down to where the time went", "[render]") {
  const auto marked = [](std::uint64_t child_ends) {
    Log log;
    log.at(0, 1, Attached{.comm = "sh", .spawned = true});
    log.fork(10, 1, 2);
    log.run(11, 2, {"sleep", "1"});
    log.exit(child_ends, 2, 0);
    log.exit(1000, 1, 0);
    std::istringstream lines(log.end({.t_ns = 1'000'000'000}));
    std::string line, marks;
    for (int row = 0; row < 3 && std::getline(lines, line); ++row)
      marks += row == 0 ? "" : line.find("◀") != line.npos ? "yes " : "no ";
    return marks;
  };
  CHECK(marked(900) == "yes yes ");
  CHECK(marked(30) == "yes no ");
}
