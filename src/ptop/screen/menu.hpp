// A list to choose from, in a box over the screen; or one with marks, that are taken all at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "keymap.hpp"

namespace ptop::app {

struct Menu;

/// `some`: of several that the entry is about.
enum class Mark : std::uint8_t { none, off, some, on };

struct MenuItem {
  std::string label;  ///< escaped; what one types is looked for in it
  std::string note;   ///< escaped, shown faint beside it
  std::function<void()> choose{};
  Mark mark = Mark::none;
  std::function<void(Menu&)> toggle{};  ///< changes marks; empty: it has none, or it stays as it is
};

struct Menu {
  std::string title;  ///< escaped
  std::vector<MenuItem> items;
  std::size_t cursor = 0;
  std::string hint{};                         ///< stands below the entries
  std::function<void(const Menu&)> accept{};  ///< of one with marks: takes them, instead of `choose`
  bool typing = false;                        ///< all that can be typed is text: `/` began that, or a letter
  std::string typed{};
  std::size_t top = 0, height = 1;  ///< the first entry in sight, and how many there are

  /// So many entries fit; the cursor stays in sight.
  void fit(std::size_t rows);
};

void move_in_menu(Menu& menu, Action action);
/// A character goes to the search for an entry, or begins one. False: it was none for that.
bool type_in_menu(Menu& menu, Key key);
void erase_in_menu(Menu& menu);
void end_typing(Menu& menu);
/// "[x] " and the like; "" without a mark.
std::string_view mark_text(Mark mark);

}  // namespace ptop::app
