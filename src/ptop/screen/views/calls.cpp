// The table of counted calls in the pane: as strace -c, but live.
#include <array>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/units.hpp"
#include "views/views.hpp"

namespace ptop::app {
namespace {

struct CallColumn {
  std::string_view title;
  int width;
  std::optional<CallOrder> order;
  std::string (*text)(const CallRow& row, std::uint64_t all);
};

std::string share_of(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? "0.0"
                  : fmt::format("{:.1f}", 100.0 * static_cast<double>(part) / static_cast<double>(all));
}

// In the order in which they give way from the right, before the name.
constexpr std::array columns{
    CallColumn{"%TIME", 6, std::nullopt,
               [](const CallRow& r, std::uint64_t all) { return share_of(r.total, all); }},
    CallColumn{"TOTAL", 8, CallOrder::total,
               [](const CallRow& r, std::uint64_t) { return render::human_duration(r.total); }},
    CallColumn{"CALLS", 10, CallOrder::calls,
               [](const CallRow& r, std::uint64_t) { return std::to_string(r.calls); }},
    CallColumn{"ERRORS", 8, CallOrder::errors,
               [](const CallRow& r, std::uint64_t) { return r.errors == 0 ? "" : std::to_string(r.errors); }},
    CallColumn{"MIN", 7, std::nullopt,
               [](const CallRow& r, std::uint64_t) { return render::human_duration(r.least); }},
    CallColumn{"MEAN", 7, CallOrder::mean,
               [](const CallRow& r, std::uint64_t) { return render::human_duration(r.mean); }},
    CallColumn{"P99", 7, CallOrder::p99,
               [](const CallRow& r, std::uint64_t) { return render::human_duration(r.p99); }},
    CallColumn{"MAX", 7, CallOrder::most,
               [](const CallRow& r, std::uint64_t) { return render::human_duration(r.most); }},
};
constexpr int name_wants = 16;

/// As many of the columns as leave the name room.
std::size_t columns_that_fit(int width) {
  std::size_t count = columns.size();
  int wanted = name_wants;
  for (const CallColumn& column : columns) wanted += column.width + 1;
  while (count > 0 && wanted > width) wanted -= columns[--count].width + 1;
  return count;
}

void draw_titles(Region line, std::size_t count, CallOrder order) {
  line.fill(0, Ink::header);
  int at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const CallColumn& c = columns[i];
    line.part(0, at, 1, c.width)
        .put_right(0, c.width, c.title, c.order == order ? Ink::header_sort : Ink::header);
    at += c.width + 1;
  }
  line.put(0, at, "CALL", order == CallOrder::name ? Ink::header_sort : Ink::header);
}

}  // namespace

void draw_calls(Region area, const PaneHead& head, std::span<const CallRow> rows, CallOrder order,
                ScrollView& scroll) {
  const int above = pane_head_rows(area, head), height = area.rows() - above - 1;
  draw_pane_head(area, head, "F6 orders, I turns round, c: the lines");
  if (height < 0) return;
  const std::size_t count = columns_that_fit(area.columns());
  draw_titles(area.part(above, 0, 1, area.columns()), count, order);
  scroll.fit(static_cast<int>(rows.size()), height);
  std::uint64_t all = 0;
  for (const CallRow& row : rows) all += row.total;
  for (int y = 0; y < height && scroll.top + y < scroll.lines; ++y) {
    const CallRow& row = rows[static_cast<std::size_t>(scroll.top) + static_cast<std::size_t>(y)];
    int at = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const CallColumn& c = columns[i];
      area.part(above + 1 + y, at, 1, c.width).put_right(0, c.width, c.text(row, all), Ink::plain);
      at += c.width + 1;
    }
    area.put(above + 1 + y, at, row.name, row.errors > 0 ? Ink::warning : Ink::strong);
  }
  if (rows.empty() && height > 0)
    area.put(above + 1, 1, "no system call was counted: t asks for them", Ink::faint);
}

}  // namespace ptop::app
