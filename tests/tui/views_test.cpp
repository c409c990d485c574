// Screens drawn from hand-made and recorded processes.
#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/procfs/reader.hpp"
#include "scene.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "views/views.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

FramePtr recorded(const std::string& story) {
  auto reader = procfs::Reader::open(ptop::test::fixtures() + "/proc/" + story);
  REQUIRE(reader);
  ProcScanner scanner(std::move(*reader));
  using model::Source;
  auto scanned = scanner.scan({.sources = {Source::stat, Source::status, Source::statm, Source::cmdline}});
  REQUIRE(scanned);
  // The history belongs to the scanner, which ends here.
  return make_frame((*scanned)->snapshot, nullptr);
}

}  // namespace

TEST_CASE("screen: 80x24 shows meters, the tree and the keys", "[tui]") {
  SmallScreen s(24, 80);
  const std::string text = s.text();
  INFO(text);
  CHECK(contains(s.row(0), "0["));
  CHECK(contains(s.row(0), "Tasks: 6, 1 run; 0 thr, 2 kthr"));
  CHECK(contains(s.row(1), "Load: 0.52 0.58 0.59"));
  CHECK(contains(s.row(2), "Up: 1 day, 01:01:01"));
  CHECK(contains(s.row(3), "Host: box 6.18.0"));
  CHECK(contains(s.row(5), "PID"));
  CHECK(contains(s.row(5), "COMMAND"));
  CHECK(contains(s.row(6), "/sbin/init"));
  CHECK(contains(s.row(7), "├─ -bash"));
  CHECK(contains(s.row(8), "│  ├─ make -j2"));
  CHECK(contains(s.row(9), "│  │  └─ cc1plus main.cpp"));
  CHECK(contains(s.row(10), "│  └─ less README"));
  CHECK(contains(s.row(11), "└─ sshd: listener"));
  CHECK(contains(s.row(12), "[kthreadd]"));
  CHECK(contains(s.row(13), "└─ [kworker/0:1]"));
  CHECK(contains(s.row(23), "F1Help"));
}

TEST_CASE("screen: 120x40 has all columns", "[tui]") {
  SmallScreen s(40, 120);
  for (model::ColumnId id : default_columns()) {
    INFO(model::column(id).title);
    CHECK(contains(s.line_with("COMMAND"), model::column(id).title));
  }
}

TEST_CASE("screen: the state letters stand in one column", "[tui]") {
  SmallScreen s(24, 80);
  const auto at = s.row(6).find(" S ") + 1;
  for (int y = 6; y < 14; ++y) {
    INFO(s.row(y));
    CHECK(std::string_view("SRI").find(s.row(y).at(at)) != std::string_view::npos);
  }
}

TEST_CASE("screen: 20x5 shows pid, state and command of three processes", "[tui]") {
  SmallScreen s(5, 20);
  CHECK(contains(s.row(0), "PID"));
  CHECK(contains(s.row(1), "1 S /sbin/init"));
  CHECK(contains(s.row(2), "100 S ├─ -bash"));
  CHECK(contains(s.row(4), "F10Quit"));
}

TEST_CASE("screen: every size down to nothing is drawn without harm, with every overlay", "[tui]") {
  for (const std::u32string& keys : {std::u32string(), std::u32string(U"?"), std::u32string(U">"),
                                     std::u32string(U"/x"), std::u32string(U"f"), std::u32string(U"110s")}) {
    Screen s;
    s.show(frame(small_system()));
    s.type(keys);
    for (int rows = 0; rows < 30; ++rows) {
      for (int columns = 0; columns < 130; columns += columns < 24 ? 1 : 13) {
        s.resize(rows, columns);
        const std::string text = s.text();
        for (int y = 0; y < rows; ++y)
          REQUIRE(display_width(s.surface.text(y)) <= static_cast<std::size_t>(columns));
      }
    }
    s.resize(24, 80);
    CHECK(contains(s.text(), keys == U"?" ? "keys" : "COMMAND"));
  }
}

TEST_CASE("screen: from 20x5 to 500x200, every screen, decorated and plain", "[tui]") {
  for (const std::u32string& keys :
       {std::u32string(), std::u32string(U"?"), std::u32string(U">"), std::u32string(U"S"),
        std::u32string(U"110w"), std::u32string(U"110k"), std::u32string(U"110\n"), std::u32string(U"110D"),
        std::u32string(U"/x"), std::u32string(U"#")}) {
    for (const bool plain : {false, true}) {
      Screen s(24, 80, {.plain = plain, .self = Pid(9999)});
      s.show(frame(small_system(), 64));
      s.type(keys);
      for (const auto& [rows, columns] :
           {std::pair(5, 20), std::pair(8, 40), std::pair(24, 80), std::pair(40, 120), std::pair(60, 200),
            std::pair(5, 500), std::pair(200, 20), std::pair(200, 500)}) {
        s.resize(rows, columns);
        CHECK_FALSE(s.text().empty());
        for (int y = 0; y < rows; ++y)
          REQUIRE(display_width(s.surface.text(y)) <= static_cast<std::size_t>(columns));
        const auto cursor = s.surface.cursor();
        CHECK((!cursor ||
               (cursor->row >= 0 && cursor->row < rows && cursor->column >= 0 && cursor->column < columns)));
      }
    }
  }
}

TEST_CASE("screen: ascii mode has no character beyond ASCII", "[tui]") {
  for (const std::u32string& keys :
       {std::u32string(), std::u32string(U"?"), std::u32string(U">"), std::u32string(U"110D")}) {
    Screen s(24, 80, {.ascii = true, .self = Pid(9999)});
    auto system = small_system();
    system.push_back({300, 100, "dead", "", 'Z', 0, 0, 0, 3 << 8});
    s.show(frame(system));
    s.type(keys);
    const std::string text = s.text();
    INFO(text);
    const auto odd =
        std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    CHECK(odd == text.end());
  }
}

TEST_CASE("trouble: a zombie is named in words beside its letter", "[tui]") {
  Screen s(24, 80);
  auto system = small_system();
  system.push_back({300, 100, "dead", "", 'Z', 0, 0, 0, 3 << 8});
  s.show(frame(system));
  const std::string line = s.line_with("  300 ");
  INFO(line);
  CHECK(contains(line, " Z "));
  CHECK(contains(line, "‹zombie"));
  CHECK(contains(s.row(0), "1 zombie"));
}

TEST_CASE("trouble: stays readable when the command is long", "[tui]") {
  Screen s(24, 80);
  auto system = small_system();
  system.push_back({300, 100, "stuck", std::string(500, 'x'), 'T'});
  system.push_back({301, 100, "deep", std::string(500, 'y'), 'D'});
  s.show(frame(system));
  CHECK(contains(s.line_with("  300 "), "‹stopped›"));
  CHECK(contains(s.line_with("  301 "), "‹waits in"));
}

TEST_CASE("recorded: zombie and orphan are named", "[tui]") {
  Screen s(24, 100);
  s.show(recorded("zombie_and_orphan"));
  INFO(s.text());
  CHECK(contains(s.line_with("20706"), "zombie of 20624"));
  CHECK(contains(s.line_with("20709"), "orphan"));
}

TEST_CASE("recorded: odd names cannot draw outside their cell", "[tui]") {
  Screen s(24, 80);
  s.show(recorded("odd_comm"));
  const std::string text = s.text();
  INFO(text);
  for (char c : text) REQUIRE((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
  for (int y = 0; y < 24; ++y) CHECK(display_width(s.surface.text(y)) <= 80);
}

TEST_CASE("deep tree: the command keeps room at any depth", "[tui]") {
  std::vector<app::test::Process> chain{{1, 0, "init", "init"}};
  for (int pid = 2; pid < 3000; ++pid)
    chain.push_back({pid, pid - 1, fmt::format("link{}", pid), fmt::format("link{}", pid)});
  Screen s(24, 80);
  s.show(frame(chain));
  s.press(key::end);
  CHECK(contains(s.line_with(" 2999 "), "└─ link2999"));
}

TEST_CASE("meters: any number of CPUs fits", "[tui]") {
  for (int cpus : {1, 2, 8, 16, 64, 300, 512}) {
    for (const auto& [rows, columns] : {std::pair(24, 80), std::pair(40, 120), std::pair(60, 200)}) {
      Screen s(rows, columns);
      s.show(frame(small_system(), cpus));
      INFO(cpus << " CPUs at " << columns << "x" << rows << "\n" << s.text());
      int header = 0;
      while (header < rows && !contains(s.row(header), "COMMAND")) ++header;
      CHECK(header <= rows / 2 + 1);
      CHECK(contains(s.line_with("Mem["), "4.0G"));
      CHECK(contains(s.text(), "Swp["));
      CHECK(contains(s.text(), "Load: 0.52"));
      CHECK(contains(s.text(), "-bash"));
    }
  }
}

TEST_CASE("columns: the least needed give way to the command, pid and state stay", "[tui]") {
  const auto f = frame(small_system());
  model::UserNames users;
  const model::Scene scene{f->snapshot, *f->tree, *f->classes, nullptr, users};
  const auto all = default_columns();
  CHECK(fit_columns(all, {}, scene, {}, 200) == all);
  using model::ColumnId;
  CHECK(fit_columns(all, {}, scene, {}, 10) ==
        std::vector{ColumnId::pid, ColumnId::state, ColumnId::command});
}
