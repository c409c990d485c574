// The table of options.
#include "settings.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ptop/base/overloaded.hpp"
#include "theme.hpp"

namespace ptop::app {
namespace {

constexpr double shortest_delay_s = 0.1, longest_delay_s = 3600;
constexpr double most_scans_marked = 100;

// clang-format off
const Option table[] = {
    {"show_meters",     OptionPage::display, "Show the meters",                "Processors, memory, load and more above the list.", &Settings::show_meters},
    {"show_tabs",       OptionPage::display, "Show the names of the screens",  "A line between meters and list.", &Settings::show_tabs},
    {"show_hints",      OptionPage::display, "Show the bar of keys",           "The bottom line, when nothing else is to be said there.", &Settings::show_hints},
    {"show_cost",       OptionPage::display, "Show what ptop costs",           "Its CPU time for each second and its memory, at the end of the bottom line.", &Settings::show_cost},
    {"threads",         OptionPage::display, "Show threads",                   "Each in a row of its own below its process. They are read only then.", &Settings::threads},
    {"kernel_threads",  OptionPage::display, "Show kernel threads",            "They have no program; their parent is kthreadd.", &Settings::kernel_threads},
    {"program_path",    OptionPage::display, "Show directories of programs",   "/usr/bin/sleep instead of sleep.", &Settings::program_path},
    {"merged_command",  OptionPage::display, "Merge exe, comm and command",    "The file of the program and the kernel's name of the task stand before a command line that does not tell them.", &Settings::merged_command},
    {"shadow_others",   OptionPage::display, "Shadow other users' processes",  "Those of the user of ptop stand out.", &Settings::shadow_others},
    {"cursor_follows",  OptionPage::display, "Cursor follows its process",     "Otherwise it stays on its line, whoever comes there.", &Settings::cursor_follows},
    {"mark_scans",      OptionPage::display, "Mark new and ended for scans",   "So many refreshes long; 0: not at all.", &Settings::mark_scans, 0, most_scans_marked, 1},
    {"delay",           OptionPage::display, "Seconds between refreshes",      "From 0.1 to 3600.", &Settings::delay_s, shortest_delay_s, longest_delay_s, 0.1},
    {"mouse",           OptionPage::display, "Use the mouse",                  "Otherwise the terminal keeps it, for selecting text.", &Settings::mouse},
    {"confirm_signals", OptionPage::display, "Ask before a signal is sent",    "Once more, with the name of the process and its start.", &Settings::confirm_signals},
    {"vi_keys",         OptionPage::display, "Keys of vi",                     "h j k l, g G, n N, ^D ^U and ^F ^B move; what they meant has other keys then.", &Settings::vi_keys},
    {"save",            OptionPage::display, "Save what changed when leaving", "Otherwise a change lasts until ptop ends, unless it is saved here.", &Settings::save},
    {"theme",           OptionPage::colours, "Theme",                          "What each colour is.", &Settings::theme, 0, 0, 1, theme_names},
    {"colours",         OptionPage::colours, "Colours of the terminal",        "auto asks the terminal.", &Settings::colours, 0, 0, 1, colour_names},
    {"ascii",           OptionPage::colours, "ASCII only",                     "Lines, bars and graphs of ASCII characters, as without a UTF-8 locale.", &Settings::ascii},
    {"plain",           OptionPage::colours, "Plain, for screen readers",      "No lines and boxes, words instead of bars, the cursor on the selected row and told in words.", &Settings::plain},
};
// clang-format on

}  // namespace

std::span<const Option> options() { return table; }

const Option* find_option(std::string_view key) {
  const auto found =
      std::find_if(std::begin(table), std::end(table), [&](const Option& o) { return o.key == key; });
  return found == std::end(table) ? nullptr : found;
}

std::string option_text(const Option& option, const Settings& settings) {
  return std::visit(
      overloaded{[&](bool Settings::*member) { return std::string(settings.*member ? "yes" : "no"); },
                 [&](std::string Settings::*member) { return settings.*member; },
                 [&](auto member) { return fmt::format("{}", settings.*member); }},
      option.value);
}

void step_option(const Option& option, Settings& settings, bool up) {
  const auto step = [&](double value) {
    const double next = std::round((value + (up ? option.step : -option.step)) / option.step) * option.step;
    return std::clamp(next, option.least, option.most);
  };
  std::visit(
      overloaded{[&](bool Settings::*member) { settings.*member = !(settings.*member); },
                 [&](int Settings::*member) { settings.*member = static_cast<int>(step(settings.*member)); },
                 [&](double Settings::*member) {
                   // Ten steps of 0.1 are 1 and not 0.9999999999999999.
                   settings.*member = std::round(step(settings.*member) * 1000) / 1000;
                 },
                 [&](std::string Settings::*member) {
                   const auto words = option.choices();
                   const auto at = static_cast<std::size_t>(
                       std::find(words.begin(), words.end(), settings.*member) - words.begin());
                   settings.*member = words[(at + (up ? 1 : words.size() - 1)) % words.size()];
                 }},
      option.value);
}

Keymap keymap_of(const Settings& settings) {
  Keymap keys;
  if (settings.vi_keys) keys.add_vi_keys();
  for (const KeyChange& change : settings.keys) keys.bind(change.action, change.where, change.keys);
  return keys;
}

}  // namespace ptop::app
