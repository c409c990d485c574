// The head of the screen: CPUs, memory, swap, tasks, load, uptime. Fits any number of CPUs: a bar for each
// where they fit, otherwise one bar for all and one sign for each.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/units.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

constexpr int narrowest_bar = 18;  // "  0[|||||    12.3%]"
constexpr int two_halves = 64;     // from this width on there are facts beside the bars

/// How the CPU bars are laid out in `width` columns and at most `rows` rows.
struct CpuGrid {
  int columns = 1, rows = 1;
  bool each = true;  ///< false: one bar for all
};

CpuGrid cpu_grid(std::size_t cpus, int width, int most_rows) {
  const int count = static_cast<int>(std::min<std::size_t>(cpus, 100'000));
  for (int columns = 1; columns * narrowest_bar <= width; ++columns) {
    const int rows = (count + columns - 1) / columns;
    if (rows <= most_rows) return {columns, std::max(rows, 1), true};
  }
  return {1, 2, false};
}

int most_cpu_rows(int screen_rows) { return std::clamp(screen_rows / 6, 1, 8); }

struct Part {
  double share;
  Ink ink;
  char fill;
};

/// `label[||||    text]`
void draw_bar(Region area, int row, std::string_view label, std::span<const Part> parts,
              std::string_view text) {
  const int start = area.put(row, 0, label, Ink::title);
  area.put(row, start, "[", Ink::frame);
  area.put(row, area.columns() - 1, "]", Ink::frame);
  const int room = area.columns() - start - 2;
  if (room <= 0) return;
  const Region inner = area.part(row, start + 1, 1, room);
  double sum = 0;
  int from = 0;
  for (const Part& part : parts) {
    sum += part.share;
    const int to = std::clamp(static_cast<int>(std::lround(sum * room)), from, room);
    inner.put(0, from, std::string(static_cast<std::size_t>(to - from), part.fill), part.ink);
    from = to;
  }
  inner.put_right(0, room, text, Ink::bar_text);
}

Ink load_ink(double share) {
  return share < 0.5 ? Ink::bar_low : share < 0.85 ? Ink::bar_mid : Ink::bar_high;
}

void draw_cpu(Region area, int row, std::string_view label, std::optional<double> use) {
  const Part part{use.value_or(0), load_ink(use.value_or(0)), '|'};
  draw_bar(area, row, label, {&part, 1}, use ? fmt::format("{:.1f}%", *use * 100) : "-");
}

/// One sign for each CPU, as high as it is busy.
void draw_cpu_signs(Region area, int row, const model::CpuUse& use, bool ascii) {
  static constexpr std::string_view blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static constexpr std::string_view signs[] = {".", ":", "-", "=", "+", "*", "#", "@"};
  for (std::size_t i = 0; i < use.cpus.size() && static_cast<int>(i) < area.columns(); ++i) {
    const auto level = static_cast<std::size_t>(std::clamp(use.cpus[i], 0.0, 1.0) * 7.999);
    area.put(row, static_cast<int>(i), (ascii ? signs : blocks)[level], load_ink(use.cpus[i]));
  }
}

void draw_cpus(Region area, const model::Scene& scene, const CpuGrid& grid, bool ascii) {
  const auto use = scene.history != nullptr ? scene.history->cpu_use() : std::nullopt;
  const auto& cpus = scene.snapshot.host.stat.cpus;
  if (!grid.each) {
    draw_cpu(area, 0, "CPU", use ? std::optional(use->all) : std::nullopt);
    if (use) draw_cpu_signs(area.part(1, 3, 1, area.columns() - 3), 0, *use, ascii);
    return;
  }
  const int width = area.columns() / grid.columns;
  for (std::size_t i = 0; i < cpus.size(); ++i) {
    const int place = static_cast<int>(i);
    const Region cell =
        area.part(place % grid.rows, place / grid.rows * width, 1, width - (grid.columns > 1 ? 1 : 0));
    const bool known = use && i < use->cpus.size();
    draw_cpu(cell, 0, fmt::format("{:>3}", cpus[i].cpu), known ? std::optional(use->cpus[i]) : std::nullopt);
  }
}

/// What programs hold, what the kernel would give back, and the whole.
struct MemoryUse {
  std::uint64_t used = 0, cache = 0, total = 0;
};

MemoryUse memory_use(const procfs::Meminfo& m) {
  const std::uint64_t cache = std::min(m.buffers + m.cached + m.reclaimable, m.total);
  const std::uint64_t idle = std::min(m.free + cache, m.total);
  const std::uint64_t shared = std::min(m.shmem, cache);  // counted as cached, but nobody can give it back
  return {m.total - idle + shared, cache - shared, m.total};
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void draw_memory(Region area, int row, const procfs::Meminfo& m) {
  const MemoryUse use = memory_use(m);
  const Part parts[] = {{share(use.used, use.total), Ink::bar_low, '|'},
                        {share(use.cache, use.total), Ink::bar_cache, ':'}};
  const auto used = render::human_bytes(use.used), total = render::human_bytes(use.total);
  const bool room = area.columns() >= 36;
  draw_bar(area, row, "Mem", parts,
           room ? fmt::format("{} + {} cache / {}", used, render::human_bytes(use.cache), total)
                : fmt::format("{}/{}", used, total));
}

void draw_swap(Region area, int row, const procfs::Meminfo& m) {
  const std::uint64_t used = m.swap_total - std::min(m.swap_free, m.swap_total);
  const Part part{share(used, m.swap_total), Ink::bar_high, '|'};
  draw_bar(area, row, "Swp", {&part, 1},
           m.swap_total == 0
               ? "none"
               : fmt::format("{}/{}", render::human_bytes(used), render::human_bytes(m.swap_total)));
}

struct Counts {
  std::size_t tasks = 0, threads = 0, kernel = 0, running = 0, blocked = 0, zombies = 0, stopped = 0;
};

Counts count_tasks(const model::Snapshot& snapshot) {
  using procfs::TaskState;
  Counts n;
  for (const auto& p : snapshot.processes) {
    if (p.stat.is_kernel_thread()) {
      ++n.kernel;
      continue;
    }
    ++n.tasks;
    n.threads += p.stat.threads > 1 ? static_cast<std::size_t>(p.stat.threads - 1) : 0;
    n.running += p.stat.state == TaskState::running ? 1 : 0;
    n.blocked += p.stat.state == TaskState::disk_sleep ? 1 : 0;
    n.zombies += p.stat.state == TaskState::zombie ? 1 : 0;
    n.stopped += p.stat.state == TaskState::stopped || p.stat.state == TaskState::tracing_stop ? 1 : 0;
  }
  return n;
}

/// Words one after the other, as long as they fit.
class Line {
 public:
  Line(Region area, int row) : area_(area), row_(row) {}
  Line& add(std::string_view text, Ink ink) {
    at_ += area_.put(row_, at_, text, ink);
    return *this;
  }

 private:
  Region area_;
  int row_, at_ = 0;
};

/// What is wrong comes first: at 80 columns the end of the line is cut.
void draw_tasks(Region area, int row, const Counts& n) {
  Line line(area, row);
  line.add("Tasks: ", Ink::title).add(fmt::format("{}", n.tasks), Ink::strong);
  line.add(fmt::format(", {} run", n.running), n.running > 0 ? Ink::running : Ink::plain);
  if (n.zombies > 0)
    line.add(fmt::format(", {} zombie{}", n.zombies, n.zombies == 1 ? "" : "s"), Ink::zombie);
  if (n.stopped > 0) line.add(fmt::format(", {} stop", n.stopped), Ink::stopped);
  if (n.blocked > 0) line.add(fmt::format(", {} D", n.blocked), Ink::bad);
  line.add(fmt::format("; {} thr, {} kthr", n.threads, n.kernel), Ink::faint);
}

std::string uptime_text(double seconds) {
  const auto s = static_cast<std::uint64_t>(seconds);
  const std::uint64_t days = s / 86400;
  const std::string clock = fmt::format("{:02}:{:02}:{:02}", s / 3600 % 24, s / 60 % 60, s % 60);
  return days == 0 ? clock : fmt::format("{} day{}, {}", days, days == 1 ? "" : "s", clock);
}

void draw_facts(Region area, const model::Scene& scene) {
  const model::HostSample& host = scene.snapshot.host;
  draw_tasks(area, 0, count_tasks(scene.snapshot));
  Line(area, 1)
      .add("Load: ", Ink::title)
      .add(fmt::format("{:.2f} ", host.load.one), Ink::strong)
      .add(fmt::format("{:.2f} {:.2f}", host.load.five, host.load.fifteen), Ink::plain);
  Line(area, 2).add("Up: ", Ink::title).add(uptime_text(host.uptime.up), Ink::strong);
  Line(area, 3)
      .add("Host: ", Ink::title)
      .add(escaped(host.hostname), Ink::strong)
      .add(fmt::format(" {}", escaped(host.kernel)), Ink::faint);
}

/// All of it in one line, for small screens.
void draw_summary(Region area, const model::Scene& scene) {
  const model::HostSample& host = scene.snapshot.host;
  const auto use = scene.history != nullptr ? scene.history->cpu_use() : std::nullopt;
  const MemoryUse memory = memory_use(host.memory);
  Line line(area, 0);
  line.add("CPU ", Ink::title).add(use ? fmt::format("{:.0f}%", use->all * 100) : "-", Ink::strong);
  line.add("  Mem ", Ink::title);
  line.add(fmt::format("{}/{}", render::human_bytes(memory.used), render::human_bytes(memory.total)),
           Ink::strong);
  line.add("  Load ", Ink::title).add(fmt::format("{:.2f}", host.load.one), Ink::strong);
  const Counts n = count_tasks(scene.snapshot);
  line.add("  Tasks ", Ink::title).add(fmt::format("{}", n.tasks), Ink::strong);
  if (n.zombies > 0) line.add(fmt::format("  {} zombies", n.zombies), Ink::zombie);
}

struct Plan {
  CpuGrid grid;
  bool halves = false;     ///< facts beside the bars
  bool cpus_wide = false;  ///< many CPUs: their bars take the whole width
};

Plan plan(int rows, int columns, std::size_t cpus) {
  Plan p{.halves = columns >= two_halves};
  const int half = p.halves ? columns / 2 - 1 : columns;
  p.grid = cpu_grid(cpus, half, p.halves ? 4 : most_cpu_rows(rows));
  if (p.grid.columns > 2 || !p.grid.each) {
    p.grid = cpu_grid(cpus, columns, most_cpu_rows(rows));
    p.cpus_wide = true;
  }
  return p;
}

}  // namespace

int meter_rows(int screen_rows, int screen_columns, std::size_t cpus) {
  if (screen_rows < 8) return 0;
  if (screen_rows < 14 || screen_columns < 40) return 1;
  const Plan p = plan(screen_rows, screen_columns, cpus);
  if (p.cpus_wide) return p.grid.rows + 4;
  return p.halves ? std::max(p.grid.rows + 2, 4) : p.grid.rows + 2;
}

void draw_meters(Region area, int screen_rows, const model::Scene& scene, bool ascii) {
  const procfs::Meminfo& memory = scene.snapshot.host.memory;
  if (area.rows() == 0) return;
  if (area.rows() == 1) return draw_summary(area, scene);
  const Plan p = plan(screen_rows, area.columns(), scene.snapshot.host.stat.cpus.size());
  const int cpu_width = p.cpus_wide || !p.halves ? area.columns() : area.columns() / 2 - 1;
  draw_cpus(area.part(0, 0, p.grid.rows, cpu_width), scene, p.grid, ascii);
  const Region bars = area.part(p.grid.rows, 0, 2, p.halves ? area.columns() / 2 - 1 : area.columns());
  draw_memory(bars, 0, memory);
  draw_swap(bars, 1, memory);
  if (p.halves)
    draw_facts(area.part(p.cpus_wide ? p.grid.rows : 0, area.columns() / 2 + 1, 4, area.columns()), scene);
}

}  // namespace ptop::app
