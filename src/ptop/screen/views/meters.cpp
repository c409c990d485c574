// The head of the screen: where each meter goes. Many CPUs take the whole width, above two sides; what there
// is no room for is left out, from below.
#include <algorithm>

#include "views/meter_parts.hpp"

namespace ptop::app {
namespace {

constexpr int two_halves = 64;  // from this width on there are two sides
constexpr int most_half_cpu_rows = 4;

int most_cpu_rows(int screen_rows) { return std::clamp(screen_rows / 6, 1, 8); }

struct Placed {
  Meter meter;
  int row = 0, column = 0, rows = 1, columns = 0;
};
struct Plan {
  std::vector<Placed> meters;
  int rows = 0;
};

/// Stacks a side's meters as far as there is room.
class Side {
 public:
  Side(Plan& plan, int row, int column, int columns, int last_row)
      : plan_(plan), row_(row), column_(column), columns_(columns), last_row_(last_row) {}
  void add(Meter meter, int rows) {
    if (row_ + rows > last_row_) return;
    plan_.meters.push_back({meter, row_, column_, rows, columns_});
    row_ += rows;
    plan_.rows = std::max(plan_.rows, row_);
  }
  int columns() const { return columns_; }

 private:
  Plan& plan_;
  int row_, column_, columns_, last_row_;
};

bool wants_whole_width(Meter meter, const MeterView& view, int half) {
  if (meter.id != MeterId::cpus || shown_style(meter, view) != MeterStyle::bar) return false;
  const CpuGrid grid = cpu_grid(view.scene.snapshot.host.stat.cpus.size(), half, most_half_cpu_rows);
  return grid.columns > 2 || !grid.each;
}

Plan plan_of(const MeterView& view, int rows, int columns) {
  Plan plan;
  const auto& sides = view.settings.meters;
  const int most = most_cpu_rows(rows);
  if (columns < two_halves || sides[0].empty() || sides[1].empty()) {
    Side one(plan, 0, 0, columns, columns < two_halves ? rows / 3 : rows / 2);
    for (const auto& side : sides) {
      for (const Meter meter : side) one.add(meter, meter_height(meter, view, columns, most));
    }
    return plan;
  }
  const int half = columns / 2 - 1;
  Side whole(plan, 0, 0, columns, rows / 2);
  for (const auto& side : sides) {
    for (const Meter meter : side) {
      if (wants_whole_width(meter, view, half)) whole.add(meter, meter_height(meter, view, columns, most));
    }
  }
  const int top = plan.rows;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    Side side(plan, top, i == 0 ? 0 : columns / 2 + 1, i == 0 ? half : columns - columns / 2 - 1, rows / 2);
    for (const Meter meter : sides[i]) {
      if (!wants_whole_width(meter, view, half))
        side.add(meter, meter_height(meter, view, side.columns(), most_half_cpu_rows));
    }
  }
  return plan;
}

bool only_a_line(int rows, int columns) { return rows < 14 || columns < 40; }

}  // namespace

int meter_rows(int screen_rows, int screen_columns, const MeterView& view) {
  if (screen_rows < 8) return 0;
  if (only_a_line(screen_rows, screen_columns)) return 1;
  return plan_of(view, screen_rows, screen_columns).rows;
}

void draw_meters(Region area, int screen_rows, const MeterView& view) {
  if (area.rows() == 0) return;
  if (only_a_line(screen_rows, area.columns())) return draw_summary(area, view);
  for (const Placed& placed : plan_of(view, screen_rows, area.columns()).meters)
    draw_meter(area.part(placed.row, placed.column, placed.rows, placed.columns), placed.meter, view);
}

}  // namespace ptop::app
