// A drawn surface as a text that a person can review: what is read, how each cell is meant, and how that
// looks where there are no colours.
#pragma once

#include <string>

#include "surface.hpp"

namespace ptop::app::test {

/// The word of the role, "hint_key".
std::string_view ink_name(Ink ink);
/// Another one for each role; '.' is plain.
char ink_letter(Ink ink);

/// Three parts: the text; a letter for the role of each cell, without the plain ones at the end of a line;
/// and what the letters that occur stand for, with their attributes on a terminal without colours.
std::string picture_of(const Surface& surface);
/// The attributes of each cell on a terminal without colours: '.' none, 'b' bold, 'd' dim, 'r' reverse, 'u'
/// underlined, and the same large together with bold.
std::string picture_without_colours(const Surface& surface);

/// "bold reverse"; "" for none.
std::string attribute_words(std::uint8_t attributes);

}  // namespace ptop::app::test
