// Keys and the mouse as a program reads them from its terminal, by what it asked for.
#pragma once

#include <string>

#include "emulation/modes.hpp"
#include "keymap.hpp"

namespace ptop::app {

/// The bytes of a key, as terminfo's xterm-256color has them; "": there are none.
std::string bytes_of(Key key, const Modes& modes);

/// "" when the program does not want to hear of it. `mouse`: in its cells.
std::string bytes_of(const Mouse& mouse, const Modes& modes);

}  // namespace ptop::app
