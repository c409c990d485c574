// Keys as one table: the dispatcher, the help screen and the hint bar are made from it. htop's dialect first.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ptop::app {

/// A character as Unicode code point (control characters included), or one of the codes below, which are
/// beyond Unicode.
using Key = char32_t;

namespace key {
inline constexpr Key none = 0, tab = 9, enter = 10, escape = 27, space = 32;
inline constexpr Key up = 0x110000, down = 0x110001, left = 0x110002, right = 0x110003, page_up = 0x110004,
                     page_down = 0x110005, home = 0x110006, end = 0x110007, backspace = 0x110008,
                     del = 0x110009, back_tab = 0x11000a,
                     mouse = 0x11000b;  ///< mouse: Terminal::mouse() tells
constexpr Key f(unsigned n) { return 0x110100 + n; }
constexpr Key ctrl(char c) { return static_cast<Key>(c & 0x1f); }
}  // namespace key

/// A press of a button, in cells of the screen.
struct Mouse {
  enum class Button : std::uint8_t { left, right, wheel_up, wheel_down };
  Button button = Button::left;
  int row = 0, column = 0;
};

enum class Action : std::uint8_t {
  help,
  search,
  filter,
  toggle_tree,
  sort_menu,
  follow_menu,
  quit,
  up,
  down,
  page_up,
  page_down,
  home,
  end,
  left,
  right,
  pid_digit,
  focus_other,
  toggle_node,
  expand,
  collapse,
  toggle_all,
  follow,
  follow_tree,
  detach,
  sort_cpu,
  sort_memory,
  sort_time,
  sort_pid,
  invert_sort,
  toggle_kthreads,
  user_menu,
  details,
  files,
  environment,
  locks,
  tag,
  tag_branch,
  untag_all,
  kill,
  nicer,
  less_nice,
  io_priority,
  next_tab,
  previous_tab,
  pause,
  redraw,
  menu_choose,
  menu_cancel,
  prompt_accept,
  prompt_cancel,
  prompt_next,
  prompt_erase,
  prompt_clear,
  prompt_complete,
  details_close,
  help_close,
};

/// Where a key is pressed. `anywhere` means list and pane.
enum class Context : std::uint8_t { anywhere, list, pane, details, menu, prompt, help_screen };

struct Binding {
  Action action;
  Context where;
  std::array<Key, 10> keys;  ///< the first one is what the hint bar names; none fills the rest
  std::string_view hint;     ///< one word for the hint bar; empty: not shown there
  std::string_view help;     ///< one line for the help screen
};

std::span<const Binding> bindings();

/// The action of `key` in `where`. For list and pane, bindings of `anywhere` apply too.
std::optional<Action> find_action(Key key, Context where);

/// "F1", "PgUp", "Enter", "^L", "s".
std::string key_name(Key key);
/// All keys of a row: "F3 /".
std::string key_names(const Binding& binding);
/// "everywhere", "in the list", "in the event pane"…: a heading of the help screen.
std::string_view context_name(Context where);

}  // namespace ptop::app
