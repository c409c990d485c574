// The setup screen: pages, the panels of one, a line of help.
#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

constexpr int pages_width = 11;

/// Widths of the panels behind the pages: as their longest rows want it, the last one takes the rest.
std::vector<int> panel_widths(const std::vector<SetupPanel>& panels, int room) {
  std::vector<int> widths{std::min(pages_width, room)};
  room -= widths[0];
  for (std::size_t i = 1; i < panels.size(); ++i) {
    const int left = static_cast<int>(panels.size() - i);
    int wants = static_cast<int>(display_width(panels[i].title)) + 2;
    for (const SetupRow& row : panels[i].rows) {
      const auto note = display_width(row.note);
      wants = std::max(wants, static_cast<int>(display_width(row.text) + note + (note > 0 ? 1 : 0)) + 2);
    }
    const int width = i + 1 == panels.size() ? room : std::min(wants, room / left);
    widths.push_back(std::max(width, 0));
    room -= widths.back();
  }
  return widths;
}

void draw_panel(Region area, const SetupPanel& panel, std::size_t index, std::size_t cursor, bool focused,
                bool plain) {
  if (area.rows() < 1 || area.columns() < 3) return;
  const Region title = area.part(0, 0, 1, area.columns() - 1);
  title.fill(0, focused ? Ink::title_focused : Ink::header);
  title.put(0, 1, panel.title, focused ? Ink::title_focused : Ink::header);
  const Region body = area.part(1, 0, area.rows() - 1, area.columns() - 1);
  const int first = std::max(0, static_cast<int>(cursor) - body.rows() + 1);
  for (int y = 0; y < body.rows(); ++y) {
    const auto at = static_cast<std::size_t>(first) + static_cast<std::size_t>(y);
    if (at >= panel.rows.size()) break;
    const SetupRow& row = panel.rows[at];
    const bool chosen = at == cursor;
    const Ink ink = !chosen ? Ink::plain : focused ? Ink::selection : Ink::selection_lost;
    body.fill(y, ink);
    body.touch(y, 0, body.columns(), {Spot::Kind::setup_row, index << 32 | at});
    if (plain && chosen) body.put(y, 0, ">", ink);
    const int note = static_cast<int>(display_width(row.note));
    const int room = body.columns() - 1 - (note > 0 ? note + 1 : 0);
    body.put(y, 1, row.text, ink, std::max(room, 0));
    if (note > 0 && note + 2 < body.columns())
      body.put_right(y, body.columns(), row.note, chosen ? ink : Ink::faint);
    if (focused && chosen && plain) body.set_cursor(y, 0);
  }
  if (panel.rows.empty() && body.rows() > 0) body.put(0, 1, "nothing", Ink::faint);
}

void draw_line(Region line, const SetupView& view, const std::vector<SetupPanel>& panels) {
  const Setup& setup = view.setup;
  if (const auto typing = setup.typing()) {
    line.fill(0, Ink::message);
    const int at = line.put(0, 0, *typing, Ink::message);
    if (view.plain)
      line.set_cursor(0, std::min(at, line.columns() - 1));
    else
      line.put(0, at, "_", Ink::message);
    if (!setup.message().empty()) line.put(0, at + 2, fmt::format(" {} ", setup.message()), Ink::error);
    return;
  }
  if (setup.capturing()) {
    line.fill(0, Ink::message);
    line.put(0, 1, "Press the key, or Esc for none", Ink::message);
    return;
  }
  const auto& rows = panels[setup.panel()].rows;
  const std::size_t at = setup.cursor(setup.panel());
  const std::string& message = setup.message().empty() ? view.message : setup.message();
  if (!message.empty())
    line.put(0, 1, message, Ink::warning);
  else if (at < rows.size())
    line.put(0, 1, rows[at].help, Ink::faint);
}

}  // namespace

void draw_setup(Region area, const SetupView& view) {
  area.fill(Ink::plain);
  area.touch({});
  const auto panels = view.setup.panels(view.settings);
  if (area.rows() < 3) return;
  const Region body = area.part(0, 0, area.rows() - 2, area.columns());
  const auto widths = panel_widths(panels, area.columns());
  int at = 0;
  // Where there is no room for all of them, the one with the cursor is what is shown.
  const bool narrow = area.columns() < 40;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const bool focused = i == view.setup.panel();
    if (narrow && !focused) continue;
    const int width = narrow ? area.columns() : widths[i];
    draw_panel(body.part(0, at, body.rows(), width), panels[i], i, view.setup.cursor(i), focused, view.plain);
    at += width;
  }
  draw_line(area.below(area.rows() - 2), view, panels);
  draw_hint_bar(area.below(area.rows() - 1), view.keymap, Context::setup);
}

}  // namespace ptop::app
