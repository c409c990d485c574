// Keys as one table: the dispatcher, the help screen and the hint bar are made from it. htop's dialect first.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ptop::app {

/// A character as Unicode code point (control characters included), or one of the codes below, which are
/// beyond Unicode.
using Key = char32_t;

namespace key {
inline constexpr Key none = 0, tab = 9, enter = 10, escape = 27, space = 32;
inline constexpr Key up = 0x110000, down = 0x110001, left = 0x110002, right = 0x110003, page_up = 0x110004,
                     page_down = 0x110005, home = 0x110006, end = 0x110007, backspace = 0x110008,
                     del = 0x110009, back_tab = 0x11000a,
                     mouse = 0x11000b,  ///< Terminal::mouse() tells
    insert = 0x11000c;
/// Where every key is a program's: what else are Ctrl-J, Ctrl-Space, and the ends of what is pasted.
inline constexpr Key line_feed = 0x11000d, nul = 0x11000e, paste_begin = 0x11000f, paste_end = 0x110010;
constexpr Key f(unsigned n) { return 0x110100 + n; }  ///< 13 to 24: with Shift
constexpr Key alt(char c) { return 0x110200 + static_cast<unsigned char>(c); }
constexpr Key ctrl(char c) { return static_cast<Key>(c & 0x1f); }

/// Of the keys from `up` to `insert`; as xterm counts them.
inline constexpr unsigned shift = 1, alt_bit = 2, control = 4;
constexpr Key modified(Key k, unsigned modifiers) { return k | modifiers << 24; }
constexpr unsigned modifiers_of(Key k) { return k >> 24; }
constexpr Key unmodified(Key k) { return k & 0xffffff; }
}  // namespace key

/// A press of a button, in cells of the screen.
struct Mouse {
  enum class Button : std::uint8_t { left, middle, right, wheel_up, wheel_down, none };
  /// Others than presses only where a program wants to hear of them.
  enum class Kind : std::uint8_t { press, release, drag };
  Button button = Button::left;
  int row = 0, column = 0;
  Kind kind = Kind::press;
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
  toggle_threads,
  toggle_cost,
  group_menu,
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
  half_page_up,
  half_page_down,
  line_start,
  line_end,
  search_again,
  search_back,
  prompt_previous,
  setup,
  toggle_meters,
  toggle_path,
  toggle_merged,
  toggle_cursor_follow,
  wrapped_command,
  autogroup_nicer,
  autogroup_less_nice,
  setup_change,
  setup_more,
  setup_less,
  setup_add,
  setup_remove,
  setup_up,
  setup_down,
  setup_to_left,
  setup_to_right,
  setup_save,
  setup_undo,
  setup_close,
  toggle_calls,
  pane_counts,
  pane_pause,
  pane_save,
  pane_zoom,
  next_order,
  program_keys,
  program_size,
  program_back,
  program_forward,
  affinity,
  oom_adjustment,
  menu_mark,
  menu_erase,
  details_go,
  details_back,
  user_stacks,
};

/// "sort_cpu": what the settings call it.
std::string_view action_name(Action action);
/// The names, in the order of the table of keys.
std::span<const std::string_view> action_names();
std::optional<Action> find_action_name(std::string_view name);

/// Where a key is pressed. `anywhere` means list and pane; in `program` what has no meaning is the program's.
enum class Context : std::uint8_t {
  anywhere,
  list,
  pane,
  details,
  menu,
  prompt,
  setup,
  help_screen,
  program
};

struct Binding {
  Action action;
  Context where;
  std::array<Key, 10> keys;  ///< the first one is what the hint bar names; none fills the rest
  std::string_view hint;     ///< one word for the hint bar; empty: not shown there
  std::string_view help;     ///< one line for the help screen
};

/// As ptop has them without settings.
std::span<const Binding> bindings();
/// The action of `key` in `where`. For list and pane, bindings of `anywhere` apply too.
std::optional<Action> find_action(Key key, Context where);

/// The keys as the user has them.
class Keymap {
 public:
  Keymap();
  std::span<const Binding> bindings() const { return rows_; }
  std::optional<Action> find(Key key, Context where) const;
  /// The first key of an action; none: it has no key there.
  Key first_key(Action action, Context where) const;

  /// h j k l, g G, n N, ^D ^U and ^F ^B move. What h, k, l and N meant has other keys then.
  void add_vi_keys();
  /// These keys and no others are the action's, wherever it has keys and `where` allows; whatever else had
  /// them loses them. False: the action means nothing there, or the keys are more than a row can hold.
  bool bind(Action action, Context where, std::span<const Key> keys);

 private:
  void add_key(Action action, Context where, Key key);

  std::vector<Binding> rows_;
};

/// "F1", "S-F3", "PgUp", "Enter", "^L", "A-k", "s".
std::string key_name(Key key);
/// The other way round; nullopt: there is no such key.
std::optional<Key> parse_key(std::string_view name);
/// All keys of a row: "F3 /".
std::string key_names(const Binding& binding);
/// "everywhere", "in the list", "in the event pane"…: a heading of the help screen.
std::string_view context_name(Context where);
/// "list", "pane"…: what the settings call it.
std::string_view context_key(Context where);
inline constexpr Context all_contexts[] = {Context::anywhere, Context::list,        Context::pane,
                                           Context::details,  Context::menu,        Context::prompt,
                                           Context::setup,    Context::help_screen, Context::program};

}  // namespace ptop::app
