// The pane with the events of what is followed: time, pid, then the event, indented as the tree grows.
#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

constexpr std::uint32_t deepest_indent = 12;

void draw_title(Region area, const EventsView& view, int shown) {
  const Ink ink = view.focused ? Ink::title_focused : Ink::header;
  area.fill(0, ink);
  const int used = area.put(0, 1, view.title, ink);
  std::string state = view.focused ? "Esc detaches or closes" : "o: scroll";
  if (!view.log.at_end()) {
    const std::size_t below = view.log.lines().size() -
                              view.log.first_shown(static_cast<std::size_t>(shown)) -
                              static_cast<std::size_t>(shown);
    state = fmt::format("{} newer below, End shows them", below);
  }
  if (used + 4 + static_cast<int>(state.size()) <= area.columns())
    area.put_right(0, area.columns() - 1, state, ink);
}

void draw_line(Region area, int row, const EventLine& line, const EventsView& view) {
  int at =
      area.put(row, 0, fmt::format("{:>5}.{:06} ", line.t_ns / 1'000'000'000, line.t_ns / 1000 % 1'000'000),
               Ink::faint);
  at += area.put(row, at, fmt::format("{:>7} ", line.pid.raw()), Ink::plain);
  const std::string indent(2 * std::min(line.depth, deepest_indent), ' ');
  const std::string text = indent + line.text;
  const auto hidden = clip(text, static_cast<std::size_t>(view.scroll)).size();
  area.put(row, at, std::string_view(text).substr(hidden), line.ink);
}

}  // namespace

void draw_events(Region area, const EventsView& view) {
  const int height = area.rows() - 1;
  if (height < 0) return;
  area.touch({Spot::Kind::pane});
  draw_title(area, view, height);
  const auto& lines = view.log.lines();
  const std::size_t first = view.log.first_shown(static_cast<std::size_t>(height));
  for (int row = 0; row < height && first + static_cast<std::size_t>(row) < lines.size(); ++row) {
    draw_line(area, row + 1, lines[first + static_cast<std::size_t>(row)], view);
  }
  if (lines.empty() && height > 0) area.put(1, 1, "nothing has happened yet", Ink::faint);
}

}  // namespace ptop::app
