// The table of processes: header, cells from the column table, the cursor.
#include <algorithm>
#include <array>

#include "ptop/base/escape.hpp"
#include "ptop/render/process_table.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

using model::ColumnId;
constexpr int pid_width = 7;       // of the column table: inode numbers are ids as well, and longer
constexpr int command_wants = 28;  // columns below which other columns give way

bool is_command(ColumnId id) {
  return id == ColumnId::command || id == ColumnId::argv || id == ColumnId::comm;
}

/// Given up in this order when the screen is narrow; what is not named goes last, from the right.
constexpr std::array give_way{ColumnId::nice,    ColumnId::priority, ColumnId::vsz, ColumnId::mem,
                              ColumnId::time_ns, ColumnId::user,     ColumnId::rss, ColumnId::cpu};

/// Columns of pids are as wide as the longest pid there is: processes come in their order.
int natural_width(const model::Column& column, const model::Scene& scene) {
  if (column.unit != model::Unit::id || column.align != model::Align::right || column.width > pid_width)
    return column.width;
  const auto& processes = scene.snapshot.processes;
  const std::string longest = processes.empty() ? "" : std::to_string(processes.back().pid.raw());
  return static_cast<int>(std::max({longest.size(), column.title.size() + 1, std::size_t{5}}));
}

/// The mark of the order needs a place behind the title.
int width_of(const model::Column& column, const Widths& widths, const model::Scene& scene, const Sort& sort) {
  if (const auto chosen = widths.find(column.id); chosen != widths.end()) return chosen->second;
  const int width = natural_width(column, scene), title = static_cast<int>(column.title.size());
  return column.id == sort.column ? std::max(width, title + 1) : width;
}

int total_width(std::span<const ColumnId> columns, const Widths& widths, const model::Scene& scene,
                const Sort& sort) {
  int sum = 0;
  for (ColumnId id : columns)
    sum += is_command(id) ? command_wants : width_of(model::column(id), widths, scene, sort) + 1;
  return sum;
}

Ink state_ink(const model::Sample& sample) {
  using procfs::TaskState;
  switch (sample.stat.state) {
    case TaskState::running:
      return Ink::running;
    case TaskState::disk_sleep:
      return Ink::bad;
    case TaskState::stopped:
      return Ink::stopped;
    case TaskState::tracing_stop:
      return Ink::traced;
    case TaskState::zombie:
    case TaskState::dead:
      return Ink::zombie;
    default:
      return Ink::faint;
  }
}

bool zero(std::string_view text) { return text.find_first_not_of("0.:-") == text.npos; }

Ink cell_ink(const model::Column& column, const model::Sample& sample, std::string_view text) {
  if (column.id == ColumnId::state || column.id == ColumnId::state_name) return state_ink(sample);
  if (sample.stat.is_kernel_thread() || zero(text)) return Ink::faint;
  if (column.id == ColumnId::user) return Ink::user;
  if (column.id == ColumnId::cpu) return Ink::strong;
  return Ink::plain;
}

void draw_cell(Region area, int row, int at, const model::Column& column, int width, std::string_view text,
               Ink ink) {
  if (column.align == model::Align::right) {
    area.part(row, at, 1, width).put_right(0, width, text, ink);
  } else if (static_cast<int>(display_width(text)) > width) {
    area.put(row, at, clip(text, static_cast<std::size_t>(width - 1)), ink);
    area.put(row, at + width - 1, "+", ink);
  } else {
    area.put(row, at, text, ink);
  }
}

void draw_header(Region area, std::span<const ColumnId> columns, const model::Scene& scene,
                 const ListView& view) {
  area.fill(0, Ink::header);
  const Sort sort = view.list.sort();
  int at = 0;
  for (ColumnId id : columns) {
    const model::Column& column = model::column(id);
    const bool sorted = id == sort.column;
    const std::string mark = !sorted           ? ""
                             : view.ascii      ? (sort.descending ? "v" : "^")
                             : sort.descending ? "▽"
                                               : "△";
    const Ink ink = sorted ? Ink::header_sort : Ink::header;
    if (is_command(id)) {
      area.touch(0, at, area.columns() - at, {Spot::Kind::column, static_cast<std::uint64_t>(id)});
      area.put(0, at, std::string(column.title) + mark, ink);
      return;
    }
    const int own = width_of(column, view.widths, scene, sort);
    area.touch(0, at, own + 1, {Spot::Kind::column, static_cast<std::uint64_t>(id)});
    const std::string text = std::string(column.title) + mark;
    if (column.align == model::Align::right) {
      area.part(0, at, 1, own).put_right(0, own, text, ink);
    } else {
      area.put(0, at, text, ink, own + 1);
    }
    at += own + 1;
  }
}

/// A collapsed branch shows its sums where there are any.
ColumnId shown_column(ColumnId id, const ListRow& entry) {
  if (entry.hidden == 0) return id;
  return id == ColumnId::cpu ? ColumnId::tree_cpu : id == ColumnId::rss ? ColumnId::tree_rss : id;
}

/// An ancestor that is there for what is below it has nothing but its pid and name, so that matches stand out
/// without colours too; collapsed, the sums of those it hides.
bool has_cell(ColumnId id, const ListRow& entry) {
  return !entry.context || id == ColumnId::pid || id == ColumnId::tid || shown_column(id, entry) != id;
}

/// How the whole row is painted, whatever is in its cells.
std::optional<Ink> row_ink(const model::Scene& scene, const ListView& view, std::size_t row) {
  const ListRow& entry = view.list.rows()[row];
  if (row != view.list.cursor()) {
    if (view.list.tagged(entry.task())) return Ink::tagged;
    const model::Sample* sample = entry.is_task() ? &sample_of(scene.snapshot, entry) : nullptr;
    const bool others = view.own_user && sample != nullptr && sample->has(model::Source::status) &&
                        sample->status->uid.effective != *view.own_user;
    return entry.context || others ? std::optional(Ink::faint) : std::nullopt;
  }
  const bool any = view.list.selected() || view.list.selected_group() != nullptr;
  return view.focused && any ? Ink::selection : Ink::selection_lost;
}

/// All it was, faint.
void draw_ended(Region area, int y, std::size_t row, std::span<const ColumnId> columns,
                const model::Scene& scene, const ListView& view) {
  const ListRow& entry = view.list.rows()[row];
  const auto over = row_ink(scene, view, row);
  if (over && *over != Ink::faint && *over != Ink::tagged) area.fill(y, *over);
  int at = 0;
  for (const ColumnId id : columns) {
    if (is_command(id)) return draw_ended_command(area, y, at, entry, view, over);
    const model::Column& column = model::column(id);
    const int width = width_of(column, view.widths, scene, view.list.sort());
    draw_cell(area, y, at, column, width, last_cell(view.recent.ended()[entry.item], id),
              over.value_or(Ink::faint));
    at += width + 1;
  }
}

/// The sums of its processes.
void draw_group(Region area, int y, std::size_t row, std::span<const ColumnId> columns,
                const model::Scene& scene, const ListView& view) {
  const ListRow& entry = view.list.rows()[row];
  const Group& group = view.list.groups().list[entry.item];
  const auto over = row_ink(scene, view, row);
  if (over && *over != Ink::faint && *over != Ink::tagged) area.fill(y, *over);
  int at = 0;
  for (const ColumnId id : columns) {
    if (is_command(id)) return draw_group_name(area, y, at, scene, entry, view, over);
    const model::Column& column = model::column(id);
    const int width = width_of(column, view.widths, scene, view.list.sort());
    draw_cell(area, y, at, column, width, group_cell(scene, group, id), over.value_or(Ink::strong));
    at += width + 1;
  }
}

void draw_row(Region area, int y, std::size_t row, std::span<const ColumnId> columns,
              const model::Scene& scene, const ListView& view) {
  const ListRow& entry = view.list.rows()[row];
  if (entry.kind == RowKind::ended) return draw_ended(area, y, row, columns, scene, view);
  if (entry.kind == RowKind::group) return draw_group(area, y, row, columns, scene, view);
  const model::Row cells{scene, sample_of(scene.snapshot, entry), entry.process};
  const auto over = row_ink(scene, view, row);
  if (over && *over != Ink::faint && *over != Ink::tagged) area.fill(y, *over);
  int at = 0;
  for (ColumnId id : columns) {
    if (is_command(id)) return draw_command(area, y, at, scene, entry, view, over);
    const model::Column& column = model::column(id);
    const std::string text =
        has_cell(id, entry) ? render::cell_text(model::column(shown_column(id, entry)), cells) : "";
    const int width = width_of(column, view.widths, scene, view.list.sort());
    draw_cell(area, y, at, column, width, text, over.value_or(cell_ink(column, cells.sample, text)));
    at += width + 1;
  }
}

/// For who cannot see colours: a mark before the row that is selected, and the terminal's cursor on it.
void draw_cursor_mark(Region margin, const ListView& view) {
  margin.fill(0, Ink::header);
  if (view.list.rows().empty() || view.list.cursor() < view.top) return;
  const auto y = static_cast<int>(view.list.cursor() - view.top) + 1;
  if (y >= margin.rows()) return;
  const bool any = view.list.selected() || view.list.selected_group() != nullptr;
  margin.put(y, 0, any ? ">" : "-", Ink::strong);
  if (view.focused) margin.set_cursor(y, 0);
}

// As soon as one process is tagged there is a margin with a mark for each that is.
void draw_tag_marks(Region margin, const ListView& view) {
  margin.fill(0, Ink::header);
  for (int y = 1; y < margin.rows(); ++y) {
    const std::size_t row = view.top + static_cast<std::size_t>(y) - 1;
    if (row < view.list.rows().size() && view.list.tagged(view.list.rows()[row].task()))
      margin.put(y, 0, "*", Ink::tagged);
  }
}

}  // namespace

std::vector<ColumnId> fit_columns(std::span<const ColumnId> columns, const Widths& widths,
                                  const model::Scene& scene, const Sort& sort, int width) {
  std::vector<ColumnId> fit(columns.begin(), columns.end());
  for (ColumnId id : give_way) {
    if (total_width(fit, widths, scene, sort) <= width) return fit;
    if (fit.size() > 1) std::erase(fit, id);
  }
  return fit;
}

void draw_process_list(Region area, const model::Scene& scene, const ListView& view) {
  if (view.plain && area.columns() > 3) {
    draw_cursor_mark(area.part(0, 0, area.rows(), 1), view);
    area = area.part(0, 2, area.rows(), area.columns() - 2);
  }
  if (view.list.tag_count() > 0 && area.columns() > 2) {
    draw_tag_marks(area.part(0, 0, area.rows(), 1), view);
    area = area.part(0, 1, area.rows(), area.columns() - 1);
  }
  const auto columns = view.all_columns
                           ? std::vector(view.columns.begin(), view.columns.end())
                           : fit_columns(view.columns, view.widths, scene, view.list.sort(), area.columns());
  draw_header(area, columns, scene, view);
  const auto& rows = view.list.rows();
  for (int y = 1; y < area.rows(); ++y) {
    const std::size_t row = view.top + static_cast<std::size_t>(y) - 1;
    if (row >= rows.size()) break;
    area.touch(y, 0, area.columns(), {Spot::Kind::row, row});
    draw_row(area, y, row, columns, scene, view);
  }
  if (rows.empty()) area.put(1, 0, "no process matches", Ink::faint);
}

}  // namespace ptop::app
