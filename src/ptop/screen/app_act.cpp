// Acting on the tagged processes, or on the selected one: whom that means, and priorities.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "app.hpp"
#include "ptop/base/escape.hpp"

namespace ptop::app {

namespace {
constexpr int lowest_nice = -20, highest_nice = 19;
}

/// Born in the tick of the clock in which the scan began: it may have ended right after it was read, and who
/// got its pid in the same tick has the same start time. Whoever was born earlier is unmistakable.
bool App::is_doubtful(const model::Sample& task) const {
  const model::HostSample& host = frame_->snapshot.host;
  const double ticks = host.uptime.up * static_cast<double>(host.info.clock_ticks);
  return static_cast<double>(task.stat.start.raw()) + 0.5 > ticks;
}

/// Whom a key means now. An empty answer was explained on the screen.
std::vector<App::Target> App::targets(Reach reach) {
  std::vector<Target> found;
  const auto now = scene();
  if (config_.readonly) {
    report("ptop was started with --readonly: nothing is done to processes");
  } else if (!config_.live) {
    report("these are not this machine's processes");
  } else if (tags_ended_) {
    report("whoever was tagged has ended: move the cursor to choose anew");
  } else if (now) {
    std::set<std::pair<ProcessKey, TaskKey>> seen;  // several threads may stand for one process
    for (const auto task : list_.targets(*now)) {
      Target target = target_of(*now, task, reach);
      if (seen.emplace(target.process, target.thread.value_or(TaskKey())).second)
        found.push_back(std::move(target));
    }
    if (found.empty()) report(nothing_selected());
  }
  return found;
}

std::string App::nothing_selected() const {
  if (list_.ended()) return "nothing is selected: it has ended";
  return list_.selected_group() != nullptr ? "a group is selected: c tags its processes"
                                           : "nothing is selected";
}

App::Target App::target_of(const model::Scene& scene, model::TaskIndex task, Reach reach) const {
  const model::Sample& process = scene.snapshot.processes[task.process];
  const model::Sample& own = task.thread ? scene.snapshot.threads[*task.thread] : process;
  Target target{process.process_key(), escaped(process.stat.comm), own.stat.nice,
                is_doubtful(process) || is_doubtful(own)};
  target.with_branch = list_.tagged_with_branch(own.key);
  if (!task.thread) return target;
  if (reach == Reach::process) {
    target.name += " with all its threads";
  } else {
    target.thread = own.key;
    target.thread_name = escaped(own.stat.comm);
  }
  return target;
}

/// "4711 nginx", "thread 4713 worker of 4711 nginx".
std::string App::name_of(const Target& target) {
  std::string process = fmt::format("{} {}", target.process.pid.raw(), target.name);
  if (!target.thread) return process;
  return fmt::format("thread {} {} of {}", target.thread->tid.raw(), target.thread_name, process);
}

/// The same, or "3 tagged processes".
std::string App::name_of(const std::vector<Target>& targets) {
  if (targets.size() == 1) return name_of(targets[0]);
  const bool threads = std::any_of(targets.begin(), targets.end(), [](const Target& t) { return t.thread; });
  return fmt::format("{} tagged {}", targets.size(), threads ? "tasks" : "processes");
}

std::string App::reason_of(const Error& error) {
  if (error.code == Errc::gone) return "it has ended";
  return error.code == Errc::denied ? "not permitted" : describe(error);
}

void App::act_on_one(const Target& target, Outcome& outcome,
                     const std::function<Result<void>(const Target&)>& act_on) {
  const auto result =
      target.doubtful ? fail({Errc::os, 0, "born this very moment, once more"}) : act_on(target);
  if (result || outcome.failed++ > 0) return;
  outcome.first = fmt::format("{}: {}", name_of(target), reason_of(result.error()));
}

/// The first failure by name, the others by number.
void App::tell(const Outcome& outcome, const std::vector<Target>& whom, std::string_view done) {
  if (outcome.failed == 0) return note(fmt::format("{} {}", done, name_of(whom)));
  report(whom.size() == 1 ? outcome.first
                          : fmt::format("{} of {} failed; {}", outcome.failed, whom.size(), outcome.first));
}

/// Does it to each, and says how that went.
void App::act_on_each(const std::vector<Target>& targets, std::string_view done,
                      const std::function<Result<void>(const Target&)>& act_on) {
  scan_wanted_ = true;
  Outcome outcome;
  for (const Target& target : targets) act_on_one(target, outcome, act_on);
  tell(outcome, targets, done);
}

/// From what each one has: several keep their distances.
void App::change_nice(int by) {
  const auto whom = targets(Reach::task);
  if (whom.empty()) return;
  const auto wanted = [by](const Target& t) { return std::clamp(t.nice + by, lowest_nice, highest_nice); };
  const std::string done = whom.size() == 1 ? fmt::format("nice is {} of", wanted(whom[0]))
                                            : fmt::format("nice changed by {:+} of", by);
  act_on_each(whom, done, [&](const Target& target) {
    return target.thread ? ports_.act->set_thread_nice({target.process, *target.thread}, wanted(target))
                         : ports_.act->set_nice(target.process, wanted(target));
  });
}

void App::change_autogroup(int by) {
  const auto whom = targets();
  if (whom.empty()) return;
  act_on_each(whom, fmt::format("nice changed by {:+} for the autogroup of", by),
              [&](const Target& target) { return ports_.act->change_autogroup_nice(target.process, by); });
}

Result<void> App::set_io_priority(const Target& target, IoPriority priority) {
  if (!target.thread) return ports_.act->set_io_priority(target.process, priority);
  return ports_.act->set_thread_io_priority({target.process, *target.thread}, priority);
}

void App::open_io_menu() {
  auto whom = targets(Reach::task);
  if (whom.empty()) return;
  using Kind = IoPriority::Kind;
  Menu menu{.title = fmt::format("I/O priority of {}", name_of(whom))};
  const auto offer = [&](const std::string& label, std::string note, IoPriority priority) {
    menu.items.push_back({label, std::move(note), [this, whom, priority, label] {
                            act_on_each(
                                whom, fmt::format("I/O priority is {} of", label),
                                [&](const Target& target) { return set_io_priority(target, priority); });
                          }});
  };
  offer("none", "as its nice value says", {Kind::none, 0});
  for (int level = 0; level < 8; ++level)
    offer(fmt::format("best effort {}", level), level == 0 ? "first of the usual class" : "",
          {Kind::best_effort, level});
  offer("idle", "only when nobody else wants the disk", {Kind::idle, 0});
  for (int level = 0; level < 8; ++level)
    offer(fmt::format("real time {}", level), level == 0 ? "before everybody else" : "",
          {Kind::realtime, level});
  menu_ = std::move(menu);
}

void App::act_on_tags(Action action) {
  const auto selected = list_.selected();
  tags_ended_ = false;
  const auto now = scene();
  if (action == Action::untag_all) {
    list_.untag_all();
  } else if (now && list_.selected_group() != nullptr) {
    list_.tag_group(*now);
    if (action == Action::tag) list_.move(1);
  } else if (!selected) {
    report("nothing is selected");
  } else if (action == Action::tag) {
    list_.toggle_tag(*list_.selected_task());
    list_.move(1);
  } else if (now && list_.thread_selected()) {
    list_.toggle_tag(*list_.selected_task());
  } else if (now) {
    list_.tag_branch(*now, *selected);
  }
}

}  // namespace ptop::app
