// The terminal of the program that ptop started.
#include <algorithm>

#include <fmt/format.h>

#include "views/views.hpp"

namespace ptop::app {
namespace {

void draw_cells(Region area, const ProgramPane& pane) {
  for (int row = 0; row < std::min(area.rows(), pane.emulation().rows()); ++row) {
    const CellRow& line = pane.shown_line(row);
    const int columns = std::min(area.columns(), static_cast<int>(line.size()));
    for (int column = 0; column < columns; ++column) {
      Cell cell = line[static_cast<std::size_t>(column)];
      if (cell.width == 0) continue;
      if ((cell.shade.attributes & hidden) != 0) cell = {.ink = Ink::program, .shade = cell.shade};
      area.put_cell(row, column, cell);
    }
  }
}

}  // namespace

void draw_program(Region area, const ProgramView& view) {
  const ProgramPane& pane = view.pane;
  const Ink ink = view.focused ? Ink::title_focused : Ink::header;
  area.touch({Spot::Kind::program});
  area.fill(0, ink);
  const std::string who = pane.pid() ? fmt::format("{} ", pane.pid()->raw()) : "";
  const std::string what = fmt::format(" {}: {}", pane.state(), view.hint);
  const int room = std::max(0, area.columns() - static_cast<int>(what.size()) - 2);
  area.put(0, 1, fmt::format("{}{}", who, pane.command()), ink, room);
  area.put_right(0, area.columns() - 1, what, ink);
  draw_cells(area.below(1), pane);
}

}  // namespace ptop::app
