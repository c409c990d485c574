// Single characters of typed text, and of the names of keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "keymap.hpp"

namespace ptop::app {

/// As UTF-8. `c` is a code point.
void append_character(std::string& out, Key c);
/// The last one.
void erase_character(std::string& text);
/// Whether a key writes something.
bool printable(Key key);
/// The code point that `text` consists of; nullopt when it is none, or more than one, or invisible.
std::optional<Key> only_character(std::string_view text);

}  // namespace ptop::app
