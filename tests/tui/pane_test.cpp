// The pane of what is followed: filter, search, counters, standing still, saving.
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <unistd.h>

#include "app.hpp"
#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

void open_pane(Screen& s) {
  s.show(frame(small_system()));
  s.type(U"110");
  s.press(U's');
  s.press(U'o');
}

follow::SyscallDone call(std::string_view name, std::int64_t nr, int error = 0,
                         std::uint64_t duration_ns = 1000) {
  return {.name = name,
          .number = {.nr = nr},
          .ret = error != 0 ? -error : 3,
          .error_number = error,
          .duration_ns = duration_ns};
}

constexpr std::int64_t nr_read = 0, nr_close = 3;

/// A directory that goes with the test.
struct Directory {
  Directory() {
    char name[] = "/tmp/ptop-pane-XXXXXX";
    path = ::mkdtemp(name);
  }
  ~Directory() {
    for (const auto& file : files) std::remove((path + "/" + file).c_str());
    ::rmdir(path.c_str());
  }
  std::string path;
  std::vector<std::string> files;
};

std::string content(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

void type_text(Screen& s, std::string_view text) {
  for (const char c : text) s.press(static_cast<Key>(c));
}

}  // namespace

TEST_CASE("pane: t asks for system calls of what is followed, and no more", "[tui]") {
  Screen s;
  open_pane(s);
  s.press(U't');
  REQUIRE(s.port.calls_asked.size() == 1);
  CHECK(s.port.calls_asked[0].contains(decode::machine_arches().front(), SyscallNo(nr_read)));
  CHECK(contains(s.text(), "system calls too"));
  s.press(U't');
  CHECK(s.port.calls_asked[1].empty());
}

TEST_CASE("pane: the filter speaks the language of -e and that of queries", "[tui]") {
  Screen s;
  open_pane(s);
  s.port.happen(Pid(110), call("read", nr_read));
  s.port.happen(Pid(110), call("close", nr_close, 9));
  s.port.happen(Pid(111), call("close", nr_close));
  s.port.happen(Pid(110), follow::Signalled{.signal = 15});
  s.press(key::f(4));
  type_text(s, "trace=close");
  s.press(key::enter);
  CHECK_FALSE(contains(s.text(), "read("));
  CHECK(contains(s.text(), "close("));
  CHECK(contains(s.text(), "filter: trace=close"));
  s.press(key::f(4));
  type_text(s, " status=failed");
  s.press(key::enter);
  CHECK(contains(s.text(), "EBADF"));
  CHECK(s.app.events().shown() == 2);  // the signal too: signal= says which
  s.press(key::f(4));
  s.press(key::ctrl('U'));
  type_text(s, "-e signal=none pid=111");
  s.press(key::enter);
  CHECK(s.app.events().shown() == 1);
}

TEST_CASE("pane: a filter with a mistake is told and keeps the lines", "[tui]") {
  Screen s(24, 120);
  open_pane(s);
  s.port.happen(Pid(110), call("close", nr_close));
  s.press(U'\\');
  type_text(s, "trace=opanat");
  CHECK(contains(s.text(), "openat"));  // the nearest known one
  s.press(key::enter);
  CHECK(contains(s.text(), "Filter:"));
  s.press(key::escape);
  CHECK(contains(s.text(), "close("));
}

TEST_CASE("pane: a search marks the line, n and N go on", "[tui]") {
  Screen s(40, 100);
  open_pane(s);
  for (int i = 0; i < 100; ++i) s.port.happen(Pid(2000 + i), follow::Exited{.code = i % 50 == 7 ? 77 : 0});
  s.text();
  s.press(U'/');
  type_text(s, "77");
  CHECK(contains(s.line_with(">"), "2007"));
  s.press(key::enter);
  s.press(U'n');
  CHECK(contains(s.line_with(">"), "2057"));
  s.press(U'n');
  CHECK(contains(s.line_with(">"), "2007"));
  s.press(U'N');
  CHECK(contains(s.line_with(">"), "2057"));
}

TEST_CASE("pane: Space makes the lines stand still", "[tui]") {
  Screen s;
  open_pane(s);
  for (int i = 0; i < 50; ++i) s.port.happen(Pid(2000 + i), follow::Exited{.code = 0});
  s.text();
  s.press(key::space);
  for (int i = 50; i < 60; ++i) s.port.happen(Pid(2000 + i), follow::Exited{.code = 0});
  CHECK(contains(s.text(), "2049"));
  CHECK_FALSE(contains(s.text(), "2059"));
  CHECK(contains(s.text(), "stands still, 10 newer"));
  s.press(key::space);
  CHECK(contains(s.text(), "2059"));
}

TEST_CASE("pane: calls are counted and timed, in the order that is asked for", "[tui]") {
  Screen s(30, 110);
  open_pane(s);
  for (int i = 1; i <= 100; ++i)
    s.port.happen(Pid(110), call("read", nr_read, 0, static_cast<std::uint64_t>(i) * 1000));
  s.port.happen(Pid(110), call("close", nr_close, 9, 50'000'000));
  s.press(U'c');
  const auto text = s.text();
  CHECK(text.find("close") < text.find("read"));  // the longest in total first
  CHECK(contains(s.line_with(" read"), "100 "));
  s.press(key::f(6));
  const auto by_calls = s.text();
  CHECK(by_calls.find(" read") < by_calls.find(" close"));
  s.press(U'I');
  CHECK(s.text().find(" close") < s.text().find(" read"));
}

TEST_CASE("durations: a percentile is too large by an eighth at most", "[tui]") {
  Durations d;
  for (std::uint64_t i = 1; i <= 10'000; ++i) d.add(i * 100);
  CHECK(d.least() == 100);
  CHECK(d.most() == 1'000'000);
  CHECK(d.mean() == 500'050);
  CHECK(d.percentile(0.99) >= 990'000);
  CHECK(d.percentile(0.99) <= 990'000 * 9 / 8);
  CHECK(Durations().percentile(0.99) == 0);
}

TEST_CASE("feed: more calls than can be shown are counted, births and ends are shown", "[tui]") {
  Screen s;
  open_pane(s);
  for (std::size_t i = 0; i < 3 * EventFeed::most_calls; ++i) s.port.happen(Pid(110), call("read", nr_read));
  s.port.happen(Pid(111), follow::Exited{.code = 4});
  CHECK(contains(s.text(), "exit   4"));
  CHECK(s.app.events().total() == 3 * EventFeed::most_calls + 1);
  CHECK(s.app.events().skipped() == 2 * EventFeed::most_calls);
  CHECK(contains(s.text(), "1024 too fast to be shown"));
  const auto rows = s.port.feed().call_rows();
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].calls == 3 * EventFeed::most_calls);
}

TEST_CASE("event log: the history has a limit of memory", "[tui]") {
  EventLog log(100'000, 64 << 10);
  follow::Execed exec;
  exec.path = "/bin/echo";
  exec.argv = {"echo", std::string(500, 'x')};
  for (int i = 0; i < 1000; ++i) log.on({.what = exec});
  CHECK(log.bytes() <= log.most_bytes());
  CHECK(log.dropped() + log.lines().size() == 1000);
  CHECK(log.dropped() > 800);
}

TEST_CASE("event log: filtered lines leave with the history", "[tui]") {
  EventLog log(10);
  log.set_filter([](const EventLine& line) { return line.pid.raw() % 2 == 0; });
  for (int i = 0; i < 25; ++i) log.on({.pid = Pid(100 + i), .what = follow::Exited{.code = 0}});
  REQUIRE(log.shown() == 5);
  CHECK(log.line(0).pid == Pid(116));
  CHECK(log.line(4).pid == Pid(124));
  log.set_filter({});
  CHECK(log.shown() == 10);
}

TEST_CASE("pane: every event is saved, whatever the screen has time for", "[tui]") {
  Directory directory;
  directory.files = {"log.jsonl"};
  const std::string path = directory.path + "/log.jsonl";
  Screen s(24, 120);
  open_pane(s);
  s.press(U'w');
  type_text(s, path);
  s.press(key::enter);
  constexpr std::size_t count = 2000;
  for (std::size_t i = 0; i < count; ++i) s.port.happen(Pid(110), call("read", nr_read));
  CHECK(contains(s.text(), "2000 events saved to"));
  s.press(U'w');
  CHECK(contains(s.app.message(), "has 2000 events"));
  const std::string saved = content(path);
  CHECK(std::count(saved.begin(), saved.end(), '\n') == count + 2);  // header and end
  CHECK(contains(saved, "\"seq\":2000"));
  CHECK(contains(saved, "\"type\":\"end\""));
}

TEST_CASE("pane: a file that is there is not overwritten unasked", "[tui]") {
  Directory directory;
  directory.files = {"old.log"};
  const std::string path = directory.path + "/old.log";
  std::ofstream(path) << "precious\n";
  Screen s(24, 120);
  open_pane(s);
  s.press(U'w');
  type_text(s, path);
  s.press(key::enter);
  CHECK(contains(s.text(), "is there already"));
  CHECK(content(path) == "precious\n");
  s.press(key::down);
  s.press(key::enter);
  s.port.happen(Pid(110), follow::Exited{.code = 3});
  s.press(U'w');
  CHECK(contains(content(path), "exit   3"));
  CHECK_FALSE(contains(content(path), "precious"));
}

TEST_CASE("tree: a followed process is marked with what it did last", "[tui]") {
  Screen s;
  open_pane(s);
  s.port.happen(Pid(110), call("openat", 257));
  CHECK(contains(s.line_with("make -j2"), "openat"));
  for (int scans = 0; scans < 3; ++scans) s.show(frame(small_system()));
  CHECK_FALSE(contains(s.line_with("make -j2"), "openat"));
}

TEST_CASE("pane: of another thread the line and the mark are those of its process", "[tui]") {
  Screen s;
  open_pane(s);
  s.port.happen(Pid(110), call("openat", 257), Tid(4712));
  CHECK(contains(s.line_with("[4712] openat("), "    110 "));
  CHECK(contains(s.line_with("make -j2"), "openat"));
  CHECK_FALSE(contains(s.line_with("make -j2"), "4712"));
}

TEST_CASE("pane: z gives it the whole screen", "[tui]") {
  Screen s;
  open_pane(s);
  s.press(U'z');
  CHECK_FALSE(contains(s.text(), "less README"));
  s.press(U'z');
  CHECK(contains(s.text(), "less README"));
}
