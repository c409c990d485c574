// How far down a text of lines one has scrolled.
#pragma once

#include <algorithm>

#include "keymap.hpp"

namespace ptop::app {

struct ScrollView {
  int top = 0;
  int height = 1;  ///< rows there are on the screen, from the last time it was drawn
  int lines = 0;   ///< of the text, likewise

  int last() const { return std::max(0, lines - height); }
  void fit(int text_lines, int rows) {
    lines = text_lines;
    height = rows;
    top = std::clamp(top, 0, last());
  }
  void scroll(Action action) {
    const int page = std::max(height - 1, 1);
    switch (action) {
      case Action::up:
        --top;
        break;
      case Action::down:
        ++top;
        break;
      case Action::page_up:
        top -= page;
        break;
      case Action::page_down:
        top += page;
        break;
      case Action::half_page_up:
        top -= std::max(page / 2, 1);
        break;
      case Action::half_page_down:
        top += std::max(page / 2, 1);
        break;
      case Action::home:
        top = 0;
        break;
      case Action::end:
        top = last();
        break;
      default:
        break;
    }
    top = std::clamp(top, 0, last());
  }
};

}  // namespace ptop::app
