// What the user decided about the screen, and what can be decided: a table, from which the file, the setup
// screen and the documentation are made. Pure state; settings_toml.hpp knows the file's syntax,
// settings_file.hpp the file.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "keymap.hpp"
#include "meters.hpp"
#include "tabs.hpp"

namespace ptop::app {

/// The keys that one action has instead of those in the table.
struct KeyChange {
  Context where = Context::list;
  Action action = Action::help;
  std::vector<Key> keys;
  friend bool operator==(const KeyChange&, const KeyChange&) = default;
};

struct Settings {
  std::vector<Tab> screens = make_tabs(default_columns());
  /// Left and right.
  std::array<std::vector<Meter>, 2> meters = default_meters();
  std::vector<KeyChange> keys{};

  // Each of these has a row in options().
  bool show_meters = true, show_tabs = true, show_hints = true, show_cost = false;
  bool threads = false, kernel_threads = true, program_path = true, merged_command = false;
  bool shadow_others = false, cursor_follows = true, mouse = true, confirm_signals = false, vi_keys = false;
  bool save = true;
  int mark_scans = 3;
  double delay_s = 1.5;
  std::string theme = "default", colours = "auto";
  bool ascii = false, plain = false;
};

enum class OptionPage : std::uint8_t { display, colours };

struct Option {
  std::string_view key;  ///< in the file
  OptionPage page;
  std::string_view title;  ///< on the setup screen
  std::string_view help;   ///< one sentence
  std::variant<bool Settings::*, int Settings::*, double Settings::*, std::string Settings::*> value;
  double least = 0, most = 0, step = 1;                      ///< of a number
  std::span<const std::string_view> (*choices)() = nullptr;  ///< of a word
};
std::span<const Option> options();
const Option* find_option(std::string_view key);
/// "yes", "1.5", "default".
std::string option_text(const Option& option, const Settings& settings);
/// The next value up, or down; a switch turns round, and a word goes on to the first after the last.
void step_option(const Option& option, Settings& settings, bool up);

/// The keys as these settings have them.
Keymap keymap_of(const Settings& settings);

}  // namespace ptop::app
