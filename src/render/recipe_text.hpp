// How a program was prepared, in lines for people.
#pragma once

#include <string>
#include <vector>

#include "ptop/follow/event.hpp"

namespace ptop::render {

/// "12 calls in 340us".
std::string recipe_headline(const follow::Recipe& recipe);
/// What the program gets, to be compared.
std::string recipe_gets(const follow::Recipe& recipe);
/// The steps, and at the end what the program gets: in lines of `columns`, 0: each in one line. Escaped.
std::vector<std::string> recipe_lines(const follow::Recipe& recipe, std::size_t columns, bool ascii);

}  // namespace ptop::render
