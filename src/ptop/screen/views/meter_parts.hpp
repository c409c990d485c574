// Single meters, for views/meters.cpp, which says where each goes.
#pragma once

#include "views/views.hpp"

namespace ptop::app {

/// How the CPU bars are laid out in `width` columns and at most `rows` rows.
struct CpuGrid {
  int columns = 1, rows = 1;
  bool each = true;  ///< false: one bar for all, and a sign for each
};
CpuGrid cpu_grid(std::size_t cpus, int width, int most_rows);

/// Rows it takes.
int meter_height(Meter meter, const MeterView& view, int width, int most_rows);
/// As text on a plain screen.
MeterStyle shown_style(Meter meter, const MeterView& view);
void draw_meter(Region area, Meter meter, const MeterView& view);
/// All of it in one line, for small screens.
void draw_summary(Region area, const MeterView& view);

}  // namespace ptop::app
