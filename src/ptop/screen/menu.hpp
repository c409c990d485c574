// A list to choose from, in a box over the screen.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace ptop::app {

struct MenuItem {
  std::string label;  ///< escaped
  std::string note;   ///< escaped, shown faint beside it
  std::function<void()> choose;
};

struct Menu {
  std::string title;  ///< escaped
  std::vector<MenuItem> items;
  std::size_t cursor = 0;
};

}  // namespace ptop::app
