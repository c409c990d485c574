// Each meter as text, as a bar and as a graph.
#include "views/meter_parts.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/units.hpp"
#include "views/graph.hpp"

namespace ptop::app {
namespace {

constexpr int narrowest_bar = 18;    // "  0[|||||    12.3%]"
constexpr int widest_cpu_text = 10;  // "127 100.0%"
constexpr int signs_before = 5;      // "CPU: " of a line of signs
constexpr int graph_label = 7;       // columns left of a graph
constexpr int graph_rows = 3;

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

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string percent(std::optional<double> share_) {
  return share_ ? fmt::format("{:.1f}%", *share_ * 100) : "-";
}

std::optional<model::CpuUse> cpu_use(const MeterView& view) {
  return view.scene.history != nullptr ? view.scene.history->cpu_use() : std::nullopt;
}

void draw_cpu_bar(Region area, int row, std::string_view label, std::optional<double> use) {
  const Part part{use.value_or(0), load_ink(use.value_or(0)), '|'};
  draw_bar(area, row, label, {&part, 1}, percent(use));
}

/// One sign for each CPU, as high as it is busy; where there is no room for all, one for several, as busy as
/// they are on the average.
void draw_cpu_signs(Region area, const model::CpuUse& use, bool ascii) {
  static constexpr std::string_view blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static constexpr std::string_view signs[] = {".", ":", "-", "=", "+", "*", "#", "@"};
  const auto room = static_cast<std::size_t>(std::max(area.rows() * area.columns(), 1));
  const std::size_t group = (use.cpus.size() + room - 1) / room;
  for (std::size_t first = 0, at = 0; first < use.cpus.size(); first += group, ++at) {
    const std::size_t last = std::min(first + group, use.cpus.size());
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += std::clamp(use.cpus[i], 0.0, 1.0);
    const double mean = sum / static_cast<double>(last - first);
    const auto level = static_cast<std::size_t>(mean * 7.999);
    const auto width = static_cast<std::size_t>(area.columns());
    area.put(static_cast<int>(at / width), static_cast<int>(at % width), (ascii ? signs : blocks)[level],
             load_ink(mean));
  }
}

int sign_rows(std::size_t cpus, int width, int most_rows) {
  const auto columns = static_cast<std::size_t>(std::max(width - signs_before, 1));
  return std::clamp(static_cast<int>((cpus + columns - 1) / columns), 1, std::max(most_rows, 1));
}

/// One bar for all and a sign for each.
void draw_cpus_together(Region area, const MeterView& view) {
  const auto use = cpu_use(view);
  draw_cpu_bar(area, 0, "CPU", use ? std::optional(use->all) : std::nullopt);
  if (use) draw_cpu_signs(area.part(1, 4, area.rows() - 1, area.columns() - 5), *use, view.ascii);
}

void draw_cpu_bars(Region area, const MeterView& view) {
  const auto& cpus = view.scene.snapshot.host.stat.cpus;
  const CpuGrid grid = cpu_grid(cpus.size(), area.columns(), area.rows());
  if (!grid.each) return draw_cpus_together(area, view);
  const auto use = cpu_use(view);
  const int width = area.columns() / grid.columns;
  for (std::size_t i = 0; i < cpus.size(); ++i) {
    const int place = static_cast<int>(i);
    const Region cell =
        area.part(place % grid.rows, place / grid.rows * width, 1, width - (grid.columns > 1 ? 1 : 0));
    const bool known = use && i < use->cpus.size();
    draw_cpu_bar(cell, 0, fmt::format("{:>3}", cpus[i].cpu),
                 known ? std::optional(use->cpus[i]) : std::nullopt);
  }
}

void draw_cpu_texts(Region area, const MeterView& view) {
  const auto& cpus = view.scene.snapshot.host.stat.cpus;
  const auto use = cpu_use(view);
  const int columns = std::max((area.columns() - signs_before) / (widest_cpu_text + 1), 1);
  area.put(0, 0, "CPU: ", Ink::title);
  for (std::size_t i = 0; i < cpus.size(); ++i) {
    const int row = static_cast<int>(i) / columns,
              column = signs_before + static_cast<int>(i) % columns * (widest_cpu_text + 1);
    if (row >= area.rows()) return;
    const bool known = use && i < use->cpus.size();
    const std::optional<double> busy = known ? std::optional(use->cpus[i]) : std::nullopt;
    const int at = column + area.put(row, column, fmt::format("{:>3} ", cpus[i].cpu), Ink::faint);
    area.put(row, at, fmt::format("{:>6}", percent(busy)), load_ink(busy.value_or(0)));
  }
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

std::string clock_text(std::chrono::system_clock::time_point when) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  char text[32] = "";
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &local);
  return text;
}

struct Resource {
  procfs::PressureResource resource;
  std::string_view label;
};
Resource resource_of(MeterId id) {
  using enum procfs::PressureResource;
  return id == MeterId::psi_cpu      ? Resource{cpu, "CPU"}
         : id == MeterId::psi_memory ? Resource{memory, "memory"}
                                     : Resource{io, "I/O"};
}

void draw_pressure_text(Region area, MeterId id, const MeterView& view) {
  const auto [resource, label] = resource_of(id);
  const model::HostSample& host = view.scene.snapshot.host;
  Line line(area, 0);
  line.add(fmt::format("PSI {}: ", label), Ink::title);
  const procfs::Pressure& p = host.pressure[static_cast<std::size_t>(resource)];
  if (!host.has(model::host_source(resource)) || !p.some) {
    line.add("-", Ink::faint);
    return;
  }
  line.add(fmt::format("{:.2f}% ", p.some->avg10), p.some->avg10 >= 1 ? Ink::warning : Ink::strong);
  line.add(fmt::format("{:.2f} {:.2f} some", p.some->avg60, p.some->avg300), Ink::plain);
  if (p.full) line.add(fmt::format(", {:.2f}% full", p.full->avg10), Ink::plain);
}

void draw_rate_text(Region area, std::string_view label, const std::optional<TrafficRate>& rate,
                    std::string_view in, std::string_view out) {
  Line line(area, 0);
  line.add(label, Ink::title);
  if (!rate) {
    line.add("-", Ink::faint);
    return;
  }
  const auto text = [](double bytes) {
    return render::human_bytes(static_cast<std::uint64_t>(bytes)) + "/s ";
  };
  line.add(text(rate->in), Ink::strong).add(in, Ink::plain).add(", ", Ink::plain);
  line.add(text(rate->out), Ink::strong).add(out, Ink::plain);
}

void draw_text(Region area, MeterId id, const MeterView& view) {
  const model::HostSample& host = view.scene.snapshot.host;
  const MemoryUse memory = memory_use(host.memory);
  Line line(area, 0);
  switch (id) {
    case MeterId::cpus:
      return draw_cpu_texts(area, view);
    case MeterId::cpu: {
      const auto use = cpu_use(view);
      line.add("CPU: ", Ink::title).add(percent(use ? std::optional(use->all) : std::nullopt), Ink::strong);
      return;
    }
    case MeterId::memory:
      line.add("Mem: ", Ink::title).add(render::human_bytes(memory.used), Ink::strong);
      line.add(fmt::format(" + {} cache of {}", render::human_bytes(memory.cache),
                           render::human_bytes(memory.total)),
               Ink::plain);
      return;
    case MeterId::swap: {
      const std::uint64_t total = host.memory.swap_total;
      line.add("Swap: ", Ink::title);
      if (total == 0)
        line.add("none", Ink::plain);
      else
        line.add(render::human_bytes(total - std::min(host.memory.swap_free, total)), Ink::strong)
            .add(fmt::format(" of {}", render::human_bytes(total)), Ink::plain);
      return;
    }
    case MeterId::load:
      line.add("Load: ", Ink::title).add(fmt::format("{:.2f} ", host.load.one), Ink::strong);
      line.add(fmt::format("{:.2f} {:.2f}", host.load.five, host.load.fifteen), Ink::plain);
      return;
    case MeterId::psi_cpu:
    case MeterId::psi_memory:
    case MeterId::psi_io:
      return draw_pressure_text(area, id, view);
    case MeterId::tasks:
      return draw_tasks(area, 0, count_tasks(view.scene.snapshot));
    case MeterId::disk:
      return draw_rate_text(area, "Disk: ", view.history.disk(), "read", "written");
    case MeterId::network:
      return draw_rate_text(area, "Net: ", view.history.network(), "in", "out");
    case MeterId::uptime:
      line.add("Up: ", Ink::title).add(uptime_text(host.uptime.up), Ink::strong);
      return;
    case MeterId::clock:
      line.add("Time: ", Ink::title).add(clock_text(view.scene.snapshot.taken_at_wall), Ink::strong);
      return;
    case MeterId::host:
      line.add("Host: ", Ink::title).add(escaped(host.hostname), Ink::strong);
      line.add(fmt::format(" {}", escaped(host.kernel)), Ink::faint);
      return;
    case MeterId::blank:
      return;
  }
}

void draw_memory_bar(Region area, const MemoryUse& use) {
  const Part parts[] = {{share(use.used, use.total), Ink::bar_low, '|'},
                        {share(use.cache, use.total), Ink::bar_cache, ':'}};
  const auto used = render::human_bytes(use.used), total = render::human_bytes(use.total);
  draw_bar(area, 0, "Mem", parts,
           area.columns() >= 36
               ? fmt::format("{} + {} cache / {}", used, render::human_bytes(use.cache), total)
               : fmt::format("{}/{}", used, total));
}

void draw_swap_bar(Region area, const procfs::Meminfo& m) {
  const std::uint64_t used = m.swap_total - std::min(m.swap_free, m.swap_total);
  const Part part{share(used, m.swap_total), Ink::bar_high, '|'};
  draw_bar(area, 0, "Swp", {&part, 1},
           m.swap_total == 0
               ? "none"
               : fmt::format("{}/{}", render::human_bytes(used), render::human_bytes(m.swap_total)));
}

/// Of the meters that are one figure: "0.52", "12.3%".
struct Figure {
  std::string_view label;
  double share = 0;
  std::string text;
};
Figure figure_of(MeterId id, const MeterView& view) {
  const model::HostSample& host = view.scene.snapshot.host;
  const auto& values = view.history.values(id);
  const double last = values.empty() ? 0 : static_cast<double>(values.back());
  const std::string known = values.empty() ? "-" : percent(last);
  switch (id) {
    case MeterId::cpu:
    case MeterId::cpus:
      return {"CPU", last, known};
    case MeterId::memory:
      return {"Mem", last, render::human_bytes(memory_use(host.memory).used)};
    case MeterId::swap:
      return {"Swp", last, known};
    case MeterId::load:
      return {"Load", last, fmt::format("{:.2f}", host.load.one)};
    case MeterId::psi_cpu:
      return {"PSI CPU", last, known};
    case MeterId::psi_memory:
      return {"PSI mem", last, known};
    case MeterId::psi_io:
      return {"PSI I/O", last, known};
    case MeterId::disk:
      return {"Disk", last, values.empty() ? "-" : render::human_bytes(static_cast<std::uint64_t>(last))};
    case MeterId::network:
      return {"Net", last, values.empty() ? "-" : render::human_bytes(static_cast<std::uint64_t>(last))};
    default:
      return {};
  }
}

void draw_figure_bar(Region area, MeterId id, const MeterView& view) {
  const Figure figure = figure_of(id, view);
  const Part part{figure.share, load_ink(figure.share), '|'};
  draw_bar(area, 0, figure.label, {&part, 1}, figure.text);
}

/// Shares fill the height at 1; what has no bound is as high as its highest in sight.
double graph_top(MeterId id, const std::deque<float>& values, int columns) {
  const bool bounded = id != MeterId::load && id != MeterId::disk && id != MeterId::network;
  if (bounded) return 1;
  const auto seen = std::min(values.size(), static_cast<std::size_t>(std::max(columns, 0)) * 2);
  double top = id == MeterId::load ? 1 : 1024;
  for (std::size_t i = values.size() - seen; i < values.size(); ++i)
    top = std::max(top, static_cast<double>(values[i]));
  return top;
}

void draw_meter_graph(Region area, MeterId id, const MeterView& view) {
  const Figure figure = figure_of(id, view);
  area.put(0, 0, figure.label, Ink::title, graph_label);
  area.put(1, 0, figure.text, Ink::strong, graph_label);
  const Region graph = area.part(0, graph_label + 1, area.rows(), area.columns() - graph_label - 1);
  const auto& values = view.history.values(id);
  const bool bounded = id != MeterId::disk && id != MeterId::network;
  draw_graph(
      graph, values, graph_top(id, values, graph.columns()), view.ascii,
      bounded ? load_ink : [](double) { return Ink::bar_low; });
}

}  // namespace

CpuGrid cpu_grid(std::size_t cpus, int width, int most_rows) {
  const int count = static_cast<int>(std::min<std::size_t>(cpus, 100'000));
  for (int columns = 1; columns * narrowest_bar <= width; ++columns) {
    const int rows = (count + columns - 1) / columns;
    if (rows <= most_rows) return {columns, std::max(rows, 1), true};
  }
  return {1, std::min(1 + sign_rows(cpus, width, most_rows - 1), std::max(most_rows, 2)), false};
}

int meter_height(Meter meter, const MeterView& view, int width, int most_rows) {
  const std::size_t cpus = view.scene.snapshot.host.stat.cpus.size();
  const MeterStyle style = shown_style(meter, view);
  if (meter.id != MeterId::cpus) return style == MeterStyle::graph ? graph_rows : 1;
  if (style == MeterStyle::bar) return cpu_grid(cpus, width, most_rows).rows;
  if (style == MeterStyle::graph) return sign_rows(cpus, width, most_rows);
  const auto columns = static_cast<std::size_t>(std::max((width - signs_before) / (widest_cpu_text + 1), 1));
  return std::clamp(static_cast<int>((cpus + columns - 1) / columns), 1, std::max(most_rows, 1));
}

MeterStyle shown_style(Meter meter, const MeterView& view) {
  return view.plain ? MeterStyle::text : meter.style;
}

void draw_meter(Region area, Meter meter, const MeterView& view) {
  const model::HostSample& host = view.scene.snapshot.host;
  const MeterStyle style = shown_style(meter, view);
  if (area.rows() == 0) return;
  if (style == MeterStyle::text) return draw_text(area, meter.id, view);
  if (meter.id == MeterId::cpus) {
    if (style == MeterStyle::bar) return draw_cpu_bars(area, view);
    area.put(0, 0, "CPU:", Ink::title);
    if (const auto use = cpu_use(view))
      draw_cpu_signs(area.part(0, signs_before, area.rows(), area.columns() - signs_before), *use,
                     view.ascii);
    return;
  }
  if (style == MeterStyle::graph) return draw_meter_graph(area, meter.id, view);
  if (meter.id == MeterId::memory) return draw_memory_bar(area, memory_use(host.memory));
  if (meter.id == MeterId::swap) return draw_swap_bar(area, host.memory);
  draw_figure_bar(area, meter.id, view);
}

/// All of it in one line, for small screens.
void draw_summary(Region area, const MeterView& view) {
  const model::Scene& scene = view.scene;
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

}  // namespace ptop::app
