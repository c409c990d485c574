// A grid of character cells: what the views draw on. Knows no terminal, so tests can read it as text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/render/style.hpp"

namespace ptop::app {

/// How a cell is meant; theme.cpp says how each looks.
enum class Ink : std::uint8_t {
  plain,
  faint,
  strong,
  good,
  warning,
  bad,
  user,
  name,
  argument,
  tree,
  zombie,
  orphan,
  stopped,
  traced,
  kthread,
  running,
  header,
  header_sort,
  selection,
  selection_lost,
  match,
  hint_key,
  hint_text,
  message,
  error,
  title,
  title_focused,
  frame,
  bar_low,
  bar_mid,
  bar_high,
  bar_cache,
  bar_text,
  event_birth,
  event_exec,
  event_end,
  event_signal,
  event_call,
  tagged,
  program,  ///< what a program wrote on its terminal: Cell::shade says how
  thread,
};
inline constexpr std::size_t ink_count = 41;

Ink ink_of(render::Role role);

/// Text attributes, to be combined.
enum Attribute : std::uint8_t {
  normal = 0,
  bold = 1,
  dim = 2,
  reverse = 4,
  underline = 8,
  italic = 16,
  blink = 32,
  hidden = 64
};

inline constexpr int own_colour = -1;                   ///< the terminal's own foreground or background
inline constexpr std::int32_t direct_colour = 1 << 24;  ///< with 0xRRGGBB below it

/// A look of a program's own: own_colour, the palette's 0 to 255, or direct_colour.
struct Shade {
  std::int32_t fg = own_colour, bg = own_colour;
  std::uint8_t attributes = normal;
  friend bool operator==(const Shade&, const Shade&) = default;
};

/// One terminal column. A wide character owns its own cell (width 2) and the next one (width 0).
struct Cell {
  char32_t base = U' ';
  std::array<char32_t, 3> marks{};  ///< combining characters, 0 = none; more than three are dropped
  Ink ink = Ink::plain;
  std::uint8_t width = 1;
  Shade shade{};  ///< with Ink::program
  friend bool operator==(const Cell&, const Cell&) = default;
};

/// What a click on a part of the screen means. `value` is its number: a key, a row of the list…
struct Spot {
  enum class Kind : std::uint8_t {
    nothing,
    key,
    tab,
    details_tab,
    column,
    row,
    menu_item,
    pane,
    setup_row,
    program,
    details_line
  };
  Kind kind = Kind::nothing;
  std::uint64_t value = 0;
};

struct Place {
  int row = 0, column = 0;
  friend bool operator==(const Place&, const Place&) = default;
};

class Surface {
 public:
  Surface(int rows, int columns);
  int rows() const { return rows_; }
  int columns() const { return columns_; }
  void clear();

  const Cell& at(int row, int column) const { return cells_[index(row, column)]; }
  /// Writes escaped text from (row, column) on, never past `limit` columns or the edge, never half a wide
  /// character. Returns the columns used. Outside the grid nothing happens.
  int put(int row, int column, std::string_view escaped_text, Ink ink, int limit);

  /// One character with its marks; a wide one takes two columns. False: it does not fit before `limit`
  /// columns.
  bool put_cell(int row, int column, const Cell& cell, int limit);

  /// Clicks on these columns of the row mean `spot`; what is drawn later lies above.
  void touch(int row, int column, int width, Spot spot);
  Spot spot_at(int row, int column) const;

  /// Where the terminal's cursor is to be; nullopt: it is not to be seen.
  std::optional<Place> cursor() const { return cursor_; }
  void set_cursor(int row, int column) { cursor_ = {row, column}; }

  /// What a person would read on that row: UTF-8, without the blanks at its end.
  std::string text(int row) const;
  /// All rows, each ended by a newline.
  std::string text() const;

 private:
  std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }
  void place(int row, int column, char32_t c, int width, Ink ink);
  void free_cell(int row, int column);

  struct Area {
    int row, column, width;
    Spot spot;
  };

  int rows_, columns_;
  std::vector<Cell> cells_;
  std::vector<Area> spots_;
  std::optional<Place> cursor_;
};

/// A rectangle of a Surface with coordinates of its own. Drawing is clipped to it.
class Region {
 public:
  explicit Region(Surface& surface) : Region(surface, 0, 0, surface.rows(), surface.columns()) {}
  int rows() const { return rows_; }
  int columns() const { return columns_; }
  /// The part of this region that lies in the given rectangle; may be empty.
  Region part(int row, int column, int rows, int columns) const;
  Region below(int row) const { return part(row, 0, rows_ - row, columns_); }

  /// As Surface::put; `limit` < 0: to the edge of the region.
  int put(int row, int column, std::string_view escaped_text, Ink ink, int limit = -1) const;
  void put_cell(int row, int column, const Cell& cell) const;
  /// The text ends before column `end`; what does not fit is cut at its right.
  void put_right(int row, int end, std::string_view escaped_text, Ink ink) const;
  void touch(int row, int column, int width, Spot spot) const;
  /// The whole of it.
  void touch(Spot spot) const;
  void fill(int row, Ink ink, char c = ' ') const;
  void fill(Ink ink) const;
  void set_cursor(int row, int column) const { surface_->set_cursor(row_ + row, column_ + column); }

 private:
  Region(Surface& surface, int row, int column, int rows, int columns)
      : surface_(&surface), row_(row), column_(column), rows_(rows), columns_(columns) {}
  Surface* surface_;
  int row_, column_, rows_, columns_;
};

}  // namespace ptop::app
