// The key table.
#include "keymap.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "characters.hpp"

namespace ptop::app {
namespace {

using enum Action;
using Context::anywhere, Context::list, Context::pane, Context::menu, Context::prompt;

// clang-format off
constexpr Binding table[] = {
    {help,            anywhere, {key::f(1), U'h', U'?'},          "Help",   "this help"},
    {setup,           anywhere, {key::f(2), U'S', U'C'},          "Setup",  "meters, screens, columns, colours, keys and more"},
    {search,          list,     {key::f(3), U'/'},                "Search", "search commands as you type; F3 again: the next one"},
    {filter,          list,     {key::f(4), U'\\'},               "Filter", "show what has a text in its command, or fits a query"},
    {search_again,    list,     {U'n'},                           "",       "the next match of the last search"},
    {search_back,     list,     {key::alt('n')},                  "",       "the match before"},
    {toggle_tree,     list,     {key::f(5), U't'},                "Tree",   "tree or flat list"},
    {sort_menu,       list,     {key::f(6), U'>', U'.', U'<', U','}, "Sort", "choose the column to sort by"},
    {less_nice,       list,     {key::f(7), U']'},                "Nice-",  "more CPU: nice one lower, of the tagged or the selected"},
    {nicer,           list,     {key::f(8), U'['},                "Nice+",  "less CPU: nice one higher"},
    {kill,            list,     {key::f(9), U'k'},                "Kill",   "send a signal to the tagged, or the selected process"},
    {autogroup_less_nice, list, {key::f(19), U'}'},               "",       "more CPU for the autogroup: its nice one lower"},
    {autogroup_nicer, list,     {key::f(20), U'{'},               "",       "less CPU for the autogroup: its nice one higher"},
    {io_priority,     list,     {U'i'},                           "",       "choose how they share the disks"},
    {affinity,        list,     {U'a'},                           "",       "choose the CPUs that they may run on"},
    {oom_adjustment,  list,     {U'A'},                           "",       "who is killed first when memory runs out"},
    {follow,          anywhere, {U's'},                           "Follow", "follow: forks, execs, exits, signals; again: detach"},
    {follow_tree,     anywhere, {U'D'},                           "+Tree",  "follow, together with all living descendants"},
    {follow_menu,     anywhere, {U'f'},                           "Menu", "choose what to follow, with system calls if you like"},
    {focus_other,     anywhere, {U'o', key::ctrl('W')},           "",       "from the list to the event pane and back"},
    {program_keys,    anywhere, {key::f(12), key::ctrl(']')},      "",       "keys for the program that ptop started"},
    {program_size,    anywhere, {U'V'},                           "",       "its terminal: the whole screen, hidden, its part of it"},
    {program_back,    anywhere, {key::modified(key::page_up, key::shift), key::modified(key::page_up, key::alt_bit)}, "", "back in what it wrote"},
    {program_forward, anywhere, {key::modified(key::page_down, key::shift), key::modified(key::page_down, key::alt_bit)}, "", "forward in it"},
    {next_tab,        anywhere, {key::tab},                       "",       "the next screen: memory, I/O, cgroups and more"},
    {previous_tab,    anywhere, {key::back_tab},                  "",       "the screen before"},
    {quit,            anywhere, {key::f(10), U'q', key::ctrl('C')}, "Quit", "quit; what was followed runs on"},
    {redraw,          anywhere, {key::ctrl('L')},                 "",       "draw the screen anew"},
    {pause,           anywhere, {U'Z'},                           "",       "pause and resume the updates"},

    {up,              list,     {key::up, key::alt('k')},                        "",       "select the process above"},
    {down,            list,     {key::down, key::alt('j')},                      "",       "select the process below"},
    {page_up,         list,     {key::page_up},                   "",       "one page up"},
    {page_down,       list,     {key::page_down},                 "",       "one page down"},
    {half_page_up,    list,     {key::ctrl('U')},                 "",       "half a page up"},
    {half_page_down,  list,     {key::ctrl('D')},                 "",       "half a page down"},
    {home,            list,     {key::home},                      "",       "select the first process"},
    {end,             list,     {key::end},                       "",       "select the last process"},
    {left,            list,     {key::left, key::alt('h')},                      "",       "scroll the commands to the left"},
    {right,           list,     {key::right, key::alt('l')},                     "",       "scroll the commands to the right"},
    {line_start,      list,     {key::ctrl('A'), U'^'},           "",       "scroll the commands to their beginning"},
    {line_end,        list,     {key::ctrl('E'), U'$'},           "",       "scroll the commands to their end"},
    {pid_digit,       list,     {U'0', U'1', U'2', U'3', U'4', U'5', U'6', U'7', U'8', U'9'}, "", "select by pid as you type it"},
    {tag,             list,     {key::space},                     "",       "tag or untag the process, and go to the next"},
    {tag_branch,      list,     {U'c'},                           "",       "tag the process and all its descendants"},
    {untag_all,       list,     {U'U'},                           "",       "untag all"},
    {Action::details, list,     {key::enter},                     "",       "everything about the selected process"},
    {files,           list,     {U'l'},                           "",       "its open files and who is at their other ends"},
    {wrapped_command, list,     {U'w'},                           "",       "its whole command line, on as many lines as it takes"},
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
    {toggle_cursor_follow, list, {U'F'},                          "",       "whether the cursor stays on its process or on its line"},
    {toggle_path,     list,     {U'p'},                           "",       "show or hide the directories of programs"},
    {toggle_merged,   list,     {U'm'},                           "",       "commands with exe and comm where they do not tell them"},
    {toggle_meters,   anywhere, {U'#'},                           "",       "show or hide the meters"},
    {toggle_cost,     anywhere, {U'Q'},                           "",       "show or hide what ptop itself costs: CPU time and memory"},
    {toggle_kthreads, list,     {U'K'},                           "",       "show or hide kernel threads"},
    {toggle_threads,  list,     {U'H'},                           "",       "show or hide threads, each in a row below its process"},
    {group_menu,      list,     {U'b'},                           "",       "the tree by control group, unit, user, namespace etc."},
    {user_menu,       list,     {U'u'},                           "",       "show the processes of one user"},

    {toggle_calls,    pane,     {U't', key::f(5)},                "Calls",  "system calls too, or no more, of all that is followed"},
    {search,          pane,     {key::f(3), U'/'},                "Search", "search in the lines as you type"},
    {search_again,    pane,     {U'n'},                           "",       "the next match"},
    {search_back,     pane,     {U'N', key::alt('n')},            "",       "the match before"},
    {filter,          pane,     {key::f(4), U'\\'},               "Filter", "show some lines: trace=%file signal=TERM user=root"},
    {pane_counts,     pane,     {U'c'},                           "Counts", "calls counted and timed instead of lines, and back"},
    {next_order,      pane,     {key::f(6), U'>', U'.'},          "",       "order the counted calls by the next column"},
    {invert_sort,     pane,     {U'I'},                           "",       "order them the other way round"},
    {pane_pause,      pane,     {key::space},                     "Pause",  "the lines stand still, or go on with the newest"},
    {pane_save,       pane,     {U'w'},                           "Save",   "save all that happens to a file; again: no more"},
    {pane_zoom,       pane,     {U'z'},                           "Zoom",   "the pane takes the whole screen, or its part of it"},
    {up,              pane,     {key::up, key::alt('k')},                        "",       "one event up"},
    {down,            pane,     {key::down, key::alt('j')},                      "",       "one event down"},
    {page_up,         pane,     {key::page_up},                   "",       "one page up"},
    {page_down,       pane,     {key::page_down},                 "",       "one page down"},
    {half_page_up,    pane,     {key::ctrl('U')},                 "",       "half a page up"},
    {half_page_down,  pane,     {key::ctrl('D')},                 "",       "half a page down"},
    {home,            pane,     {key::home},                      "",       "the oldest event kept"},
    {end,             pane,     {key::end},                       "",       "the newest event, and stay with it"},
    {left,            pane,     {key::left, key::alt('h')},                      "",       "scroll to the beginning of the lines"},
    {right,           pane,     {key::right, key::alt('l')},                     "",       "scroll to the end of the lines"},
    {detach,          pane,     {key::escape},                    "Detach", "detach all; once detached, close the pane"},

    {program_keys,    Context::program, {key::f(12), key::ctrl(']')}, "Keys for ptop", "keys for ptop; every other one is the program's"},
    {program_back,    Context::program, {key::modified(key::page_up, key::shift), key::modified(key::page_up, key::alt_bit)}, "", "back in what it wrote"},
    {program_forward, Context::program, {key::modified(key::page_down, key::shift), key::modified(key::page_down, key::alt_bit)}, "", "forward in it"},

    {up,              Context::details, {key::up},                "",       "one line up"},
    {down,            Context::details, {key::down},              "",       "one line down"},
    {page_up,         Context::details, {key::page_up},           "",       "one page up"},
    {page_down,       Context::details, {key::page_down, key::space}, "",   "one page down"},
    {half_page_up,    Context::details, {key::ctrl('U')}, "",       "half a page up"},
    {half_page_down,  Context::details, {key::ctrl('D')}, "",       "half a page down"},
    {home,            Context::details, {key::home},              "",       "to the beginning"},
    {end,             Context::details, {key::end},               "",       "to the end"},
    {next_tab,        Context::details, {key::tab, key::right},   "Next",   "the next page about the process"},
    {previous_tab,    Context::details, {key::back_tab, key::left}, "",     "the page before"},
    {search,          Context::details, {key::f(3), U'/'},        "Search", "search in the page as you type"},
    {search_again,    Context::details, {U'n'},                   "",       "the next match"},
    {search_back,     Context::details, {U'N', key::alt('n')},    "",       "the match before"},
    {details_go,      Context::details, {key::enter},             "Go",     "to the process that the line names; Esc comes back"},
    {user_stacks,     Context::details, {U'u'},                   "Stacks", "the program's stacks: stops it for a moment to read them"},
    {details_back,    Context::details, {key::escape, key::backspace, key::ctrl('H'), U'\x7f'}, "Back", "to the process before; at last to the list"},
    {details_close,   Context::details, {U'q', key::f(10), key::ctrl('C')}, "Close", "back to the processes"},

    {up,              menu,     {key::up},                        "",       "the entry above"},
    {down,            menu,     {key::down},                      "",       "the entry below"},
    {page_up,         menu,     {key::page_up},                   "",       "one page up"},
    {page_down,       menu,     {key::page_down},                 "",       "one page down"},
    {home,            menu,     {key::home},                      "",       "the first entry"},
    {end,             menu,     {key::end},                       "",       "the last entry"},
    {menu_choose,     menu,     {key::enter},                     "Choose", "take the entry; of a list with marks: what is marked"},
    {menu_mark,       menu,     {key::space},                     "",       "mark the entry, or no more"},
    {search,          menu,     {U'/'},                           "Search", "find an entry as you type; letters that are no key, too"},
    {menu_erase,      menu,     {key::backspace, key::ctrl('H'), U'\x7f'}, "", "erase a character of that"},
    {menu_cancel,     menu,     {key::escape, U'q', key::f(10), key::ctrl('C')}, "Cancel", "leave the menu"},

    {prompt_accept,   prompt,   {key::enter},                     "Done",   "keep the text"},
    {prompt_cancel,   prompt,   {key::escape, key::ctrl('C')},    "Cancel", "forget the text"},
    {prompt_next,     prompt,   {key::f(3), key::down},           "Next",   "the next match of a search"},
    {prompt_previous, prompt,   {key::f(15), key::up},            "",       "the match before"},
    {prompt_complete, prompt,   {key::tab},                       "",       "complete the name of a field in a filter"},
    {prompt_erase,    prompt,   {key::backspace, key::ctrl('H'), U'\x7f'}, "", "erase a character"},
    {prompt_clear,    prompt,   {key::ctrl('U')},                 "",       "erase all of it"},

    {up,              Context::setup, {key::up},                  "",       "the row above"},
    {down,            Context::setup, {key::down},                "",       "the row below"},
    {page_up,         Context::setup, {key::page_up},             "",       "eight rows up"},
    {page_down,       Context::setup, {key::page_down},           "",       "eight rows down"},
    {home,            Context::setup, {key::home},                "",       "the first row"},
    {end,             Context::setup, {key::end},                 "",       "the last row"},
    {left,            Context::setup, {key::left, key::back_tab}, "",       "the panel to the left"},
    {right,           Context::setup, {key::right, key::tab},     "",       "the panel to the right"},
    {setup_change,    Context::setup, {key::enter, key::space},   "Change", "turn the switch, the next value, take it, type it"},
    {setup_more,      Context::setup, {U'+', U'='},               "More",   "more of it, the next value"},
    {setup_less,      Context::setup, {U'-'},                     "Less",   "less of it, the value before"},
    {setup_up,        Context::setup, {key::f(7), U'['},          "Up",     "move it up"},
    {setup_down,      Context::setup, {key::f(8), U']'},          "Down",   "move it down"},
    {setup_to_left,   Context::setup, {U'<', U','},               "",       "to the left side"},
    {setup_to_right,  Context::setup, {U'>', U'.'},               "",       "to the right side"},
    {setup_add,       Context::setup, {key::f(5), U'a'},          "Add",    "a new screen, one more key"},
    {setup_remove,    Context::setup, {key::f(9), U'd', key::del}, "Remove", "remove it; of keys: have those it had"},
    {setup_undo,      Context::setup, {U'u'},                     "Undo",   "undo everything since setup was opened"},
    {setup_save,      Context::setup, {U'w', key::ctrl('S')},     "Save",   "write the settings now"},
    {help,            Context::setup, {key::f(1), U'?'},          "",       "this help"},
    {setup_close,     Context::setup, {key::escape, key::f(10), U'q', key::f(2), key::ctrl('C')}, "Done", "back to the processes"},

    {up,              Context::help_screen, {key::up},                   "",       "one line up"},
    {down,            Context::help_screen, {key::down},                 "",       "one line down"},
    {page_up,         Context::help_screen, {key::page_up},              "",       "one page up"},
    {page_down,       Context::help_screen, {key::page_down, key::space}, "",      "one page down"},
    {half_page_up,    Context::help_screen, {key::ctrl('U')}, "",       "half a page up"},
    {half_page_down,  Context::help_screen, {key::ctrl('D')}, "",       "half a page down"},
    {home,            Context::help_screen, {key::home},                 "",       "to the beginning"},
    {end,             Context::help_screen, {key::end},                  "",       "to the end"},
    {help_close,      Context::help_screen, {key::escape, U'q', key::enter, key::f(1), U'h', U'?', key::f(10), key::ctrl('C')}, "Close", "back to the processes"},
};
// clang-format on

bool bound(const Binding& b, Key k) { return std::find(b.keys.begin(), b.keys.end(), k) != b.keys.end(); }

}  // namespace

std::span<const Binding> bindings() { return table; }

namespace {

/// Whether a binding of `row` works where `where` says.
bool applies(Context row, Context where) {
  return row == where || (row == anywhere && (where == list || where == pane));
}

std::optional<Action> find_in(std::span<const Binding> rows, Key k, Context where) {
  if (k == key::none) return std::nullopt;
  for (const Binding& b : rows) {
    if (applies(b.where, where) && bound(b, k)) return b.action;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Action> find_action(Key k, Context where) { return find_in(table, k, where); }

Keymap::Keymap() : rows_(std::begin(table), std::end(table)) {}

std::optional<Action> Keymap::find(Key k, Context where) const { return find_in(rows_, k, where); }

Key Keymap::first_key(Action action, Context where) const {
  const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Binding& b) {
    return b.action == action && applies(b.where, where);
  });
  return row == rows_.end() ? key::none : row->keys[0];
}

namespace {

void take_key(Binding& row, Key k) {
  const auto end = std::remove(row.keys.begin(), row.keys.end(), k);
  std::fill(end, row.keys.end(), key::none);
}

bool overlap(Context a, Context b) { return applies(a, b) || applies(b, a); }

}  // namespace

void Keymap::add_vi_keys() {
  struct Twin {
    Key key, vi;
  };
  static constexpr Twin twins[] = {
      {key::up, U'k'},
      {key::down, U'j'},
      {key::left, U'h'},
      {key::right, U'l'},
      {key::home, U'g'},
      {key::end, U'G'},
      {key::page_up, key::ctrl('B')},
      {key::page_down, key::ctrl('F')},
  };
  add_key(kill, list, U'X');
  add_key(files, list, U'L');
  add_key(sort_pid, list, U'O');
  add_key(search_back, list, U'N');
  for (const Twin& twin : twins) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].where != prompt && bound(rows_[i], twin.key))
        add_key(rows_[i].action, rows_[i].where, twin.vi);
    }
  }
}

/// One more, taken from whatever had it.
void Keymap::add_key(Action action, Context where, Key k) {
  for (Binding& row : rows_) {
    if (overlap(row.where, where)) take_key(row, k);
  }
  for (Binding& row : rows_) {
    if (row.action != action || row.where != where) continue;
    if (const auto room = std::find(row.keys.begin(), row.keys.end(), key::none); room != row.keys.end())
      *room = k;
  }
}

bool Keymap::bind(Action action, Context where, std::span<const Key> keys) {
  bool any = false;
  for (Binding& row : rows_) {
    if (row.action != action || !overlap(row.where, where) || keys.size() > row.keys.size()) continue;
    for (Binding& other : rows_) {
      if (!overlap(other.where, row.where)) continue;
      for (const Key k : keys) take_key(other, k);
    }
    std::fill(row.keys.begin(), row.keys.end(), key::none);
    std::copy(keys.begin(), keys.end(), row.keys.begin());
    any = true;
  }
  return any;
}

namespace {

struct Name {
  Key key;
  std::string_view name;
};
constexpr Name names[] = {
    {key::tab, "Tab"},      {key::enter, "Enter"},    {key::escape, "Esc"},     {key::space, "Space"},
    {key::up, "Up"},        {key::down, "Down"},      {key::left, "Left"},      {key::right, "Right"},
    {key::page_up, "PgUp"}, {key::page_down, "PgDn"}, {key::home, "Home"},      {key::end, "End"},
    {key::del, "Del"},      {key::insert, "Ins"},     {key::back_tab, "S-Tab"}, {key::backspace, "BkSp"},
    {U'\x7f', "^?"},
};
constexpr unsigned function_keys = 12;

}  // namespace

std::string key_name(Key k) {
  if (const unsigned modifiers = key::modifiers_of(k); modifiers != 0) {
    std::string out;
    if ((modifiers & key::control) != 0) out += "C-";
    if ((modifiers & key::alt_bit) != 0) out += "A-";
    if ((modifiers & key::shift) != 0) out += "S-";
    return out + key_name(key::unmodified(k));
  }
  for (const auto& n : names) {
    if (n.key == k) return std::string(n.name);
  }
  if (k > key::f(0) && k <= key::f(64)) {
    const auto number = static_cast<unsigned>(k - key::f(0));
    return number > function_keys && number <= 2 * function_keys
               ? fmt::format("S-F{}", number - function_keys)
               : fmt::format("F{}", number);
  }
  if (k > key::alt('\0') && k < key::alt('\x7f'))
    return fmt::format("A-{}", static_cast<char>(k - key::alt('\0')));
  if (k < 32) return fmt::format("^{}", static_cast<char>(k + 64));
  if (k < 0x7f) return {static_cast<char>(k)};
  std::string out;
  append_character(out, k);
  return out;
}

namespace {

/// "C-A-S-Left".
std::optional<Key> parse_modified(std::string_view text) {
  struct Prefix {
    std::string_view text;
    unsigned modifier;
  };
  static constexpr Prefix prefixes[] = {{"C-", key::control}, {"A-", key::alt_bit}, {"S-", key::shift}};
  unsigned modifiers = 0;
  for (const Prefix& prefix : prefixes) {
    if (!text.starts_with(prefix.text)) continue;
    text.remove_prefix(2);
    modifiers |= prefix.modifier;
  }
  for (const auto& n : names) {
    if (modifiers != 0 && n.name == text && n.key >= key::up && n.key <= key::insert)
      return key::modified(n.key, modifiers);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Key> parse_key(std::string_view text) {
  for (const auto& n : names) {
    if (n.name == text) return n.key;
  }
  for (unsigned number = 1; number <= 2 * function_keys; ++number) {
    if (text == fmt::format("F{}", number) || text == key_name(key::f(number))) return key::f(number);
  }
  if (const auto key = parse_modified(text)) return key;
  if (text.size() == 2 && text[0] == '^' && text[1] >= 'A' && text[1] <= '_') return key::ctrl(text[1]);
  if (text.size() == 3 && text.substr(0, 2) == "A-" && text[2] > ' ' && text[2] < '\x7f')
    return key::alt(text[2]);
  return only_character(text);
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
    case Context::setup:
      return "Setup";
    case prompt:
      return "Search and filter";
    case Context::help_screen:
      return "This help";
    case Context::program:
      return "In the terminal of a program that ptop started";
  }
  return "";
}

std::string_view context_key(Context where) {
  static constexpr std::string_view keys[] = {"anywhere", "list",  "pane", "details", "menu",
                                              "prompt",   "setup", "help", "program"};
  return keys[static_cast<std::size_t>(where)];
}

}  // namespace ptop::app
