// What a program asked of its terminal's keys and mouse.
#pragma once

#include <cstdint>

namespace ptop::app {

/// Which movements of the mouse a program wants to hear of.
enum class MouseWish : std::uint8_t { nothing, presses, drags, moves };

struct Modes {
  bool alternate = false;           ///< the alternate screen is shown
  bool application_cursor = false;  ///< arrows are ESC O, not ESC [
  bool new_line = false;            ///< Enter is CR LF
  bool bracketed_paste = false;
  MouseWish mouse = MouseWish::nothing;
  bool sgr_mouse = false;  ///< places as decimal numbers, beyond column 223
};

/// Whom the keys are for.
struct InputMode {
  bool program = false;  ///< a program in a pane: Ctrl-C and the like are characters, and pastes are told
  MouseWish mouse = MouseWish::nothing;  ///< of that program
  friend bool operator==(const InputMode&, const InputMode&) = default;
};

}  // namespace ptop::app
