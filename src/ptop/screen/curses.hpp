// The terminal. curses.cpp is the only file that knows ncurses.
#pragma once

#include <memory>
#include <string>

#include "keymap.hpp"
#include "ptop/base/result.hpp"
#include "surface.hpp"

namespace ptop::app {

/// True when the locale writes UTF-8. Call after setlocale(3).
bool locale_is_utf8();

/// Takes the terminal on construction and gives it back as it was found: main screen, cursor, modes.
class Terminal {
 public:
  /// Errors: `unsupported`, with one line for the person: TERM is unset or unknown, or cannot place a cursor.
  static Result<std::unique_ptr<Terminal>> open(bool colour, bool utf8, bool mouse);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  int rows() const;
  int columns() const;
  /// After SIGWINCH: asks the terminal for its size.
  void resized();
  void draw(const Surface& surface);
  /// The next draw repaints everything: something else wrote to the screen.
  void forget();
  /// Key::none when there is none. Never blocks.
  Key read_key();
  /// After key::mouse.
  Mouse mouse() const;

  /// Gives the terminal back for a while (job control), and takes it again.
  void leave();
  void enter();

 private:
  struct State;
  explicit Terminal(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace ptop::app
