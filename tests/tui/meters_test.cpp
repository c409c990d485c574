// Meters: their table, graphs, rates, and where each goes.
#include "meters.hpp"

#include <unistd.h>

#include "meter_history.hpp"
#include "ptop/base/escape.hpp"
#include "scene.hpp"
#include "support/catch.hpp"
#include "views/graph.hpp"

using namespace ptop;
using namespace ptop::app;
using namespace ptop::app::test;

namespace {

Ink plain_ink(double) { return Ink::plain; }

/// A scan whose processors are busy by `busy` of 100 ticks since `history` saw the last one.
FramePtr busy_frame(model::History& history, std::uint64_t busy, int cpus, int second) {
  auto made = test::snapshot(small_system(), cpus);
  made.taken_at = std::chrono::steady_clock::time_point(std::chrono::seconds(second));
  made.host.memory.swap_total = made.host.memory.swap_free = 1 << 20;
  for (auto& cpu : made.host.stat.cpus) {
    cpu.user = busy * static_cast<std::uint64_t>(second);
    cpu.idle = (100 - busy) * static_cast<std::uint64_t>(second);
  }
  made.host.stat.all = {-1, 100 * busy * static_cast<std::uint64_t>(second), 0, 0,
                        100 * (100 - busy) * static_cast<std::uint64_t>(second)};
  history.observe(made);
  return make_frame(std::move(made), std::make_shared<const model::History>(history));
}

Screen with_meters(std::vector<Meter> left, std::vector<Meter> right, int rows = 40, int columns = 120,
                   bool ascii = false, bool plain = false) {
  Config config{.ascii = ascii, .plain = plain, .self = Pid(999'999)};
  config.settings.meters = {std::move(left), std::move(right)};
  return Screen(rows, columns, std::move(config));
}

}  // namespace

TEST_CASE("meters: the file's names can be read again, in every style", "[tui]") {
  for (const MeterKind& kind : meter_kinds()) {
    CHECK(&meter_kind(kind.id) == &kind);
    for (const MeterStyle style : kind.styles)
      CHECK(parse_meter(meter_text({kind.id, style})) == Meter{kind.id, style});
  }
  CHECK(meter_text({MeterId::memory, MeterStyle::bar}) == "memory");
  CHECK(meter_text({MeterId::memory, MeterStyle::graph}) == "memory:graph");
  CHECK_FALSE(parse_meter("uptime:bar"));
  CHECK_FALSE(parse_meter("memory:"));
  CHECK_FALSE(parse_meter(""));
}

TEST_CASE("graph: braille has two values to a column, ASCII one", "[tui]") {
  const std::deque<float> values{0.0F, 0.25F, 0.5F, 1.0F};
  Surface surface(2, 3);
  draw_graph(Region(surface), values, 1, false, plain_ink);
  CHECK(surface.text(0) == "  ⢸");
  CHECK(surface.text(1) == " ⢠⣿");
  Surface ascii(2, 5);
  draw_graph(Region(ascii), values, 1, true, plain_ink);
  CHECK(ascii.text(0) == "    |");
  CHECK(ascii.text(1) == "  :||");
}

TEST_CASE("graph: something that is not nothing has a dot, and more than the top fits", "[tui]") {
  Surface surface(1, 2);
  draw_graph(Region(surface), {0.001F, 7.0F}, 1, true, plain_ink);
  CHECK(surface.text(0) == ".|");
  draw_graph(Region(surface), {}, 0, true, plain_ink);
}

TEST_CASE("history: rates come with the second reading, and not from counters that went back", "[tui]") {
  model::History history;
  model::UserNames users;
  MeterHistory meters;
  const auto observe = [&](int second, std::uint64_t in, std::uint64_t out) {
    const auto f = busy_frame(history, 50, 2, second);
    meters.observe({f->snapshot, *f->tree, *f->classes, &history, users},
                   HostIo{procfs::Traffic{in, out}, std::nullopt});
  };
  observe(1, 1000, 0);
  CHECK_FALSE(meters.disk());
  observe(3, 5000, 100);
  REQUIRE(meters.disk());
  CHECK(meters.disk()->in == 2000);
  CHECK(meters.disk()->out == 50);
  CHECK_FALSE(meters.network());
  CHECK(meters.values(MeterId::cpu).back() == Approx(0.5));
  observe(4, 10, 100);
  CHECK_FALSE(meters.disk());
  CHECK(meters.values(MeterId::disk).size() == 1);
}

TEST_CASE("history: is bounded", "[tui]") {
  model::History history;
  model::UserNames users;
  MeterHistory meters;
  for (int second = 1; second < 1200; ++second) {
    const auto f = busy_frame(history, 50, 1, second);
    meters.observe({f->snapshot, *f->tree, *f->classes, &history, users}, std::nullopt);
  }
  CHECK(meters.values(MeterId::memory).size() == MeterHistory::most_values);
}

TEST_CASE("meters: each in each of its styles, with any number of processors, at any size", "[tui]") {
  for (const int cpus : {1, 3, 16, 512}) {
    for (const bool plain : {false, true}) {
      for (const MeterKind& kind : meter_kinds()) {
        for (const MeterStyle style : kind.styles) {
          auto s = with_meters({{kind.id, style}, {MeterId::memory, MeterStyle::bar}}, {{kind.id, style}}, 24,
                               80, false, plain);
          model::History history;
          for (int second = 1; second < 4; ++second) {
            s.app.on_host_io({procfs::Traffic{5000U * static_cast<unsigned>(second), 7}, std::nullopt});
            s.show(busy_frame(history, 30, cpus, second));
          }
          for (const auto& [rows, columns] : {std::pair(5, 20), std::pair(14, 40), std::pair(24, 80),
                                              std::pair(60, 200), std::pair(200, 500)}) {
            s.resize(rows, columns);
            const std::string text = s.text();
            INFO(kind.key << ":" << style_name(style) << " " << cpus << " CPUs, " << columns << "x" << rows);
            for (int y = 0; y < rows; ++y)
              REQUIRE(display_width(s.surface.text(y)) <= static_cast<std::size_t>(columns));
            CHECK(contains(text, "COMMAND"));
          }
        }
      }
    }
  }
}

TEST_CASE("meters: text styles say what they show", "[tui]") {
  using enum MeterStyle;
  auto s = with_meters(
      {{MeterId::cpu, text}, {MeterId::memory, text}, {MeterId::swap, text}, {MeterId::cpus, text}},
      {{MeterId::disk, text}, {MeterId::network, text}, {MeterId::psi_io, text}, {MeterId::clock, text}});
  model::History history;
  for (int second = 1; second < 3; ++second) {
    s.app.on_host_io({procfs::Traffic{4096U * static_cast<unsigned>(second), 0}, std::nullopt});
    s.show(busy_frame(history, 25, 2, second));
  }
  const std::string shown = s.text();
  INFO(shown);
  CHECK(contains(shown, "CPU: 25.0%"));
  CHECK(contains(shown, "Mem: 1.0G + 0 cache of 4.0G"));
  CHECK(contains(shown, "Swap: 0 of 1.0M"));
  CHECK(contains(shown, "CPU:   0  25.0%   1  25.0%"));
  CHECK(contains(shown, "Disk: 4.0K/s read, 0/s written"));
  CHECK(contains(shown, "Net: -"));
  CHECK(contains(shown, "PSI I/O: -"));
  CHECK(contains(shown, "Time: "));
}

TEST_CASE("meters: 512 processors have a sign for several each, and the average in a bar", "[tui]") {
  auto s = with_meters({{MeterId::cpus, MeterStyle::bar}}, {{MeterId::load, MeterStyle::text}}, 24, 80, true);
  model::History history;
  for (int second = 1; second < 3; ++second) s.show(busy_frame(history, 60, 512, second));
  const std::string shown = s.text();
  INFO(shown);
  CHECK(contains(s.row(0), "60.0%]"));
  CHECK(contains(s.row(1), "++++++++"));
  CHECK(contains(shown, "Load: 0.52"));
}

TEST_CASE("meters: those for which there is no room are left out, the list never is", "[tui]") {
  auto s = with_meters(std::vector<Meter>(30, {MeterId::memory, MeterStyle::graph}),
                       {{MeterId::load, MeterStyle::text}}, 24, 80);
  s.show(test::frame(small_system()));
  CHECK(contains(s.text(), "/sbin/init"));
}

TEST_CASE("meters: files of disks and network are read only when a meter shows them", "[tui]") {
  CHECK_FALSE(Screen().app.wants_host_io());
  CHECK(with_meters({}, {{MeterId::network, MeterStyle::graph}}).app.wants_host_io());
  auto s = with_meters({{MeterId::disk, MeterStyle::text}}, {});
  s.press(U'#');
  CHECK_FALSE(s.app.wants_host_io());
}

TEST_CASE("host I/O: of this machine it can be read", "[tui]") {
  const HostIo io = read_host_io("/proc");
  CHECK(io.network.has_value() == (::access("/proc/net/dev", R_OK) == 0));
  CHECK_FALSE(read_host_io("/nonexistent").disk);
}
