#include "moves.hpp"

#include <algorithm>

namespace ptop::app {

std::optional<std::ptrdiff_t> lines_moved(Action action, std::size_t height) {
  const auto page = static_cast<std::ptrdiff_t>(std::max<std::size_t>(height, 2) - 1);
  switch (action) {
    case Action::up:
      return -1;
    case Action::down:
      return 1;
    case Action::page_up:
      return -page;
    case Action::page_down:
      return page;
    case Action::half_page_up:
      return -std::max<std::ptrdiff_t>(page / 2, 1);
    case Action::half_page_down:
      return std::max<std::ptrdiff_t>(page / 2, 1);
    default:
      return std::nullopt;
  }
}

}  // namespace ptop::app
