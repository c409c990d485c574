// A terminal without one: what a program writes becomes cells, a cursor and modes; what it asks is answered.
// What it can do is what the terminfo entry named by term_name() says. Our own, since the library there is
// for this does not stand hostile input (docs/ARCHITECTURE.md).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emulation/grid.hpp"
#include "emulation/modes.hpp"
#include "emulation/parser.hpp"

namespace ptop::app {

class Emulation : private Receiver {
 public:
  /// For TERM.
  static constexpr std::string_view term_name = "xterm-256color";

  Emulation(int rows, int columns);
  void feed(std::string_view bytes) { parser_.feed(bytes, *this); }
  void resize(int rows, int columns);

  int rows() const { return grid().rows(); }
  int columns() const { return grid().columns(); }
  const CellRow& line(int row) const { return grid().line(row); }
  /// Lines that went out at the top, the oldest first; none of the alternate screen.
  const std::deque<CellRow>& history() const { return main_.history(); }
  /// nullopt: the program hides it.
  std::optional<Place> cursor() const;
  const Modes& modes() const { return modes_; }

  /// What has to be written to the program.
  std::string take_answers() { return std::exchange(answers_, {}); }
  bool take_bell() { return std::exchange(bell_, false); }

 private:
  /// What ESC 7 keeps.
  struct Saved {
    Place cursor;
    Shade pen;
    std::array<bool, 2> graphics{};
    bool second = false, origin = false;
  };

  void on_character(char32_t c) override;
  void on_control(char c) override;
  void on_escape(char intermediate, char final) override;
  void on_sequence(const Sequence& s) override;

  void put(char32_t c, int width);
  void repeat(int times);
  void save();
  void restore();
  void reset();
  void soft_reset();
  void tab(int times);
  void back_tab(int times);
  void set_tabs();
  bool on_move(const Sequence& s);
  bool on_edit(const Sequence& s);
  void erase_display(int what);
  void erase_line(int what);
  void set_region(const Sequence& s);
  void go_to_row(int row);
  void set_modes(const Sequence& s, bool on);
  void set_private_mode(int mode, bool on);
  void use_alternate(bool on, bool clear);
  void report(const Sequence& s);
  void report_mode(int mode);
  std::optional<bool> private_mode(int mode) const;

  Grid& grid() { return modes_.alternate ? alternate_ : main_; }
  const Grid& grid() const { return modes_.alternate ? alternate_ : main_; }

  Parser parser_;
  Grid main_, alternate_;
  Modes modes_;
  Shade pen_;
  std::array<bool, 2> graphics_{};  ///< G0, G1: line drawing
  bool second_ = false;             ///< G1 is in use
  bool origin_ = false, autowrap_ = true, insert_ = false, cursor_shown_ = true;
  Saved saved_, saved_main_;
  std::vector<bool> tabs_;
  char32_t last_ = 0;
  std::string answers_;
  bool bell_ = false;
};

/// Select Graphic Rendition: the parameters of CSI … m change how the next characters look.
void select_rendition(const Sequence& s, Shade& pen);

}  // namespace ptop::app
