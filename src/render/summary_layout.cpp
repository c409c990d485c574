// The widest indentation with which each level keeps enough of its commands.
#include "summary_layout.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ptop::render {
namespace {

constexpr std::size_t wide = 3;          // columns of a level, as "├─ "
constexpr std::size_t mark_columns = 2;  // behind a command: blank, and the mark or a blank
constexpr std::size_t least_room = 20;
constexpr std::size_t least_columns = 100;  // of a file

// What a command keeps, where there is room for it: at the wide indentation, at the narrow one.
constexpr std::size_t least_of_wide = 24, least_of_narrow = 16;

// Columns of fewer figures, and those that signs may need at the most: where figures are left out does not
// depend on who needs them.
constexpr std::size_t without_rss = 26, without_cpu = 17, most_spare = 5;

std::string level_mark(std::size_t deeper) { return fmt::format("(+{}) ", deeper); }

std::size_t indent_of(const SummaryLayout& layout, std::size_t level) {
  const std::size_t drawn = std::min(level, layout.deepest_drawn);
  const std::size_t mark = level > drawn ? level_mark(level - drawn).size() : 0;
  return drawn + (wide - 1) * std::min(drawn, layout.wide_levels) + mark;
}

bool has_room(const SummaryLayout& layout, LevelWidths widths, std::size_t least) {
  for (std::size_t level = 0; level < widths.size(); ++level) {
    const std::size_t command = std::min(widths[level], least);
    if (indent_of(layout, level) + command + mark_columns > layout.room) return false;
  }
  return true;
}

void indent(SummaryLayout& layout, LevelWidths widths) {
  layout.deepest_drawn = widths.size();
  const std::size_t most_wide = std::min(widths.size(), layout.room / wide);
  for (std::size_t levels = most_wide + 1; levels-- > 0;) {
    layout.wide_levels = levels;
    if (has_room(layout, widths, std::min(least_of_wide, layout.room * 2 / 3))) return;
  }
  const std::size_t most_drawn = std::min(widths.size(), layout.room);
  for (std::size_t levels = most_drawn + 1; levels-- > 0;) {
    layout.deepest_drawn = levels;
    if (has_room(layout, widths, std::min(least_of_narrow, layout.room / 2))) return;
  }
}

}  // namespace

std::string SummaryLayout::branch(const std::string& below, std::size_t level, bool last, bool ascii) const {
  if (level > deepest_drawn) return below + level_mark(level - deepest_drawn);
  const std::string corner = ascii ? (last ? "`" : "|") : last ? "└" : "├";
  if (level > wide_levels) return below + corner;
  return below + corner + (ascii ? "- " : "─ ");
}

std::string SummaryLayout::passes(const std::string& below, std::size_t level, bool last, bool ascii) const {
  if (level > deepest_drawn) return below;
  const std::string line = last ? " " : ascii ? "|" : "│";
  return below + line + (level > wide_levels ? "" : "  ");
}

SummaryLayout layout_for(std::size_t columns, LevelWidths widths, std::size_t spare) {
  SummaryLayout layout;
  std::size_t figures = figures_columns;
  if (columns < least_room + figures + most_spare) {
    layout.with_rss = false;
    figures = without_rss;
  }
  if (columns < least_room + figures + most_spare) {
    layout.with_cpu = false;
    figures = without_cpu;
  }
  if (layout.with_cpu) figures += std::min(spare, most_spare);
  layout.room = std::max(columns, least_room + figures) - figures;
  indent(layout, widths);
  return layout;
}

SummaryLayout layout_for_file(std::size_t& columns, std::size_t most, LevelWidths widths, std::size_t spare) {
  columns = most;
  SummaryLayout layout = layout_for(columns, widths, spare);
  std::size_t widest = 0;
  for (std::size_t level = 0; level < widths.size(); ++level)
    widest = std::max(widest, indent_of(layout, level) + widths[level] + mark_columns);
  const std::size_t figures = most - layout.room;
  columns = std::clamp(widest + figures, least_columns, most);
  layout.room = columns - figures;
  return layout;
}

}  // namespace ptop::render
