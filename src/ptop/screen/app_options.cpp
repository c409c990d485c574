// What the settings say, and the keys that change one of them at once.
#include <algorithm>

#include <fmt/format.h>

#include "app.hpp"
#include "ptop/base/escape.hpp"

namespace ptop::app {

const Settings& App::settings() {
  settings_.screens[tab_].arrangement = list_.arrangement();
  return settings_;
}

bool App::wants_host_io() const {
  const auto shows_it = [](const std::vector<Meter>& side) {
    return std::any_of(side.begin(), side.end(),
                       [](Meter m) { return m.id == MeterId::disk || m.id == MeterId::network; });
  };
  return settings_.show_meters && (shows_it(settings_.meters[0]) || shows_it(settings_.meters[1]));
}

std::vector<model::ColumnId> App::shown_columns() const {
  using model::ColumnId;
  std::vector<ColumnId> columns = screen().columns;
  const auto pid = std::find(columns.begin(), columns.end(), ColumnId::pid);
  const bool has_tid = std::find(columns.begin(), columns.end(), ColumnId::tid) != columns.end();
  if (settings_.threads && pid != columns.end() && !has_tid) columns.insert(pid + 1, ColumnId::tid);
  return columns;
}

void App::on_own_use(const OwnUse& use) {
  own_cost_ = own_use_text(own_use_, use);
  own_use_ = use;
}

void App::apply_settings() {
  keymap_ = keymap_of(settings_);
  list_.set_kernel_threads(settings_.kernel_threads);
  list_.set_threads(settings_.threads);
  if (!settings_.show_cost) own_use_.reset(), own_cost_.clear();
  list_.set_cursor_follows(settings_.cursor_follows);
  recent_.set_scans_marked(settings_.mark_scans);
}

/// True when the action is one of these.
bool App::act_on_options(Action action) {
  struct Switch {
    Action action;
    bool Settings::*value;
    std::string_view on, off;
  };
  static constexpr Switch switches[] = {
      {Action::toggle_kthreads, &Settings::kernel_threads, "kernel threads are shown",
       "kernel threads are hidden"},
      {Action::toggle_cost, &Settings::show_cost, "ptop's own cost is shown", "ptop's own cost is hidden"},
      {Action::toggle_threads, &Settings::threads, "threads have rows of their own", "threads have no rows"},
      {Action::toggle_path, &Settings::program_path, "programs with their directories",
       "programs without their directories"},
      {Action::toggle_merged, &Settings::merged_command,
       "commands with the program's file and the kernel's name", "commands as they were given"},
      {Action::toggle_meters, &Settings::show_meters, "meters are shown", "meters are hidden"},
      {Action::toggle_cursor_follow, &Settings::cursor_follows, "the cursor stays on its process",
       "the cursor stays on its line"},
  };
  const auto found = std::find_if(std::begin(switches), std::end(switches),
                                  [&](const Switch& s) { return s.action == action; });
  if (found == std::end(switches)) return false;
  const bool on = settings_.*(found->value) = !(settings_.*(found->value));
  apply_settings();
  note(std::string(on ? found->on : found->off));
  scan_wanted_ = scan_wanted_ || action == Action::toggle_merged || action == Action::toggle_threads;
  rearrange();
  return true;
}

/// All of it, however long: one word after the other as a shell would take them.
void App::show_command() {
  const model::Sample* process = selected_sample();
  if (process == nullptr) return report("nothing is selected");
  const std::string text = process->cmdline.empty() ? fmt::format("[{}]", escaped(process->stat.comm))
                                                    : escaped_command_line(process->cmdline);
  text_ = TextPage{fmt::format("Command of {} {}", process->pid.raw(), escaped(process->stat.comm)), text};
}

}  // namespace ptop::app
