// What the pages of the setup screen show.
#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "setup.hpp"

namespace ptop::app {
namespace {

SetupPanel options_panel(const Settings& settings, OptionPage page, std::string title) {
  SetupPanel panel{std::move(title), {}};
  for (const Option& option : options()) {
    if (option.page != page) continue;
    const std::string value = option_text(option, settings);
    const bool is_switch = std::holds_alternative<bool Settings::*>(option.value);
    std::string box = is_switch ? (value == "yes" ? "[x]" : "[ ]") : fmt::format("[{}]", value);
    panel.rows.push_back({fmt::format("{:<12} {}", box, option.title), "", std::string(option.help)});
  }
  return panel;
}

SetupPanel meters_panel(const std::vector<Meter>& meters, std::string title) {
  SetupPanel panel{std::move(title), {}};
  for (const Meter meter : meters)
    panel.rows.push_back(
        {std::string(meter_kind(meter.id).title), std::string(style_name(meter.style)),
         "Enter: the next style. [ and ] move it up and down, < and > to the other side, d removes it."});
  return panel;
}

SetupPanel all_meters_panel() {
  SetupPanel panel{"There are", {}};
  for (const MeterKind& kind : meter_kinds())
    panel.rows.push_back(
        {std::string(kind.title), "", "Enter or <: to the left side. >: to the right side."});
  return panel;
}

SetupPanel screens_panel(const Settings& settings, const std::string& help) {
  SetupPanel panel{"Screens", {}};
  for (const Tab& tab : settings.screens) panel.rows.push_back({escaped(tab.name), "", help});
  return panel;
}

std::string column_title(model::ColumnId id) { return std::string(model::column(id).key); }

SetupPanel screen_panel(const Tab& tab) {
  const auto box = [](bool on) { return on ? "[x]" : "[ ]"; };
  const Arrangement& a = tab.arrangement;
  return {fmt::format("Screen {}", escaped(tab.name)),
          {{fmt::format("Name: {}", escaped(tab.name)), "", "Enter: type another one."},
           {fmt::format("{} Tree", box(a.tree)), "", "Children below their parents; otherwise a flat list."},
           {fmt::format("Tree by {}", column_title(a.tree_sort.column)), "",
            "The order of siblings in the tree. Enter: the next column."},
           {fmt::format("{} largest first", box(a.tree_sort.descending)), "",
            "The order of siblings turned round."},
           {fmt::format("List by {}", column_title(a.flat_sort.column)), "",
            "The order of the flat list. Enter: the next column."},
           {fmt::format("{} largest first", box(a.flat_sort.descending)), "",
            "The order of the flat list turned round."},
           {fmt::format("Group by {}", group_kind(a.group).title), "",
            "What the tree puts together. Enter: the next one."},
           {fmt::format("Query: {}", tab.query.empty() ? "all processes" : escaped(tab.query)), "",
            "Whom the screen shows, as in 'rss>1G and not kthread'. Enter: type another one."}}};
}

SetupPanel active_columns_panel(const Tab& tab) {
  SetupPanel panel{"Shown", {}};
  for (const model::ColumnId id : tab.columns) {
    const auto width = tab.widths.find(id);
    panel.rows.push_back(
        {column_title(id), width == tab.widths.end() ? "" : std::to_string(width->second),
         std::string(model::column(id).help) + ". [ ] move it, + - its width, d removes it."});
  }
  return panel;
}

SetupPanel all_columns_panel(const Tab& tab) {
  SetupPanel panel{"There are", {}};
  for (const model::Column& column : model::columns()) {
    const bool shown = std::find(tab.columns.begin(), tab.columns.end(), column.id) != tab.columns.end();
    panel.rows.push_back({std::string(column.key), shown ? "shown" : "", std::string(column.help)});
  }
  return panel;
}

SetupPanel keys_panel(const Settings& settings) {
  SetupPanel panel{"Keys", {}};
  for (const Binding& b : rebindable(keymap_of(settings))) {
    const bool changed = std::any_of(settings.keys.begin(), settings.keys.end(), [&](const KeyChange& c) {
      return c.action == b.action && c.where == b.where;
    });
    panel.rows.push_back({fmt::format("{:<24} {}", key_names(b), b.help),
                          fmt::format("{}{}", changed ? "changed, " : "", context_key(b.where)),
                          "Enter: press its new key. a: one more. d: the keys it had."});
  }
  return panel;
}

}  // namespace

std::string_view setup_page_title(SetupPage page) {
  static constexpr std::string_view titles[] = {"Display", "Meters", "Screens", "Columns", "Colours", "Keys"};
  return titles[static_cast<std::size_t>(page)];
}

/// Digits by which pids are typed are no key of their own, and `anywhere` is the list's as well.
std::vector<Binding> rebindable(const Keymap& keymap) {
  std::vector<Binding> rows;
  for (Binding row : keymap.bindings()) {
    if (row.action == Action::pid_digit) continue;
    if (row.where == Context::anywhere) row.where = Context::list;
    rows.push_back(row);
  }
  return rows;
}

std::vector<SetupPanel> Setup::panels(const Settings& settings) const {
  SetupPanel pages{"Setup", {}};
  for (std::size_t i = 0; i < setup_page_count; ++i)
    pages.rows.push_back({std::string(setup_page_title(static_cast<SetupPage>(i))), "",
                          "Right: into the page. Esc: back to the processes. w: save now. u: undo all."});
  const Tab& tab = settings.screens[std::min(screen_, settings.screens.size() - 1)];
  switch (page()) {
    case SetupPage::display:
      return {pages, options_panel(settings, OptionPage::display, "Display")};
    case SetupPage::meters:
      return {pages, meters_panel(settings.meters[0], "Left"), meters_panel(settings.meters[1], "Right"),
              all_meters_panel()};
    case SetupPage::screens:
      return {pages, screens_panel(settings, "a: a new one. Enter: rename. [ and ] move it. d removes it."),
              screen_panel(tab)};
    case SetupPage::columns:
      return {pages, screens_panel(settings, "Right: the columns of this screen."), active_columns_panel(tab),
              all_columns_panel(tab)};
    case SetupPage::colours:
      return {pages, options_panel(settings, OptionPage::colours, "Colours")};
    case SetupPage::keys:
      return {pages, keys_panel(settings)};
  }
  return {pages};
}

}  // namespace ptop::app
