// The key table.
#include "keymap.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ptop::app {
namespace {

using enum Action;
using Context::anywhere, Context::list, Context::pane, Context::menu, Context::prompt;

// clang-format off
constexpr Binding table[] = {
    {help,            anywhere, {key::f(1), U'h', U'?'},          "Help",   "this help"},
    {search,          list,     {key::f(3), U'/'},                "Search", "search commands as you type; F3 again: the next one"},
    {filter,          list,     {key::f(4), U'\\'},               "Filter", "show what has a text in its command, or fits a query"},
    {toggle_tree,     list,     {key::f(5), U't'},                "Tree",   "tree or flat list"},
    {sort_menu,       list,     {key::f(6), U'>', U'.', U'<', U','}, "Sort", "choose the column to sort by"},
    {less_nice,       list,     {key::f(7), U']'},                "Nice-",  "more CPU: nice one lower, of the tagged or the selected"},
    {nicer,           list,     {key::f(8), U'['},                "Nice+",  "less CPU: nice one higher"},
    {kill,            list,     {key::f(9), U'k'},                "Kill",   "send a signal to the tagged, or the selected process"},
    {io_priority,     list,     {U'i'},                           "",       "choose how they share the disks"},
    {follow,          anywhere, {U's'},                           "Follow", "follow: forks, execs, exits, signals; again: detach"},
    {follow_tree,     anywhere, {U'S'},                           "+Tree",  "follow, together with all living descendants"},
    {follow_menu,     anywhere, {key::f(12), U'f'},               "Menu", "choose what to follow, with system calls if you like"},
    {focus_other,     anywhere, {U'o', key::ctrl('W')},           "",       "from the list to the event pane and back"},
    {next_tab,        anywhere, {key::tab},                       "",       "the next screen: memory, I/O, cgroups and more"},
    {previous_tab,    anywhere, {key::back_tab},                  "",       "the screen before"},
    {quit,            anywhere, {key::f(10), U'q', key::ctrl('C')}, "Quit", "quit; what was followed runs on"},
    {redraw,          anywhere, {key::ctrl('L')},                 "",       "draw the screen anew"},
    {pause,           anywhere, {U'Z'},                           "",       "pause and resume the updates"},

    {up,              list,     {key::up},                        "",       "select the process above"},
    {down,            list,     {key::down},                      "",       "select the process below"},
    {page_up,         list,     {key::page_up},                   "",       "one page up"},
    {page_down,       list,     {key::page_down},                 "",       "one page down"},
    {home,            list,     {key::home},                      "",       "select the first process"},
    {end,             list,     {key::end},                       "",       "select the last process"},
    {left,            list,     {key::left},                      "",       "scroll the commands to their beginning"},
    {right,           list,     {key::right},                     "",       "scroll the commands to their end"},
    {pid_digit,       list,     {U'0', U'1', U'2', U'3', U'4', U'5', U'6', U'7', U'8', U'9'}, "", "select by pid as you type it"},
    {tag,             list,     {key::space},                     "",       "tag or untag the process, and go to the next"},
    {tag_branch,      list,     {U'c'},                           "",       "tag the process and all its descendants"},
    {untag_all,       list,     {U'U'},                           "",       "untag all"},
    {Action::details, list,     {key::enter},                     "",       "everything about the selected process"},
    {files,           list,     {U'l'},                           "",       "its open files and who is at their other ends"},
    {environment,     list,     {U'e'},                           "",       "its environment"},
    {locks,           list,     {U'x'},                           "",       "the locks it holds and waits for"},
    {toggle_node,     list,     {U'='},                           "",       "collapse or expand the selected branch"},
    {collapse,        list,     {U'-'},                           "",       "collapse the selected branch"},
    {expand,          list,     {U'+'},                           "",       "expand the selected branch"},
    {toggle_all,      list,     {U'*'},                           "",       "collapse all branches below the roots, or expand"},
    {sort_cpu,        list,     {U'P'},                           "",       "sort by CPU"},
    {sort_memory,     list,     {U'M'},                           "",       "sort by memory"},
    {sort_time,       list,     {U'T'},                           "",       "sort by CPU time used"},
    {sort_pid,        list,     {U'N'},                           "",       "sort by pid (in the tree: by age)"},
    {invert_sort,     list,     {U'I'},                           "",       "sort the other way round"},
    {toggle_kthreads, list,     {U'K'},                           "",       "show or hide kernel threads"},
    {user_menu,       list,     {U'u'},                           "",       "show the processes of one user"},

    {up,              pane,     {key::up},                        "",       "one event up"},
    {down,            pane,     {key::down},                      "",       "one event down"},
    {page_up,         pane,     {key::page_up},                   "",       "one page up"},
    {page_down,       pane,     {key::page_down},                 "",       "one page down"},
    {home,            pane,     {key::home},                      "",       "the oldest event kept"},
    {end,             pane,     {key::end},                       "",       "the newest event, and stay with it"},
    {left,            pane,     {key::left},                      "",       "scroll to the beginning of the lines"},
    {right,           pane,     {key::right},                     "",       "scroll to the end of the lines"},
    {detach,          pane,     {key::escape},                    "",       "detach; once detached, close the pane"},

    {up,              Context::details, {key::up},                "",       "one line up"},
    {down,            Context::details, {key::down},              "",       "one line down"},
    {page_up,         Context::details, {key::page_up},           "",       "one page up"},
    {page_down,       Context::details, {key::page_down, key::space}, "",   "one page down"},
    {home,            Context::details, {key::home},              "",       "to the beginning"},
    {end,             Context::details, {key::end},               "",       "to the end"},
    {next_tab,        Context::details, {key::tab, key::right},   "Next",   "the next page about the process"},
    {previous_tab,    Context::details, {key::back_tab, key::left}, "Back", "the page before"},
    {details_close,   Context::details, {key::escape, U'q', key::enter, key::f(10), key::ctrl('C')}, "Close", "back to the processes"},

    {up,              menu,     {key::up},                        "",       "the entry above"},
    {down,            menu,     {key::down},                      "",       "the entry below"},
    {home,            menu,     {key::home, key::page_up},        "",       "the first entry"},
    {end,             menu,     {key::end, key::page_down},       "",       "the last entry"},
    {menu_choose,     menu,     {key::enter},                     "Choose", "take the entry"},
    {menu_cancel,     menu,     {key::escape, U'q', key::f(10), key::ctrl('C')}, "Cancel", "leave the menu"},

    {prompt_accept,   prompt,   {key::enter},                     "Done",   "keep the text"},
    {prompt_cancel,   prompt,   {key::escape, key::ctrl('C')},    "Cancel", "forget the text"},
    {prompt_next,     prompt,   {key::f(3), key::down},           "Next",   "the next match of a search"},
    {prompt_complete, prompt,   {key::tab},                       "",       "complete the name of a field in a filter"},
    {prompt_erase,    prompt,   {key::backspace, key::ctrl('H'), U'\x7f'}, "", "erase a character"},
    {prompt_clear,    prompt,   {key::ctrl('U')},                 "",       "erase all of it"},

    {up,              Context::help_screen, {key::up},                   "",       "one line up"},
    {down,            Context::help_screen, {key::down},                 "",       "one line down"},
    {page_up,         Context::help_screen, {key::page_up},              "",       "one page up"},
    {page_down,       Context::help_screen, {key::page_down, key::space}, "",      "one page down"},
    {home,            Context::help_screen, {key::home},                 "",       "to the beginning"},
    {end,             Context::help_screen, {key::end},                  "",       "to the end"},
    {help_close,      Context::help_screen, {key::escape, U'q', key::enter, key::f(1), U'h', U'?', key::f(10), key::ctrl('C')}, "Close", "back to the processes"},
};
// clang-format on

bool bound(const Binding& b, Key k) { return std::find(b.keys.begin(), b.keys.end(), k) != b.keys.end(); }

}  // namespace

std::span<const Binding> bindings() { return table; }

std::optional<Action> find_action(Key k, Context where) {
  if (k == key::none) return std::nullopt;
  const bool main = where == list || where == pane;
  for (const Binding& b : table) {
    if ((b.where == where || (main && b.where == anywhere)) && bound(b, k)) return b.action;
  }
  return std::nullopt;
}

std::string key_name(Key k) {
  struct Name {
    Key key;
    std::string_view name;
  };
  static constexpr Name names[] = {
      {key::tab, "Tab"},      {key::enter, "Enter"},    {key::escape, "Esc"},     {key::space, "Space"},
      {key::up, "Up"},        {key::down, "Down"},      {key::left, "Left"},      {key::right, "Right"},
      {key::page_up, "PgUp"}, {key::page_down, "PgDn"}, {key::home, "Home"},      {key::end, "End"},
      {key::del, "Del"},      {key::back_tab, "S-Tab"}, {key::backspace, "BkSp"}, {U'\x7f', "^?"},
  };
  for (const auto& n : names) {
    if (n.key == k) return std::string(n.name);
  }
  if (k > key::f(0) && k <= key::f(64)) return fmt::format("F{}", static_cast<unsigned>(k - key::f(0)));
  if (k < 32) return fmt::format("^{}", static_cast<char>(k + 64));
  return k < 0x7f ? std::string(1, static_cast<char>(k)) : fmt::format("U+{:04X}", static_cast<unsigned>(k));
}

std::string key_names(const Binding& binding) {
  if (binding.action == pid_digit) return "0-9";
  std::string out;
  for (Key k : binding.keys) {
    if (k != key::none) out += (out.empty() ? "" : " ") + key_name(k);
  }
  return out;
}

std::string_view context_name(Context where) {
  switch (where) {
    case anywhere:
      return "Everywhere";
    case list:
      return "Processes";
    case pane:
      return "Events of the followed process";
    case Context::details:
      return "Pages about one process";
    case menu:
      return "Menus";
    case prompt:
      return "Search and filter";
    case Context::help_screen:
      return "This help";
  }
  return "";
}

}  // namespace ptop::app
