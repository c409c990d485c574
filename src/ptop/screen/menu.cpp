// Moving in a menu, and finding an entry by typing what it says.
#include "menu.hpp"

#include <algorithm>
#include <utility>

#include "characters.hpp"
#include "moves.hpp"
#include "row_filter.hpp"

namespace ptop::app {
namespace {

constexpr std::size_t longest_typed = 32;

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && find_ignoring_case(a, b) == 0;
}

/// 0: not at all; higher: better. A word as it was typed, one that begins so, one that has it in it.
int fit_of(std::string_view label, std::string_view typed) {
  int best = find_ignoring_case(label, typed) == label.npos ? 0 : 1;
  while (!label.empty()) {
    const std::string_view word = label.substr(0, label.find(' '));
    label.remove_prefix(std::min(word.size() + 1, label.size()));
    if (equal_ignoring_case(word, typed)) return 3;
    if (word.size() > typed.size() && equal_ignoring_case(word.substr(0, typed.size()), typed)) best = 2;
  }
  return best;
}

/// The cursor stays where it is while nothing fits.
void find_typed(Menu& menu) {
  if (menu.typed.empty()) return;
  int best = 0;
  for (std::size_t i = 0; i < menu.items.size(); ++i) {
    const int fit = fit_of(menu.items[i].label, menu.typed);
    if (fit > best) best = fit, menu.cursor = i;
  }
}

}  // namespace

void Menu::fit(std::size_t rows) {
  height = std::max<std::size_t>(rows, 1);
  if (cursor < top) top = cursor;
  if (cursor >= top + height) top = cursor - height + 1;
  top = std::min(top, items.size() > height ? items.size() - height : 0);
}

/// One line goes from the last entry to the first one; a page stops there.
void move_in_menu(Menu& menu, Action action) {
  const auto last = static_cast<std::ptrdiff_t>(menu.items.size()) - 1;
  auto at = static_cast<std::ptrdiff_t>(menu.cursor);
  if (action == Action::home) {
    at = 0;
  } else if (action == Action::end) {
    at = last;
  } else if (action == Action::up || action == Action::down) {
    at = (at + (action == Action::up ? last : 1)) % (last + 1);
  } else if (const auto lines = lines_moved(action, menu.height)) {
    at = std::clamp<std::ptrdiff_t>(at + *lines, 0, last);
  }
  menu.cursor = static_cast<std::size_t>(at);
}

bool type_in_menu(Menu& menu, Key key) {
  if (!printable(key) || key == key::space) return false;
  const bool begins = !std::exchange(menu.typing, true);
  if (begins && key == U'/') return true;
  if (menu.typed.size() < longest_typed) append_character(menu.typed, key);
  find_typed(menu);
  return true;
}

void erase_in_menu(Menu& menu) {
  if (menu.typed.empty()) return end_typing(menu);
  erase_character(menu.typed);
  find_typed(menu);
}

void end_typing(Menu& menu) {
  menu.typing = false;
  menu.typed.clear();
}

std::string_view mark_text(Mark mark) {
  constexpr std::string_view texts[] = {"", "[ ] ", "[-] ", "[x] "};
  return texts[static_cast<std::size_t>(mark)];
}

}  // namespace ptop::app
