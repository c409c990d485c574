// Graphs of a few rows, of braille or ASCII.
#pragma once

#include <deque>

#include "surface.hpp"

namespace ptop::app {

/// The newest value is at the right. `top`: the value that fills the height. Braille has two values to a
/// column and four steps to a row; ASCII one and three.
void draw_graph(Region area, const std::deque<float>& values, double top, bool ascii,
                Ink (*ink)(double share));

}  // namespace ptop::app
