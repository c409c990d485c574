// The tree at the end of a log.
#include "ptop/render/event_summary.hpp"

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
  Log() : out_(file_.get(), true), sink_(out_, render::Paint(false), {.columns = 80}) {}

  void at(std::uint64_t ms, int pid, What what) {
    sink_.on(
        {.t_ns = ms * 1'000'000, .pid = Pid(pid), .task = {Tid(pid), Ticks(1)}, .what = std::move(what)});
  }
  void fork(std::uint64_t ms, int pid, int child) {
    at(ms, pid, Forked{.child = {Tid(child), Ticks(1)}, .child_pid = Pid(child)});
  }
  void run(std::uint64_t ms, int pid, std::vector<std::string> argv) {
    at(ms, pid, Execed{.argv = std::move(argv)});
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

TEST_CASE("SummarySink: a chain deeper than the screen is wide is counted", "[render]") {
  Log log;
  log.at(0, 1, Attached{.comm = "chain"});
  constexpr int links = 100'000;
  for (int pid = 1; pid < links; ++pid) log.fork(1, pid, pid + 1);
  const std::string text = log.end({.t_ns = 2'000'000});
  CHECK(text.find("more below)") != text.npos);
  CHECK(text.size() < 20'000);
}
