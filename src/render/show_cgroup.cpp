// A control group on a page of its own: what it may use, how long its tasks had to wait, and who is in it.
#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/units.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

using OptionalLimit = Fact<std::optional<std::uint64_t>>;

std::string amount(std::uint64_t number, bool bytes) { return bytes ? human_bytes(number) : grouped(number); }

/// "-": the file is not there, or not to be read.
Span limit_cell(const OptionalLimit& limit, bool bytes) {
  if (!limit.known()) return {Role::faint, "-"};
  return {Role::plain, limit.value ? amount(*limit.value, bytes) : "none"};
}

void add_limit(Cells& cells, std::string_view what, const Fact<std::uint64_t>& use,
               const OptionalLimit& limit, bool bytes) {
  if (!use.known() && !limit.known()) return;
  const bool near = use.known() && limit.known() && limit.value && *limit.value != 0 &&
                    use.value >= *limit.value - *limit.value / 10;
  cells.add({{Role::plain, std::string(what)},
             {near ? Role::bad : Role::plain, use.known() ? amount(use.value, bytes) : "-"},
             limit_cell(limit, bytes)});
}

void add_cpu_limit(Cells& cells, const CgroupCpu& cpu) {
  if (cpu.max.known()) {
    const auto percent = cgroup_cpu_percent(cpu.max.value);
    cells.add({{Role::plain, "CPU, per cent of one"},
               {Role::faint, "-"},
               {Role::plain, percent ? human_percent(*percent) : "none"}});
  }
  if (cpu.weight.known())
    cells.add({{Role::plain, "CPU weight"}, {Role::plain, grouped(cpu.weight.value)}, {Role::faint, "-"}});
}

PageSection limits_of(const CgroupUse& use) {
  Lines lines;
  Cells cells({"RESOURCE", "IN USE", "AT MOST"}, {false, true, true});
  const Fact<std::uint64_t> same = use.memory.current;
  add_limit(cells, "memory", use.memory.current, use.memory.max, true);
  if (use.memory.high.known()) add_limit(cells, "memory before it is slowed", same, use.memory.high, true);
  add_limit(cells, "swap", use.memory.swap, use.memory.swap_max, true);
  add_limit(cells, "tasks", use.pids.current, use.pids.max, false);
  add_cpu_limit(cells, use.cpu);
  if (!cells.empty()) cells.write(lines);
  return {"Its limits", lines.take()};
}

void add_pressure_row(Cells& cells, std::string_view what, std::string_view who,
                      const std::optional<procfs::PressureLine>& line) {
  if (!line) return;
  const auto percent = [](double share) {
    return Span{share >= 10  ? Role::bad
                : share >= 1 ? Role::warning
                             : Role::plain,
                fmt::format("{:.2f}", share)};
  };
  cells.add({{Role::plain, std::string(what)},
             {Role::plain, std::string(who)},
             percent(line->avg10),
             percent(line->avg60),
             percent(line->avg300),
             {Role::plain, human_duration(line->total_us * 1000)}});
}

PageSection pressure_of(const CgroupPressures& pressures) {
  Lines lines;
  Cells cells({"FOR", "WAITING", "10 S", "60 S", "300 S", "IN ALL"}, {false, false, true, true, true, true});
  const auto add = [&](std::string_view what, const Fact<procfs::Pressure>& pressure) {
    if (!pressure.known()) return;
    add_pressure_row(cells, what, "some", pressure.value.some);
    add_pressure_row(cells, what, "all", pressure.value.full);
  };
  add("CPU", pressures.cpu);
  add("memory", pressures.memory);
  add("storage", pressures.io);
  if (!cells.empty()) {
    cells.write(lines);
    lines.add_row(StyledText("per cent of the time in which tasks of the group had to wait", Role::faint));
  }
  return {"Pressure", lines.take()};
}

bool same_groups(const Sample& a, const Sample& b) {
  return b.has(Source::cgroup) && std::equal(a.cgroups->begin(), a.cgroups->end(), b.cgroups->begin(),
                                             b.cgroups->end(), [](const auto& x, const auto& y) {
                                               return x.hierarchy == y.hierarchy && x.path == y.path;
                                             });
}

PageSection members_of(const Scene& scene, const Sample& of) {
  Lines lines;
  Cells cells({"PID", "NAME", "STATE"}, {true});
  std::size_t count = 0;
  for (const Sample& sample : scene.snapshot.processes) {
    if (!same_groups(of, sample)) continue;
    ++count;
    cells.add({{Role::pid, fmt::format("{}", sample.pid.raw())},
               {Role::plain, escaped(sample.stat.comm)},
               {Role::plain, state_phrase(sample)}},
              {sample.process_key()});
  }
  lines.add("processes", grouped(count) + " in the same groups, of those in sight");
  cells.write(lines);
  return {"Who is in it", lines.take()};
}

}  // namespace

std::vector<PageSection> cgroup_sections(const Scene& scene, TaskIndex task) {
  const Sample& sample = row_of(scene, task).sample;
  if (!sample.has(Source::cgroup)) return {};
  std::vector<PageSection> sections;
  if (sample.cgroup_use < scene.snapshot.cgroup_uses.size()) {
    const CgroupUse& use = scene.snapshot.cgroup_uses[sample.cgroup_use];
    sections.push_back(limits_of(use));
    sections.push_back(pressure_of(use.pressure));
  }
  sections.push_back(members_of(scene, sample));
  std::erase_if(sections, [](const PageSection& section) { return section.lines.empty(); });
  return sections;
}

}  // namespace ptop::render
