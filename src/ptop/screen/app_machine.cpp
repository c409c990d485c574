// What of the machine the tagged or the selected process may have: CPUs, and memory when it runs out.
#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "app.hpp"
#include "ptop/base/number.hpp"

namespace ptop::app {
namespace {

constexpr int least_oom = -1000, most_oom = 1000;

/// Of all of them together.
CpuUse joined(const std::vector<CpuUse>& uses) {
  CpuUse all = uses.front();
  for (const CpuUse& use : uses) {
    all.of_all &= use.of_all;
    all.of_any |= use.of_any;
    if (all.cpuset && use.cpuset) *all.cpuset |= *use.cpuset;
    if (!use.cpuset) all.cpuset.reset();
  }
  return all;
}

unsigned end_of(const CpuSet& set) { return static_cast<unsigned>(set.words().size() * 64); }

/// What was mixed becomes all, then none.
void turn(Menu& menu, std::size_t entry) {
  Mark& mark = menu.items[entry].mark;
  mark = mark == Mark::on ? Mark::off : Mark::on;
}

/// The first entry stands for all others that can be changed.
void turn_all(Menu& menu) {
  const Mark wanted = menu.items[0].mark == Mark::on ? Mark::off : Mark::on;
  for (MenuItem& item : menu.items) {
    if (item.toggle) item.mark = wanted;
  }
}

void mark_first(Menu& menu) {
  std::size_t on = 0, off = 0, all = 0;
  for (const MenuItem& item : std::span(menu.items).subspan(1)) {
    if (!item.toggle) continue;
    ++all;
    on += item.mark == Mark::on ? 1 : 0;
    off += item.mark == Mark::off ? 1 : 0;
  }
  menu.items[0].mark = on == all ? Mark::on : off == all ? Mark::off : Mark::some;
}

void add_cpu(Menu& menu, const CpuUse& use, unsigned cpu) {
  const bool allowed = !use.cpuset || use.cpuset->has(cpu);
  const Mark mark = use.of_all.has(cpu) ? Mark::on : use.of_any.has(cpu) ? Mark::some : Mark::off;
  MenuItem item{
      .label = fmt::format("CPU {}", cpu), .note = allowed ? "" : "not in its cpuset", .mark = mark};
  if (allowed) {
    item.toggle = [entry = menu.items.size()](Menu& m) {
      turn(m, entry);
      mark_first(m);
    };
  }
  menu.items.push_back(std::move(item));
}

CpuSet marked(const Menu& menu, const std::vector<unsigned>& cpus, Mark mark) {
  CpuSet set;
  for (std::size_t i = 0; i < cpus.size(); ++i) {
    if (menu.items[i + 1].mark == mark) set.add(cpus[i]);
  }
  return set;
}

}  // namespace

/// Of each process or thread what it has now; nothing, and a message, when that of one is not to be had.
std::optional<CpuUse> App::cpu_use(const std::vector<Target>& whom) {
  std::vector<CpuUse> uses;
  for (const Target& target : whom) {
    auto use = target.thread ? ports_.act->thread_cpu_use({target.process, *target.thread})
                             : ports_.act->cpu_use(target.process);
    if (!use) {
      report(fmt::format("{}: {}", name_of(target), reason_of(use.error())));
      return std::nullopt;
    }
    uses.push_back(*std::move(use));
  }
  return joined(uses);
}

void App::open_affinity_menu() {
  const auto whom = targets(Reach::task);
  const auto use = whom.empty() ? std::nullopt : cpu_use(whom);
  if (!use) return;
  Menu menu{.title = fmt::format("CPUs of {}", name_of(whom)), .hint = "Space marks, Enter sets"};
  menu.items.push_back({.label = "all", .mark = Mark::off, .toggle = turn_all});
  std::vector<unsigned> cpus;
  const CpuSet known = use->online | use->of_any;
  for (unsigned cpu = 0; cpu < end_of(known); ++cpu) {
    if (!known.has(cpu)) continue;
    add_cpu(menu, *use, cpu);
    cpus.push_back(cpu);
  }
  mark_first(menu);
  menu.accept = [this, whom, cpus](const Menu& m) { set_cpus(whom, m, cpus); };
  menu_ = std::move(menu);
}

/// What is marked for some of them stays as each has it.
void App::set_cpus(const std::vector<Target>& whom, const Menu& menu, const std::vector<unsigned>& cpus) {
  const CpuSet chosen = marked(menu, cpus, Mark::on), kept = marked(menu, cpus, Mark::some);
  if (chosen.empty() && kept.empty()) {
    menu_ = menu;
    return report("one CPU at least: Space marks it");
  }
  const std::string done = kept.empty() ? fmt::format("CPUs {} for", chosen.text()) : "CPUs changed for";
  act_on_each(whom, done, [&](const Target& target) {
    return target.thread ? ports_.act->set_thread_cpus({target.process, *target.thread}, chosen, kept)
                         : ports_.act->set_cpus(target.process, chosen, kept);
  });
}

/// Begins with what it has now; of several that differ with nothing.
void App::open_oom_prompt() {
  oom_targets_ = targets();
  if (oom_targets_.empty()) return;
  std::optional<OomState> common;
  for (const Target& target : oom_targets_) {
    const auto state = ports_.act->oom_state(target.process);
    if (!state)
      return report(
          fmt::format("{} {}: {}", target.process.pid.raw(), target.name, reason_of(state.error())));
    if (common && common->adjustment != state->adjustment) {
      common.reset();
      break;
    }
    common = *state;
  }
  prompt_ = Prompt{PromptKind::oom, common ? std::to_string(common->adjustment) : "", ""};
  prompt_->label = fmt::format("OOM adjustment of {}: ", name_of(oom_targets_));
  if (common && oom_targets_.size() == 1) prompt_->help = fmt::format("score {} now; ", common->score);
  prompt_->help += "-1000: never, 1000: first";
}

/// nullopt: it is none, which was said.
std::optional<int> App::oom_wish() {
  const auto number = parse_number<int>(prompt_->text);
  if (number && *number >= least_oom && *number <= most_oom) return number;
  report(fmt::format("a number from {} to {}", least_oom, most_oom));
  return std::nullopt;
}

void App::on_oom_prompt(Action action) {
  if (action == Action::prompt_cancel) return prompt_.reset();
  if (action != Action::prompt_accept) return;
  const auto wish = oom_wish();
  if (!wish) return;
  prompt_.reset();
  act_on_each(oom_targets_, fmt::format("OOM adjustment is {} of", *wish),
              [&](const Target& target) { return ports_.act->set_oom_adjustment(target.process, *wish); });
}

}  // namespace ptop::app
