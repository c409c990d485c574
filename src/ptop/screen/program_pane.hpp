// The program that ptop was given, and its terminal as a pane: state, fed with what the program writes.
#pragma once

#include <optional>
#include <string>

#include "emulation/emulation.hpp"
#include "keymap.hpp"
#include "program_port.hpp"
#include "ptop/base/ids.hpp"

namespace ptop::app {

class ProgramPane {
 public:
  /// part: beside the processes; whole: instead of them.
  enum class Size : std::uint8_t { part, whole, hidden };

  /// `command`: escaped. `port` is borrowed.
  ProgramPane(std::string command, ProgramPort& port);

  // What happens to it.
  void started(Pid pid) { pid_ = pid; }
  void on_output(std::string_view bytes);
  void ended(const ProgramEnd& end) { end_ = end, size_ = size_ == Size::hidden ? Size::part : size_; }
  void resize(int rows, int columns);

  // What the user does.
  void press(Key key);
  /// In cells of the pane.
  void point(const Mouse& mouse);
  /// Lines; up is back.
  void scroll(int lines);
  void next_size();
  void set_size(Size size) { size_ = size; }

  Size size() const { return size_; }
  bool running() const { return pid_ && !end_; }
  bool wants_mouse() const { return running() && emulation_.modes().mouse != MouseWish::nothing; }
  MouseWish mouse_wish() const { return running() ? emulation_.modes().mouse : MouseWish::nothing; }
  /// "vim -R notes"; escaped.
  const std::string& command() const { return command_; }
  std::optional<Pid> pid() const { return pid_; }
  /// "runs", "exit 3", "ended", "killed by SIGSEGV, core dumped".
  std::string state() const;
  bool take_bell() { return emulation_.take_bell(); }

  const Emulation& emulation() const { return emulation_; }
  /// Lines of history above the first one that is shown.
  int scrolled() const { return scrolled_; }
  /// CellRow `row` of the pane, as far as it was scrolled.
  const CellRow& shown_line(int row) const;

 private:
  std::string command_;
  ProgramPort& port_;
  Emulation emulation_;
  std::optional<Pid> pid_;
  std::optional<ProgramEnd> end_;
  Size size_ = Size::part;
  int scrolled_ = 0;
  std::size_t history_seen_ = 0;
};

}  // namespace ptop::app
