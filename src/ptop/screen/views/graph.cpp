// Columns of dots.
#include "views/graph.hpp"

#include <algorithm>
#include <cmath>

#include "characters.hpp"

namespace ptop::app {
namespace {

/// What a column of `steps` filled steps out of `height` shows in row `from_below`.
int filled(int steps, int from_below, int per_row) {
  return std::clamp(steps - from_below * per_row, 0, per_row);
}

/// U+2800 and a bit for each dot: the left column from below is 7, 3, 2, 1, the right one 8, 6, 5, 4.
char32_t braille(int left, int right) {
  static constexpr unsigned left_dots[] = {0x00, 0x40, 0x44, 0x46, 0x47};
  static constexpr unsigned right_dots[] = {0x00, 0x80, 0xa0, 0xb0, 0xb8};
  return 0x2800 + (left_dots[left] | right_dots[right]);
}

}  // namespace

void draw_graph(Region area, const std::deque<float>& values, double top, bool ascii,
                Ink (*ink)(double share)) {
  const int per_row = ascii ? 3 : 4, per_column = ascii ? 1 : 2;
  const int height = area.rows() * per_row;
  const auto value_at = [&](int place) {  // from the right
    const auto back = static_cast<std::size_t>(place);
    return back < values.size() ? static_cast<double>(values[values.size() - 1 - back]) / std::max(top, 1e-9)
                                : -1;
  };
  const auto steps = [&](double share) {
    // Something that is not nothing has a dot.
    if (share <= 0) return 0;
    return std::clamp(static_cast<int>(std::lround(share * height)), 1, height);
  };
  for (int x = 0; x < area.columns(); ++x) {
    const int place = (area.columns() - 1 - x) * per_column;
    const double newer = value_at(place), older = per_column == 2 ? value_at(place + 1) : newer;
    if (newer < 0) continue;
    for (int row = 0; row < area.rows(); ++row) {
      const int below = area.rows() - 1 - row;
      const int left = filled(steps(older), below, per_row), right = filled(steps(newer), below, per_row);
      if (left == 0 && right == 0) continue;
      std::string sign;
      append_character(sign, ascii ? static_cast<char32_t>(" .:|"[right]) : braille(left, right));
      area.put(row, x, sign, ink(std::max(newer, older)));
    }
  }
}

}  // namespace ptop::app
