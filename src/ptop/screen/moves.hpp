// Actions that move a cursor or a text up and down, as numbers of lines.
#pragma once

#include <cstddef>
#include <optional>

#include "keymap.hpp"

namespace ptop::app {

constexpr int side_step = 8;  ///< columns that Left and Right scroll

/// `height`: lines there are on the screen; a page leaves one of them in sight. nullopt: no such move.
std::optional<std::ptrdiff_t> lines_moved(Action action, std::size_t height);

}  // namespace ptop::app
