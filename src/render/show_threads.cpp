// Threads: what each of them is doing.
#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/process_table.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

constexpr std::size_t threads_shown = 24;

Cells::Row thread_row(const Subject& s, TaskIndex task) {
  const Row row = row_of(s.scene, task);
  const bool marked = s.sample.is_thread() && row.sample.key == s.sample.key;
  const auto cell = [&](ColumnId id) {
    return std::holds_alternative<std::monostate>(column(id).value(row)) ? "" : cell_text(column(id), row);
  };
  std::string where = system_call_text(s, row.sample);
  if (where.empty()) where = cell(ColumnId::wchan);
  return {{Role::pid, fmt::format("{}", row.sample.key.tid.raw())},
          {marked ? Role::header : Role::plain, escaped(row.sample.stat.comm)},
          {Role::plain, state_phrase(row.sample)},
          {Role::plain, cell(ColumnId::time_ns)},
          {Role::plain, cell(ColumnId::processor)},
          {Role::plain, std::move(where)}};
}

}  // namespace

std::vector<TaskIndex> tasks_of(const Subject& s) {
  std::vector<TaskIndex> tasks{{s.row.index, {}}};
  const auto& threads = s.scene.snapshot.threads;
  auto at = std::lower_bound(threads.begin(), threads.end(), s.sample.pid,
                             [](const Sample& thread, Pid pid) { return thread.pid < pid; });
  for (; at != threads.end() && at->pid == s.sample.pid; ++at)
    tasks.push_back({s.row.index, static_cast<std::uint32_t>(at - threads.begin())});
  return tasks;
}

void show_threads(Lines& lines, const Subject& s) {
  const auto tasks = tasks_of(s);
  if (tasks.size() < 2) return;
  Cells cells({"TID", "NAME", "STATE", "TIME", "CPU", "WHERE"}, {true, false, false, true, true});
  const std::size_t shown = s.options.whole ? tasks.size() : std::min(tasks.size(), threads_shown);
  for (std::size_t i = 0; i < shown; ++i) cells.add(thread_row(s, tasks[i]));
  cells.write(lines);
  if (tasks.size() > shown)
    lines.add_row(StyledText(
        fmt::format("and {} more: ptop ps --threads pid={}", tasks.size() - shown, s.sample.pid.raw()),
        Role::faint));
}

}  // namespace ptop::render
