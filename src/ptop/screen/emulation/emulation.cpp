// What each control character, escape and sequence does: those of terminfo's xterm-256color, and what
// programs send besides. Source: ECMA-48, and xterm's "Control Sequences".
#include "emulation/emulation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "characters.hpp"
#include "ptop/base/escape.hpp"

namespace ptop::app {
namespace {

constexpr int tab_width = 8;
constexpr std::size_t most_answers = 4096;  // a program that asks and never reads gets no more

/// Columns of a character; -1: it must not be shown. The text of a cell is a stranger's: invisible and
/// direction-changing characters would shift what comes after them.
int width_of(char32_t c) {
  if (c < 0x7f) return 1;
  std::string text;
  append_character(text, c);
  return escaped(text) == text ? static_cast<int>(display_width(text)) : -1;
}

/// DEC's line drawing, for 0x5f to 0x7e.
constexpr std::u32string_view graphics = U" ◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

}  // namespace

Emulation::Emulation(int rows, int columns) : main_(rows, columns, true), alternate_(rows, columns, false) {
  set_tabs();
}

void Emulation::resize(int rows, int columns) {
  if (rows == this->rows() && columns == this->columns()) return;
  main_.resize(rows, columns);
  alternate_.resize(rows, columns);
  for (auto at = static_cast<int>(tabs_.size()); at < main_.columns(); ++at)
    tabs_.push_back(at % tab_width == 0);
}

void Emulation::set_tabs() {
  tabs_.clear();
  for (int at = 0; at < main_.columns(); ++at) tabs_.push_back(at % tab_width == 0);
}

std::optional<Place> Emulation::cursor() const {
  return cursor_shown_ ? std::optional(grid().cursor()) : std::nullopt;
}

void Emulation::on_character(char32_t c) {
  if (graphics_[second_ ? 1 : 0] && c >= 0x5f && c <= 0x7e) c = graphics[c - 0x5f];
  const int width = width_of(c);
  if (width > 0) return put(c, width);
  if (width == 0) grid().add_mark(c);
}

void Emulation::put(char32_t c, int width) {
  last_ = c;
  grid().put(c, width, pen_, autowrap_, insert_);
}

void Emulation::repeat(int times) {
  const int width = last_ == 0 ? 0 : width_of(last_);
  times = std::min(times, rows() * columns());
  for (int i = 0; width > 0 && i < times; ++i) put(last_, width);
}

void Emulation::on_control(char c) {
  switch (c) {
    case '\a':
      bell_ = true;
      return;
    case '\b':
      return grid().move_by(0, -1);
    case '\t':
      return tab(1);
    case '\n':
    case '\v':
    case '\f':
      grid().line_feed(pen_);
      if (modes_.new_line) grid().move_to_column(0);
      return;
    case '\r':
      return grid().move_to_column(0);
    case '\x0e':
      second_ = true;
      return;
    case '\x0f':
      second_ = false;
      return;
    default:
      return;
  }
}

void Emulation::tab(int times) {
  int column = grid().cursor().column;
  for (int i = 0; i < times && column < columns() - 1; ++i)
    for (++column; column < columns() - 1 && !tabs_[static_cast<std::size_t>(column)];) ++column;
  grid().move_to_column(column);
}

void Emulation::back_tab(int times) {
  int column = grid().cursor().column;
  for (int i = 0; i < times && column > 0; ++i)
    for (--column; column > 0 && !tabs_[static_cast<std::size_t>(column)];) --column;
  grid().move_to_column(column);
}

void Emulation::save() { saved_ = {grid().cursor(), pen_, graphics_, second_, origin_}; }

void Emulation::restore() {
  pen_ = saved_.pen, graphics_ = saved_.graphics, second_ = saved_.second, origin_ = saved_.origin;
  grid().move_to(saved_.cursor.row, saved_.cursor.column);
}

void Emulation::soft_reset() {
  pen_ = {}, graphics_ = {}, second_ = false, saved_ = {};
  origin_ = insert_ = modes_.application_cursor = false;
  autowrap_ = cursor_shown_ = true;
  grid().set_region(0, rows() - 1);
}

void Emulation::reset() {
  soft_reset();
  modes_ = {};
  main_.reset(), alternate_.reset();
  main_.clear_history();
  set_tabs();
  last_ = 0;
}

void Emulation::on_escape(char intermediate, char final) {
  if (intermediate == '(' || intermediate == ')') {
    graphics_[intermediate == ')' ? 1 : 0] = final == '0';
    return;
  }
  if (intermediate == '#' && final == '8') return grid().fill(U'E');
  if (intermediate != 0) return;
  switch (final) {
    case '7':
      return save();
    case '8':
      return restore();
    case 'E':
      grid().line_feed(pen_);
      return grid().move_to_column(0);
    case 'D':
      return grid().line_feed(pen_);
    case 'M':
      return grid().reverse_line_feed(pen_);
    case 'H':
      tabs_[static_cast<std::size_t>(grid().cursor().column)] = true;
      return;
    case 'c':
      return reset();
    default:
      return;
  }
}

void Emulation::on_sequence(const Sequence& s) {
  if (s.intermediate == '!' && s.final == 'p') return soft_reset();
  if (s.intermediate == '$' && s.final == 'p' && s.leader == '?') return report_mode(s.number(0, 0));
  if (s.intermediate != 0) return;
  if (s.final == 'c' || s.final == 'n' || s.final == 't') return report(s);
  if (s.final == 'h' || s.final == 'l') return set_modes(s, s.final == 'h');
  if (s.leader != 0 && s.final != 'J' && s.final != 'K') return;
  if (s.final == 'm') return select_rendition(s, pen_);
  if (!on_move(s)) on_edit(s);
}

/// Rows count from the region's first one in origin mode.
void Emulation::go_to_row(int row) {
  const int column = grid().cursor().column;
  if (origin_)
    grid().move_to(std::min(grid().top() + row, grid().bottom()), column);
  else
    grid().move_to(row, column);
}

bool Emulation::on_move(const Sequence& s) {
  const int n = s.number(0, 1);
  switch (s.final) {
    case 'A':
      return grid().move_by(-n, 0), true;
    case 'B':
    case 'e':
      return grid().move_by(n, 0), true;
    case 'C':
    case 'a':
      return grid().move_by(0, n), true;
    case 'D':
      return grid().move_by(0, -n), true;
    case 'E':
      return grid().move_by(n, 0), grid().move_to_column(0), true;
    case 'F':
      return grid().move_by(-n, 0), grid().move_to_column(0), true;
    case 'G':
    case '`':
      return grid().move_to_column(n - 1), true;
    case 'd':
      return go_to_row(n - 1), true;
    case 'H':
    case 'f':
      return go_to_row(n - 1), grid().move_to_column(s.number(1, 1) - 1), true;
    case 'I':
      return tab(n), true;
    case 'Z':
      return back_tab(n), true;
    case 's':
      return save(), true;
    case 'u':
      return restore(), true;
    case 'r':
      return set_region(s), true;
    default:
      return false;
  }
}

void Emulation::set_region(const Sequence& s) {
  if (!grid().set_region(s.number(0, 1) - 1, s.number(1, rows()) - 1)) return;
  go_to_row(0);
  grid().move_to_column(0);
}

bool Emulation::on_edit(const Sequence& s) {
  const int n = s.number(0, 1), what = s.number(0, 0);
  const Place at = grid().cursor();
  switch (s.final) {
    case '@':
      return grid().insert_cells(n, pen_), true;
    case 'P':
      return grid().delete_cells(n, pen_), true;
    case 'X':
      return grid().erase(at.row, at.column, at.column + n, pen_), true;
    case 'L':
      return grid().insert_lines(n, pen_), grid().move_to_column(0), true;
    case 'M':
      return grid().delete_lines(n, pen_), grid().move_to_column(0), true;
    case 'S':
      return grid().scroll_up(n, pen_), true;
    case 'T':
      return grid().scroll_down(n, pen_), true;
    case 'J':
      return erase_display(what), true;
    case 'K':
      return erase_line(what), true;
    case 'b':
      return repeat(n), true;
    case 'g':
      if (what == 3) std::fill(tabs_.begin(), tabs_.end(), false);
      if (what == 0) tabs_[static_cast<std::size_t>(at.column)] = false;
      return true;
    default:
      return false;
  }
}

void Emulation::erase_display(int what) {
  const Place at = grid().cursor();
  if (what == 0) {
    erase_line(0);
    grid().erase_rows(at.row + 1, rows(), pen_);
  } else if (what == 1) {
    grid().erase_rows(0, at.row, pen_);
    erase_line(1);
  } else if (what == 2) {
    grid().erase_rows(0, rows(), pen_);
  } else if (what == 3) {
    main_.clear_history();
  }
}

void Emulation::erase_line(int what) {
  const Place at = grid().cursor();
  if (what > 2) return;
  grid().erase(at.row, what == 0 ? at.column : 0, what == 1 ? at.column + 1 : columns(), pen_);
}

void Emulation::set_modes(const Sequence& s, bool on) {
  for (std::size_t i = 0; i < s.count; ++i) {
    const int mode = s.numbers[i];
    if (s.leader == '?') set_private_mode(mode, on);
    if (s.leader == 0 && mode == 4) insert_ = on;
    if (s.leader == 0 && mode == 20) modes_.new_line = on;
  }
}

void Emulation::set_private_mode(int mode, bool on) {
  const auto wish = [&](MouseWish mouse) { modes_.mouse = on ? mouse : MouseWish::nothing; };
  switch (mode) {
    case 1:
      modes_.application_cursor = on;
      return;
    case 6:
      origin_ = on;
      go_to_row(0);
      return grid().move_to_column(0);
    case 7:
      autowrap_ = on;
      return;
    case 25:
      cursor_shown_ = on;
      return;
    case 47:
    case 1047:
      return use_alternate(on, mode == 1047 && !on);
    case 1048:
      return on ? save() : restore();
    case 1049:
      if (on && !modes_.alternate) save(), saved_main_ = saved_;
      use_alternate(on, true);
      if (!on) saved_ = saved_main_, restore();
      return;
    case 1000:
      return wish(MouseWish::presses);
    case 1002:
      return wish(MouseWish::drags);
    case 1003:
      return wish(MouseWish::moves);
    case 1006:
      modes_.sgr_mouse = on;
      return;
    case 2004:
      modes_.bracketed_paste = on;
      return;
    default:
      return;
  }
}

/// The cursor goes with it.
void Emulation::use_alternate(bool on, bool clear) {
  if (on == modes_.alternate) return;
  const Place at = grid().cursor();
  if (clear) alternate_.erase_rows(0, rows(), {});
  modes_.alternate = on;
  grid().move_to(at.row, at.column);
}

std::optional<bool> Emulation::private_mode(int mode) const {
  switch (mode) {
    case 1:
      return modes_.application_cursor;
    case 6:
      return origin_;
    case 7:
      return autowrap_;
    case 25:
      return cursor_shown_;
    case 1000:
      return modes_.mouse == MouseWish::presses;
    case 1002:
      return modes_.mouse == MouseWish::drags;
    case 1003:
      return modes_.mouse == MouseWish::moves;
    case 1006:
      return modes_.sgr_mouse;
    case 1049:
      return modes_.alternate;
    case 2004:
      return modes_.bracketed_paste;
    default:
      return std::nullopt;
  }
}

void Emulation::report_mode(int mode) {
  const auto set = private_mode(mode);
  if (answers_.size() < most_answers) answers_ += fmt::format("\x1b[?{};{}$y", mode, !set ? 0 : *set ? 1 : 2);
}

/// What it is, where its cursor is, how large it is.
void Emulation::report(const Sequence& s) {
  if (answers_.size() >= most_answers) return;
  const Place at = grid().cursor();
  const int what = s.number(0, 0);
  if (s.final == 'c' && s.leader == 0 && what == 0) answers_ += "\x1b[?62;22c";
  if (s.final == 'c' && s.leader == '>' && what == 0) answers_ += "\x1b[>1;277;0c";
  if (s.final == 'n' && s.leader == 0 && what == 5) answers_ += "\x1b[0n";
  if (s.final == 'n' && what == 6 && (s.leader == 0 || s.leader == '?'))
    answers_ += fmt::format("\x1b[{}{};{}R", s.leader == '?' ? "?" : "",
                            at.row + 1 - (origin_ ? grid().top() : 0), at.column + 1);
  if (s.final == 't' && s.leader == 0 && what == 18)
    answers_ += fmt::format("\x1b[8;{};{}t", rows(), columns());
}

}  // namespace ptop::app
