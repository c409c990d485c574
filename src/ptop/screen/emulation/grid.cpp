// Cells in lines; scrolling turns lines round instead of copying cells.
#include "emulation/grid.hpp"

#include <algorithm>
#include <utility>

namespace ptop::app {

Grid::Grid(int rows, int columns, bool keeps_history)
    : rows_(std::clamp(rows, 1, most_rows)),
      columns_(std::clamp(columns, 1, most_columns)),
      bottom_(rows_ - 1),
      keeps_history_(keeps_history) {
  reset();
}

Cell Grid::blank_cell(const Shade& blank) {
  return {.ink = Ink::program, .shade = {.fg = own_colour, .bg = blank.bg, .attributes = 0}};
}

void Grid::reset() {
  const CellRow line(static_cast<std::size_t>(columns_), blank_cell({}));
  lines_.assign(static_cast<std::size_t>(rows_), line);
  top_ = 0, bottom_ = rows_ - 1;
  cursor_ = {0, 0}, written_ = {-1, -1};
  wraps_ = false;
}

void Grid::resize(int rows, int columns) {
  rows = std::clamp(rows, 1, most_rows), columns = std::clamp(columns, 1, most_columns);
  const int above = std::max(0, cursor_.row - rows + 1);
  for (int i = 0; i < above; ++i) keep(line_at(i));
  lines_.erase(lines_.begin(), lines_.begin() + above);
  lines_.resize(static_cast<std::size_t>(rows));
  rows_ = rows, columns_ = columns;
  for (CellRow& line : lines_) {
    line.resize(static_cast<std::size_t>(columns), blank_cell({}));
    mend_end(line);
  }
  top_ = 0, bottom_ = rows - 1;
  written_ = {-1, -1};
  move_to(cursor_.row - above, cursor_.column);
}

/// A wide character that was cut in two at the end of its line.
void Grid::mend_end(CellRow& line) const {
  if (line.back().width == 2) line.back() = blank_cell(line.back().shade);
}

void Grid::move_to(int row, int column) {
  cursor_ = {std::clamp(row, 0, rows_ - 1), std::clamp(column, 0, columns_ - 1)};
  wraps_ = false;
}

void Grid::move_by(int rows, int columns) {
  const int highest = cursor_.row >= top_ ? top_ : 0, lowest = cursor_.row <= bottom_ ? bottom_ : rows_ - 1;
  move_to(std::clamp(cursor_.row + rows, highest, lowest), cursor_.column + columns);
}

bool Grid::set_region(int top, int bottom) {
  top = std::clamp(top, 0, rows_ - 1), bottom = std::clamp(bottom, 0, rows_ - 1);
  if (top >= bottom && rows_ > 1) return false;
  top_ = top, bottom_ = bottom;
  return true;
}

/// Before half of a wide character is overwritten, the other half becomes a blank.
void Grid::free_cell(CellRow& line, int column) {
  const auto at = static_cast<std::size_t>(column);
  if (line[at].width == 0 && at > 0) line[at - 1] = blank_cell(line[at - 1].shade);
  if (line[at].width == 2 && at + 1 < line.size()) line[at + 1] = blank_cell(line[at + 1].shade);
  line[at] = blank_cell(line[at].shade);
}

void Grid::put(char32_t c, int width, const Shade& shade, bool autowrap, bool insert) {
  if (width > columns_) c = U'?', width = 1;
  const bool no_room = wraps_ || cursor_.column + width > columns_;
  if (no_room && autowrap) {
    line_feed(shade);
    move_to_column(0);
  } else if (no_room) {
    move_to_column(columns_ - width);
  }
  if (insert) insert_cells(width, shade);
  CellRow& line = line_at(cursor_.row);
  for (int i = 0; i < width; ++i) free_cell(line, cursor_.column + i);
  const auto at = static_cast<std::size_t>(cursor_.column);
  line[at] = {.base = c, .ink = Ink::program, .width = static_cast<std::uint8_t>(width), .shade = shade};
  if (width == 2) line[at + 1] = {.base = 0, .ink = Ink::program, .width = 0, .shade = shade};
  written_ = cursor_;
  cursor_.column += width;
  wraps_ = cursor_.column >= columns_;
  if (wraps_) cursor_.column = columns_ - 1;
}

void Grid::add_mark(char32_t mark) {
  if (written_.row < 0 || written_.row >= rows_ || written_.column >= columns_) return;
  auto& marks = line_at(written_.row)[static_cast<std::size_t>(written_.column)].marks;
  if (const auto free = std::find(marks.begin(), marks.end(), U'\0'); free != marks.end()) *free = mark;
}

void Grid::line_feed(const Shade& blank) {
  written_ = {-1, -1};
  if (cursor_.row == bottom_) return scroll_up(top_, 1, blank);
  move_to(cursor_.row + 1, cursor_.column);
}

void Grid::reverse_line_feed(const Shade& blank) {
  written_ = {-1, -1};
  if (cursor_.row == top_) return scroll_down(top_, 1, blank);
  move_to(cursor_.row - 1, cursor_.column);
}

void Grid::keep(const CellRow& line) {
  if (!keeps_history_) return;
  const Cell blank = blank_cell({});
  const auto end = std::find_if(line.rbegin(), line.rend(), [&](const Cell& cell) { return cell != blank; });
  history_.emplace_back(line.begin(), end.base());
  history_cells_ += history_.back().size() + 1;
  for (; history_cells_ > most_history_cells; history_.pop_front())
    history_cells_ -= history_.front().size() + 1;
}

void Grid::scroll_up(int top, int lines, const Shade& blank) {
  lines = std::clamp(lines, 0, bottom_ - top + 1);
  for (int i = 0; top == 0 && i < lines; ++i) keep(line_at(i));
  const auto first = lines_.begin() + top, last = lines_.begin() + bottom_ + 1;
  std::rotate(first, first + lines, last);
  erase_rows(bottom_ + 1 - lines, bottom_ + 1, blank);
  written_ = {-1, -1};
  wraps_ = false;
}

void Grid::scroll_down(int top, int lines, const Shade& blank) {
  lines = std::clamp(lines, 0, bottom_ - top + 1);
  const auto first = lines_.begin() + top, last = lines_.begin() + bottom_ + 1;
  std::rotate(first, last - lines, last);
  erase_rows(top, top + lines, blank);
  written_ = {-1, -1};
  wraps_ = false;
}

void Grid::insert_lines(int lines, const Shade& blank) {
  if (in_region()) scroll_down(cursor_.row, lines, blank);
}

/// The deleted ones are no history, at the top of the screen either.
void Grid::delete_lines(int lines, const Shade& blank) {
  if (!in_region()) return;
  const bool kept = std::exchange(keeps_history_, false);
  scroll_up(cursor_.row, lines, blank);
  keeps_history_ = kept;
}

void Grid::insert_cells(int cells, const Shade& blank) {
  CellRow& line = line_at(cursor_.row);
  cells = std::clamp(cells, 0, columns_ - cursor_.column);
  if (line[static_cast<std::size_t>(cursor_.column)].width == 0) free_cell(line, cursor_.column);
  std::rotate(line.begin() + cursor_.column, line.end() - cells, line.end());
  const int end = cursor_.column + cells;
  std::fill(line.begin() + cursor_.column, line.begin() + end, blank_cell(blank));
  // What went out at the end may have left half of a character behind.
  mend_end(line);
  wraps_ = false;
}

void Grid::delete_cells(int cells, const Shade& blank) {
  CellRow& line = line_at(cursor_.row);
  cells = std::clamp(cells, 0, columns_ - cursor_.column);
  erase(cursor_.row, cursor_.column, cursor_.column + cells, blank);
  std::rotate(line.begin() + cursor_.column, line.begin() + cursor_.column + cells, line.end());
  wraps_ = false;
}

void Grid::erase(int row, int from, int to, const Shade& blank) {
  if (row < 0 || row >= rows_) return;
  from = std::clamp(from, 0, columns_), to = std::clamp(to, from, columns_);
  if (from == to) return;
  CellRow& line = line_at(row);
  free_cell(line, from);
  free_cell(line, to - 1);
  std::fill(line.begin() + from, line.begin() + to, blank_cell(blank));
  if (row == cursor_.row) wraps_ = false;
}

void Grid::erase_rows(int from, int to, const Shade& blank) {
  for (int row = std::max(from, 0); row < std::min(to, rows_); ++row) erase(row, 0, columns_, blank);
}

void Grid::fill(char32_t c) {
  for (CellRow& line : lines_)
    for (Cell& cell : line) cell = {.base = c, .ink = Ink::program};
}

}  // namespace ptop::app
