// The pane with the events of what is followed: time, pid, then the event, indented as the tree grows.
#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

constexpr std::uint32_t deepest_indent = 12;
constexpr int rows_for_status = 4;

std::string state_of(const EventLog& log, const PaneHead& head, std::size_t height) {
  if (log.at_end()) return head.focused ? "" : "o: keys for this pane";
  const std::size_t below = log.shown() - std::min(log.first_shown(height) + height, log.shown());
  if (log.frozen()) return fmt::format("stands still, {} newer, Space goes on", below);
  if (below == 0) return "End: stay with the newest";
  return fmt::format("{} newer below, End shows them", below);
}

/// The longest part of it, from its beginning to a comma or its end, for which there is room.
std::string_view fitting(std::string_view text, int room) {
  while (static_cast<int>(text.size()) > room) {
    const auto comma = text.rfind(',');
    if (comma == text.npos) return "";
    text = text.substr(0, comma);
  }
  return text;
}

void draw_line(Region area, int row, const EventLine& line, const EventsView& view, bool hit) {
  if (hit) area.put(row, 0, ">", Ink::match);
  int at = 1 + area.put(row, 1,
                        fmt::format("{:>4}.{:06} ", line.t_ns / 1'000'000'000, line.t_ns / 1000 % 1'000'000),
                        Ink::faint);
  at += area.put(row, at, fmt::format("{:>7} ", line.pid.raw()), Ink::plain);
  const std::string indent(2 * std::min(line.depth, deepest_indent), ' ');
  const std::string text = indent + line.text;
  const auto hidden = clip(text, static_cast<std::size_t>(view.scroll)).size();
  put_marked(area, row, at, std::string_view(text).substr(hidden), view.match, line.ink);
}

}  // namespace

int put_marked(Region area, int row, int at, std::string_view text, std::string_view match, Ink ink) {
  const int begin = at;
  while (!text.empty()) {
    const auto found = find_ignoring_case(text, match);
    at += area.put(row, at, text.substr(0, found), ink);
    if (found == text.npos) break;
    at += area.put(row, at, text.substr(found, match.size()), Ink::match);
    text.remove_prefix(found + match.size());
  }
  return at - begin;
}

int pane_head_rows(Region area, const PaneHead& head) {
  return !head.status.empty() && area.rows() >= rows_for_status ? 2 : 1;
}

void draw_pane_head(Region area, const PaneHead& head, std::string_view right) {
  area.touch({Spot::Kind::pane});
  const Ink ink = head.focused ? Ink::title_focused : Ink::header;
  area.fill(0, ink);
  const int used = area.put(0, 1, head.title, ink);
  area.put_right(0, area.columns() - 1, fitting(right, area.columns() - used - 4), ink);
  if (pane_head_rows(area, head) > 1) area.put(1, 1, head.status, Ink::title);
}

void draw_events(Region area, const PaneHead& head, const EventsView& view) {
  const int above = pane_head_rows(area, head), height = area.rows() - above;
  if (height < 0) return;
  const auto rows = static_cast<std::size_t>(height);
  draw_pane_head(area, head, state_of(view.log, head, rows));
  const std::size_t first = view.log.first_shown(rows);
  for (std::size_t row = 0; row < rows && first + row < view.log.shown(); ++row)
    draw_line(area, static_cast<int>(row) + above, view.log.line(first + row), view, view.hit == first + row);
  if (view.log.shown() == 0 && height > 0)
    area.put(above, 1, view.log.lines().empty() ? "nothing has happened yet" : "no line fits the filter",
             Ink::faint);
}

}  // namespace ptop::app
