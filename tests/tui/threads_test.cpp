// Threads as rows: where they stand, what they show, and what is done to them.
#include "scene.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

FramePtr with_threads() {
  return frame(small_system(), {{111, 112, "worker", 'R', 5}, {111, 113, "stuck", 'D'}, {200, 201, "pool"}});
}

/// After H, as the scan that it asks for has it.
struct Threads : Screen {
  explicit Threads(int rows = 24, int columns = 100) : Screen(rows, columns) {
    show(frame(small_system()));
    press(U'H');
    show(with_threads());
  }
  std::vector<int> tids() const {
    std::vector<int> out;
    for (const ListRow& row : app.list().rows()) out.push_back(row.tid.raw());
    return out;
  }
};

}  // namespace

TEST_CASE("threads: H gives each a row below its process, and takes it away", "[tui]") {
  Threads s(24, 140);
  CHECK(s.tids() == std::vector{1, 100, 110, 111, 112, 113, 120, 200, 201, 2, 9});
  CHECK(contains(s.line_with("{worker}"), "├─ {worker}"));
  CHECK(contains(s.line_with("{stuck}"), "{stuck} ‹waits in the kernel›"));
  s.press(U'H');
  CHECK(contains(s.app.message(), "threads have no rows"));
  CHECK(s.tids() == std::vector{1, 100, 110, 111, 120, 200, 2, 9});
}

TEST_CASE("threads: they are asked for only while they have rows", "[tui]") {
  SmallScreen s;
  s.text();
  CHECK_FALSE(s.app.scan_wish().threads);
  s.press(U'H');
  CHECK(s.app.take_scan_wanted());
  s.show(with_threads());
  s.text();
  const ScanWish wish = s.app.scan_wish();
  CHECK(wish.threads);
  CHECK(wish.shown_threads == std::vector{Tid(112), Tid(113), Tid(201)});
  CHECK(wish.thread_sources.has(model::Source::stat));
  CHECK_FALSE(wish.thread_sources.has(model::Source::smaps_rollup));
  CHECK_FALSE(wish.thread_sources.has(model::Source::cmdline));
  s.press(U'H');
  CHECK_FALSE(s.app.scan_wish().threads);
  CHECK(s.app.scan_wish().shown_threads.empty());
}

TEST_CASE("threads: the screen has their tids, unless it has them anyway", "[tui]") {
  Threads s;
  CHECK(contains(s.line_with("COMMAND"), "TID"));
  CHECK(contains(s.line_with("{worker}"), "  111   112 "));
  CHECK(s.app.settings().screens[0].columns == default_columns());
  s.press(U'H');
  CHECK_FALSE(contains(s.line_with("COMMAND"), "TID"));
}

TEST_CASE("threads: each has its own figures", "[tui]") {
  Threads s(24, 120);
  CHECK(contains(s.line_with("{worker}"), " 0   5 "));
  CHECK(contains(s.line_with("{worker}"), " R "));
  CHECK(contains(s.line_with("{stuck}"), " D "));
}

TEST_CASE("threads: in the flat list they stand for themselves", "[tui]") {
  Threads s;
  s.press(U't');
  s.press(U'N');
  CHECK(s.tids() == std::vector{1, 2, 9, 100, 110, 111, 112, 113, 120, 200, 201});
}

TEST_CASE("threads: a collapsed process hides its threads", "[tui]") {
  Threads s;
  s.type(U"111-");
  CHECK(s.tids() == std::vector{1, 100, 110, 111, 120, 200, 201, 2, 9});
  CHECK(contains(s.line_with("cc1plus"), "[+2]"));
}

TEST_CASE("threads: digits and search find them", "[tui]") {
  Threads s;
  s.type(U"113");
  CHECK(s.app.list().selected_task()->tid == Tid(113));
  CHECK(s.selected() == 111);
  s.press(key::home);
  s.press(U'/');
  s.type(U"work");
  CHECK(s.app.list().selected_task()->tid == Tid(112));
}

TEST_CASE("threads: a filter sees those of a program, and each by its own name and state", "[tui]") {
  Threads s;
  s.press(U'\\');
  s.type(U"cc1plus");
  CHECK(s.tids() == std::vector{1, 100, 110, 111, 112, 113});
  s.press(key::ctrl('U'));
  s.type(U"stuck");
  CHECK(s.tids() == std::vector{1, 100, 110, 111, 113});
  CHECK(s.app.list().selected_task()->tid == Tid(113));
  s.press(key::ctrl('U'));
  s.type(U"state=R");
  CHECK(s.tids() == std::vector{1, 100, 110, 111, 112});
}

TEST_CASE("threads: nice and I/O priority are the thread's", "[tui]") {
  Threads s;
  s.type(U"112");
  s.press(key::f(8));
  CHECK(s.app.message() == "nice is 6 of thread 112 worker of 111 cc1plus");
  s.press(U'i');
  CHECK(contains(s.text(), "I/O priority of thread 112 worker of 111 cc1plus"));
  s.press(key::enter);
  CHECK(s.act.done ==
        std::vector<test::FakeAct::Done>{{111, "thread 112 nice 6"}, {111, "thread 112 io 0/0"}});
}

TEST_CASE("threads: the CPUs are the thread's, of a process those of all its threads", "[tui]") {
  Threads s;
  s.act.cpus[111] = {*parse_cpu_list("0-3"), {}, *parse_cpu_list("0-3"), *parse_cpu_list("0-3")};
  s.act.cpus[112] = {*parse_cpu_list("0-3"), {}, *parse_cpu_list("2"), *parse_cpu_list("2")};
  s.type(U"112a");
  CHECK(contains(s.text(), "CPUs of thread 112 worker of 111 cc1plus"));
  CHECK(contains(s.text(), "[ ] CPU 1"));
  CHECK(contains(s.text(), "[x] CPU 2"));
  s.type(U"1 ");
  s.press(key::enter);
  s.type(U"111a");
  CHECK(contains(s.text(), "CPUs of 111 cc1plus"));
  s.type(U"3 ");
  s.press(key::enter);
  CHECK(s.act.done == std::vector<test::FakeAct::Done>{{111, "thread 112 cpus 1-2"}, {111, "cpus 0-2"}});
}

TEST_CASE("threads: a signal goes to the process, and says so", "[tui]") {
  Threads s;
  s.type(U"112");
  s.press(U'k');
  CHECK(contains(s.text(), "Send a signal to 111 cc1plus with all its threads"));
  s.press(key::enter);
  CHECK(s.act.done == std::vector<test::FakeAct::Done>{{111, "SIGTERM"}});
}

TEST_CASE("threads: several that are tagged get one signal for their process, and a nice value each",
          "[tui]") {
  Threads s;
  s.type(U"112");
  s.press(U' ');
  s.press(U' ');
  CHECK(contains(s.text(), "2 tagged"));
  s.press(key::f(8));
  CHECK(s.act.done.size() == 2);
  CHECK(s.app.message() == "nice changed by +1 of 2 tagged tasks");
  s.act.done.clear();
  s.press(U'k');
  s.press(key::enter);
  CHECK(s.act.done == std::vector<test::FakeAct::Done>{{111, "SIGTERM"}});
}

TEST_CASE("threads: one that ends under the cursor hands over to nobody", "[tui]") {
  Threads s;
  s.type(U"112");
  s.show(frame(small_system(), {{111, 113, "stuck", 'D'}}));
  CHECK(s.selected() == 0);
  CHECK(contains(s.text(), "112 has ended, nothing is selected"));
  s.press(key::f(8));
  CHECK(s.act.done.empty());
}

TEST_CASE("threads: when they have no rows any more the cursor is on the process", "[tui]") {
  Threads s;
  s.type(U"113");
  s.press(U'H');
  CHECK(s.selected() == 111);
  CHECK_FALSE(s.app.list().thread_selected());
}

TEST_CASE("threads: read aloud, they are told from processes", "[tui]") {
  Config config{.plain = true, .self = Pid(999'999)};
  SmallScreen s(24, 100, config);
  s.press(U'H');
  s.show(with_threads());
  s.type(U"112");
  s.press(key::up);
  s.press(key::down);
  CHECK(contains(s.text(), "thread 112 worker, running"));
  CHECK(contains(s.text(), "of process 111"));
}
