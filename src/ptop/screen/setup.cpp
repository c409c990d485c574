// What keys do on the setup screen.
#include "setup.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "characters.hpp"
#include "moves.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/model/query.hpp"

namespace ptop::app {
namespace {

constexpr std::size_t longest_text = 256, most_screens = 32, longest_name = 40, most_meters = 32;
constexpr int widest_column = 200;
constexpr std::ptrdiff_t page_rows = 8;

/// Swaps row `at` with its neighbour; the cursor goes along.
template <class T>
bool swap_rows(std::vector<T>& rows, std::size_t& at, bool up) {
  if (at >= rows.size() || (up ? at == 0 : at + 1 >= rows.size())) return false;
  const std::size_t other = up ? at - 1 : at + 1;
  std::swap(rows[at], rows[other]);
  at = other;
  return true;
}

bool is_change(Action action) {
  return action == Action::setup_change || action == Action::setup_more || action == Action::setup_less;
}

/// The next of the screen's columns to sort by.
void step_sort(Sort& sort, const std::vector<model::ColumnId>& columns, bool up) {
  const auto at = std::find(columns.begin(), columns.end(), sort.column);
  const std::size_t count = columns.size();
  const std::size_t index = at == columns.end() ? 0
                            : up                ? (static_cast<std::size_t>(at - columns.begin()) + 1) % count
                                 : (static_cast<std::size_t>(at - columns.begin()) + count - 1) % count;
  sort = {columns[index], model::column(columns[index]).first_sort == model::Order::descending};
}

GroupBy next_group(GroupBy by, bool up) {
  const std::size_t count = group_kinds().size(), at = static_cast<std::size_t>(by);
  return static_cast<GroupBy>((at + (up ? 1 : count - 1)) % count);
}

std::ptrdiff_t rows_moved(Action action, std::size_t rows) {
  if (action == Action::home) return -static_cast<std::ptrdiff_t>(rows);
  if (action == Action::end) return static_cast<std::ptrdiff_t>(rows);
  return lines_moved(action, page_rows + 1).value_or(0);
}

}  // namespace

void Setup::fit(const Settings& settings) {
  screen_ = std::min(screen_, settings.screens.size() - 1);
  const auto shown = panels(settings);
  panel_ = std::min(panel_, shown.size() - 1);
  for (std::size_t i = 0; i < shown.size(); ++i)
    cursors_[i] = shown[i].rows.empty() ? 0 : std::min(cursors_[i], shown[i].rows.size() - 1);
  const bool of_screens = page() == SetupPage::screens || page() == SetupPage::columns;
  if (of_screens) cursors_[1] = screen_;
}

void Setup::select(const Settings& settings, std::size_t panel, std::size_t row) {
  const bool other_page = panel == 0 && row != cursors_[0];
  panel_ = panel;
  cursors_[panel] = row;
  if (other_page) std::fill(cursors_.begin() + 1, cursors_.end(), 0);
  const bool of_screens = page() == SetupPage::screens || page() == SetupPage::columns;
  if (of_screens && panel == 1 && row != screen_) {
    screen_ = row;
    std::fill(cursors_.begin() + 2, cursors_.end(), 0);
  }
  fit(settings);
}

void Setup::move(const Settings& settings, Action action) {
  const auto shown = panels(settings);
  if (action == Action::left || action == Action::right) {
    const std::size_t to = action == Action::right ? panel_ + 1 : panel_ - 1;
    if (to < shown.size()) panel_ = to;  // to the left of the first one it wraps round, and is beyond
    return;
  }
  const auto rows = static_cast<std::ptrdiff_t>(shown[panel_].rows.size());
  if (rows == 0) return;
  const std::ptrdiff_t to =
      static_cast<std::ptrdiff_t>(row()) + rows_moved(action, shown[panel_].rows.size());
  select(settings, panel_, static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(to, 0, rows - 1)));
}

bool Setup::act(Settings& settings, Action action) {
  message_.clear();
  if (action == Action::setup_undo) {
    settings = before_;
    message_ = "everything is as it was when setup was opened";
    fit(settings);
    return true;
  }
  if (panel_ == 0) {
    if (action == Action::setup_change) action = Action::right;
    move(settings, action);
    return false;
  }
  bool changed = false;
  switch (page()) {
    case SetupPage::display:
      changed = act_on_options(settings, OptionPage::display, action);
      break;
    case SetupPage::colours:
      changed = act_on_options(settings, OptionPage::colours, action);
      break;
    case SetupPage::meters:
      changed = act_on_meters(settings, action);
      break;
    case SetupPage::screens:
      changed = act_on_screens(settings, action);
      break;
    case SetupPage::columns:
      changed = act_on_columns(settings, action);
      break;
    case SetupPage::keys:
      changed = act_on_keys(settings, action);
      break;
  }
  if (changed)
    fit(settings);
  else
    move(settings, action);
  return changed;
}

bool Setup::act_on_options(Settings& settings, OptionPage page, Action action) {
  if (!is_change(action)) return false;
  std::size_t index = 0;
  for (const Option& option : options()) {
    if (option.page != page || index++ != row()) continue;
    step_option(option, settings, action != Action::setup_less);
    return true;
  }
  return false;
}

bool Setup::act_on_meters(Settings& settings, Action action) {
  constexpr std::size_t all_panel = 3;
  if (panel_ == all_panel) {
    const bool left = action == Action::setup_change || action == Action::setup_to_left;
    if (!left && action != Action::setup_to_right) return false;
    auto& side = settings.meters[left ? 0 : 1];
    if (side.size() >= most_meters) return false;
    const MeterKind& kind = meter_kinds()[row()];
    side.push_back({kind.id, kind.styles[0]});
    return true;
  }
  auto& side = settings.meters[panel_ - 1];
  if (row() >= side.size()) return false;
  switch (action) {
    case Action::setup_change:
    case Action::setup_more:
    case Action::setup_less:
      side[row()].style = next_style(side[row()]);
      return true;
    case Action::setup_up:
    case Action::setup_down:
      return swap_rows(side, row(), action == Action::setup_up);
    case Action::setup_remove:
      side.erase(side.begin() + static_cast<std::ptrdiff_t>(row()));
      return true;
    case Action::setup_to_left:
      return move_meter_over(settings, 0);
    case Action::setup_to_right:
      return move_meter_over(settings, 1);
    default:
      return false;
  }
}

bool Setup::move_meter_over(Settings& settings, std::size_t to) {
  const std::size_t from = panel_ - 1;
  if (from == to) return false;
  auto& side = settings.meters[from];
  settings.meters[to].push_back(side[row()]);
  side.erase(side.begin() + static_cast<std::ptrdiff_t>(row()));
  panel_ = to + 1;
  cursors_[panel_] = settings.meters[to].size() - 1;
  return true;
}

bool Setup::act_on_screens(Settings& settings, Action action) {
  return panel_ == 1 ? act_on_screen_list(settings, action)
                     : act_on_screen_field(settings.screens[screen_], action);
}

bool Setup::act_on_screen_list(Settings& settings, Action action) {
  switch (action) {
    case Action::setup_change:
      typing_ = Typing{Field::name, settings.screens[screen_].name};
      return false;
    case Action::setup_add:
      if (settings.screens.size() < most_screens) typing_ = Typing{Field::new_screen, ""};
      return false;
    case Action::setup_up:
    case Action::setup_down:
      return swap_rows(settings.screens, screen_, action == Action::setup_up);
    case Action::setup_remove:
      if (settings.screens.size() == 1) {
        message_ = "the last screen stays";
        return false;
      }
      settings.screens.erase(settings.screens.begin() + static_cast<std::ptrdiff_t>(screen_));
      return true;
    default:
      return false;
  }
}

bool Setup::act_on_screen_field(Tab& tab, Action action) {
  enum : std::size_t { name, tree, tree_by, tree_down, list_by, list_down, group, query };
  if (!is_change(action)) return false;
  Arrangement& a = tab.arrangement;
  const bool up = action != Action::setup_less;
  switch (row()) {
    case name:
      typing_ = Typing{Field::name, tab.name};
      return false;
    case query:
      typing_ = Typing{Field::query, tab.query};
      return false;
    case tree:
      a.tree = !a.tree;
      return true;
    case tree_by:
      step_sort(a.tree_sort, tab.columns, up);
      return true;
    case tree_down:
      a.tree_sort.descending = !a.tree_sort.descending;
      return true;
    case list_by:
      step_sort(a.flat_sort, tab.columns, up);
      return true;
    case group:
      a.group = next_group(a.group, up);
      return true;
    case list_down:
      a.flat_sort.descending = !a.flat_sort.descending;
      return true;
    default:
      return false;
  }
}

bool Setup::act_on_columns(Settings& settings, Action action) {
  Tab& tab = settings.screens[screen_];
  if (panel_ == 1) {
    if (action == Action::setup_change) ++panel_;
    return false;
  }
  if (panel_ == 2) return act_on_active_column(tab, action);
  if (action != Action::setup_change && action != Action::setup_add && action != Action::setup_to_left)
    return false;
  const model::ColumnId id = model::columns()[row()].id;
  if (const auto there = std::find(tab.columns.begin(), tab.columns.end(), id); there != tab.columns.end()) {
    message_ = "it is shown already";
    return false;
  }
  // Before the cursor among those that are shown; the command at the end stays there.
  const auto at = std::min(cursors_[2], tab.columns.size());
  tab.columns.insert(tab.columns.begin() + static_cast<std::ptrdiff_t>(at), id);
  cursors_[2] = at + 1;
  return true;
}

bool Setup::act_on_active_column(Tab& tab, Action action) {
  if (row() >= tab.columns.size()) return false;
  const model::ColumnId id = tab.columns[row()];
  const auto width = [&] {
    const auto chosen = tab.widths.find(id);
    return chosen == tab.widths.end() ? static_cast<int>(model::column(id).width) : chosen->second;
  };
  switch (action) {
    case Action::setup_more:
    case Action::setup_less:
      tab.widths[id] = std::clamp(width() + (action == Action::setup_more ? 1 : -1), 1, widest_column);
      return true;
    case Action::setup_change:
      return tab.widths.erase(id) > 0;
    case Action::setup_up:
    case Action::setup_down:
      return swap_rows(tab.columns, row(), action == Action::setup_up);
    case Action::setup_remove:
    case Action::setup_to_right:
      if (tab.columns.size() == 1) {
        message_ = "the last column stays";
        return false;
      }
      tab.columns.erase(tab.columns.begin() + static_cast<std::ptrdiff_t>(row()));
      tab.widths.erase(id);
      return true;
    default:
      return false;
  }
}

bool Setup::act_on_keys(Settings& settings, Action action) {
  switch (action) {
    case Action::setup_change:
    case Action::setup_add:
      capturing_ = true;
      adding_ = action == Action::setup_add;
      return false;
    case Action::setup_remove: {
      const Binding b = rebindable(Keymap())[row()];
      return std::erase_if(settings.keys, [&](const KeyChange& c) {
               return c.action == b.action && c.where == b.where;
             }) > 0;
    }
    default:
      return false;
  }
}

bool Setup::capture(Settings& settings, Key k) {
  const Binding b = rebindable(keymap_of(settings))[row()];
  KeyChange change{b.where, b.action, {}};
  for (const Key old : b.keys) {
    if (adding_ && old != key::none && old != k) change.keys.push_back(old);
  }
  change.keys.push_back(k);
  if (change.keys.size() > b.keys.size()) {
    message_ = "it has as many keys as there can be";
    return false;
  }
  Settings wanted = settings;
  std::erase_if(wanted.keys,
                [&](const KeyChange& c) { return c.action == change.action && c.where == change.where; });
  // Another one that was given this key loses it.
  for (KeyChange& other : wanted.keys) {
    if (other.where == change.where) std::erase(other.keys, k);
  }
  wanted.keys.push_back(change);
  const Keymap keys = keymap_of(wanted);
  const bool ways_out = keys.first_key(Action::quit, Context::list) != key::none &&
                        keys.first_key(Action::setup, Context::list) != key::none &&
                        keys.first_key(Action::setup_close, Context::setup) != key::none &&
                        keys.first_key(Action::menu_cancel, Context::menu) != key::none &&
                        keys.first_key(Action::prompt_cancel, Context::prompt) != key::none &&
                        keys.first_key(Action::details_close, Context::details) != key::none &&
                        keys.first_key(Action::help_close, Context::help_screen) != key::none;
  if (!ways_out) {
    message_ = fmt::format("{} is needed where it is", key_name(k));
    return false;
  }
  settings.keys = wanted.keys;
  return true;
}

std::optional<std::string> Setup::typing() const {
  if (!typing_) return std::nullopt;
  return fmt::format("{}: {}", typing_->field == Field::query ? "Query" : "Name", escaped(typing_->text));
}

bool Setup::take_key(Settings& settings, const Keymap& keymap, Key k) {
  message_.clear();
  if (capturing_) {
    capturing_ = false;
    return k != key::escape && capture(settings, k);
  }
  const auto action = keymap.find(k, Context::prompt);
  if (!action) {
    if (printable(k) && typing_->text.size() < longest_text) append_character(typing_->text, k);
    return false;
  }
  switch (*action) {
    case Action::prompt_erase:
      erase_character(typing_->text);
      return false;
    case Action::prompt_clear:
      typing_->text.clear();
      return false;
    case Action::prompt_cancel:
      typing_.reset();
      return false;
    case Action::prompt_accept:
      return accept_typing(settings);
    default:
      return false;
  }
}

/// What is wrong stays to be mended.
bool Setup::accept_typing(Settings& settings) {
  const std::string& text = typing_->text;
  if (typing_->field == Field::query) {
    if (const auto query = model::Query::parse(text); !query) {
      message_ = escaped(query.error().message);
      return false;
    }
    settings.screens[screen_].query = text;
  } else if (text.empty() || escaped(text) != text || display_width(text) > longest_name) {
    message_ = fmt::format("a name has from 1 to {} visible characters", longest_name);
    return false;
  } else if (typing_->field == Field::name) {
    settings.screens[screen_].name = text;
  } else {
    Tab added = settings.screens[screen_];
    added.name = text;
    settings.screens.insert(settings.screens.begin() + static_cast<std::ptrdiff_t>(screen_) + 1,
                            std::move(added));
    ++screen_;
  }
  typing_.reset();
  fit(settings);
  return true;
}

}  // namespace ptop::app
