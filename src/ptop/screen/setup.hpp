// The setup screen as state: pages of panels of rows, and what keys do to the settings there. Knows no
// terminal.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace ptop::app {

enum class SetupPage : std::uint8_t { display, meters, screens, columns, colours, keys };
inline constexpr std::size_t setup_page_count = 6;
std::string_view setup_page_title(SetupPage page);

struct SetupRow {
  std::string text;  ///< escaped
  std::string note;  ///< escaped, at the right
  std::string help;  ///< escaped, one sentence
};
struct SetupPanel {
  std::string title;
  std::vector<SetupRow> rows;
};

class Setup {
 public:
  /// `tab`: the screen that is shown.
  explicit Setup(const Settings& settings, std::size_t tab) : before_(settings), screen_(tab) {}

  SetupPage page() const { return static_cast<SetupPage>(cursors_[0]); }
  /// The pages' names, then the page's own.
  std::vector<SetupPanel> panels(const Settings& settings) const;
  std::size_t panel() const { return panel_; }
  std::size_t cursor(std::size_t panel) const { return cursors_[panel]; }
  /// Which of the screens is looked at.
  std::size_t screen() const { return screen_; }
  /// What is being typed, with a label before it: "Name: abc"; nullopt: nothing.
  std::optional<std::string> typing() const;
  /// The next key is taken as the key of an action.
  bool capturing() const { return capturing_; }
  /// What went wrong with the last key, or what it did; escaped.
  const std::string& message() const { return message_; }

  /// True when the settings changed. Actions that are not of setup are ignored.
  bool act(Settings& settings, Action action);
  /// A key while something is typed or captured. True when the settings changed.
  bool take_key(Settings& settings, const Keymap& keymap, Key key);
  void select(const Settings& settings, std::size_t panel, std::size_t row);

 private:
  static constexpr std::size_t most_panels = 4;
  enum class Field : std::uint8_t { name, query, new_screen };
  struct Typing {
    Field field;
    std::string text;
  };

  void move(const Settings& settings, Action action);
  void fit(const Settings& settings);
  bool act_on_options(Settings& settings, OptionPage page, Action action);
  bool act_on_meters(Settings& settings, Action action);
  bool move_meter_over(Settings& settings, std::size_t to);
  bool act_on_screens(Settings& settings, Action action);
  bool act_on_screen_list(Settings& settings, Action action);
  bool act_on_screen_field(Tab& tab, Action action);
  bool act_on_columns(Settings& settings, Action action);
  bool act_on_active_column(Tab& tab, Action action);
  bool act_on_keys(Settings& settings, Action action);
  bool accept_typing(Settings& settings);
  bool capture(Settings& settings, Key key);
  std::size_t& row() { return cursors_[panel_]; }

  Settings before_;
  std::array<std::size_t, most_panels> cursors_{};
  std::size_t panel_ = 0, screen_ = 0;
  std::optional<Typing> typing_;
  bool capturing_ = false, adding_ = false;
  std::string message_;
};

/// The rows of the page of keys: every action that has a row in the table, once for each place.
std::vector<Binding> rebindable(const Keymap& keymap);

}  // namespace ptop::app
