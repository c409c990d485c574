// The terminal. curses.cpp is the only file that knows ncurses.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "emulation/modes.hpp"
#include "keymap.hpp"
#include "ptop/base/result.hpp"
#include "surface.hpp"
#include "terminal_output.hpp"
#include "theme.hpp"

namespace ptop::app {

/// True when the locale writes UTF-8. Call after setlocale(3).
bool locale_is_utf8();

/// What of the settings concerns it.
struct TerminalLook {
  std::string theme = "default";
  std::string colours = "auto";  ///< one of colour_names()
  bool mouse = true;
  friend bool operator==(const TerminalLook&, const TerminalLook&) = default;
};

/// Takes the terminal on construction and gives it back as it was found: main screen, cursor, modes. These
/// two wait for it, as do enter() and leave(); nothing else does.
class Terminal {
 public:
  /// Errors: `unsupported`, with one line for the person: TERM is unset or unknown, or cannot place a cursor.
  static Result<std::unique_ptr<Terminal>> open(bool utf8, const TerminalLook& look, TerminalOutput& output);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// From the next draw on. "true" colours are for open() alone.
  void set_look(const TerminalLook& look);

  void set_input(const InputMode& mode);
  /// Ctrl-C, Ctrl-Z and Ctrl-\ are keys for ptop too: typed right behind a key that changes whom they are
  /// for, they would otherwise be signals already.
  void set_raw(bool raw);
  void ring();

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
  void use_input();
  void forget_input();
  void show_cursor(std::optional<Place> place);
  explicit Terminal(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace ptop::app
