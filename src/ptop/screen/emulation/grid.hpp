// The cells of an emulated terminal and what can be done to them: writing, erasing, scrolling. Every place
// and number is brought into bounds here, whoever gave it.
#pragma once

#include <deque>
#include <vector>

#include "surface.hpp"

namespace ptop::app {

using CellRow = std::vector<Cell>;

class Grid {
 public:
  /// Lines that leave it at its top, in cells: some 4 MiB.
  static constexpr std::size_t most_history_cells = std::size_t{1} << 17;
  static constexpr int most_rows = 1000, most_columns = 1000;

  Grid(int rows, int columns, bool keeps_history);

  int rows() const { return rows_; }
  int columns() const { return columns_; }
  const CellRow& line(int row) const { return lines_[static_cast<std::size_t>(row)]; }
  /// The oldest first.
  const std::deque<CellRow>& history() const { return history_; }
  void clear_history() { history_.clear(), history_cells_ = 0; }
  /// Rows that are left keep what they have; rows above go into the history when the cursor is below them.
  void resize(int rows, int columns);
  void reset();

  Place cursor() const { return cursor_; }
  /// The last column was written: the next character goes to the next line.
  bool wraps() const { return wraps_; }
  void move_to(int row, int column);
  /// Stops at the margins of the region when it is between them.
  void move_by(int rows, int columns);
  void move_to_column(int column) { move_to(cursor_.row, column); }

  int top() const { return top_; }
  int bottom() const { return bottom_; }
  /// Scrolling happens between these rows. False: that is no region.
  bool set_region(int top, int bottom);

  // All with the look of `blank` for what becomes free.
  void put(char32_t c, int width, const Shade& shade, bool autowrap, bool insert);
  /// A combining character for the one written last.
  void add_mark(char32_t mark);
  void line_feed(const Shade& blank);
  void reverse_line_feed(const Shade& blank);
  void scroll_up(int lines, const Shade& blank) { scroll_up(top_, lines, blank); }
  void scroll_down(int lines, const Shade& blank) { scroll_down(top_, lines, blank); }
  void insert_lines(int lines, const Shade& blank);
  void delete_lines(int lines, const Shade& blank);
  void insert_cells(int cells, const Shade& blank);
  void delete_cells(int cells, const Shade& blank);
  /// Columns [from, to) of a row.
  void erase(int row, int from, int to, const Shade& blank);
  void erase_rows(int from, int to, const Shade& blank);
  void fill(char32_t c);

 private:
  CellRow& line_at(int row) { return lines_[static_cast<std::size_t>(row)]; }
  static Cell blank_cell(const Shade& blank);
  void free_cell(CellRow& line, int column);
  void mend_end(CellRow& line) const;
  void scroll_up(int top, int lines, const Shade& blank);
  void scroll_down(int top, int lines, const Shade& blank);
  void keep(const CellRow& line);
  bool in_region() const { return cursor_.row >= top_ && cursor_.row <= bottom_; }

  int rows_, columns_, top_ = 0, bottom_;
  bool keeps_history_, wraps_ = false;
  Place cursor_, written_{-1, -1};
  std::vector<CellRow> lines_;
  std::deque<CellRow> history_;
  std::size_t history_cells_ = 0;
};

}  // namespace ptop::app
