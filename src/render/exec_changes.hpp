// What an exec changed against its caller, in words. Internal to render.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ptop/follow/event.hpp"

namespace ptop::render {

struct EnvironmentStyle {
  bool whole = false;  ///< every variable and all of it; else the first ones, shortened in the middle
  bool ascii = false;
};

/// "+NEW=1", "-GONE", "~CHANGED=x", "and 3 more". Escaped; values are quoted as a shell needs it. `_`, which
/// shells set at every command, says nothing and is left out.
std::vector<std::string> environment_words(const follow::EnvironmentChange& change,
                                           const EnvironmentStyle& style);

/// In one line: "  env +NEW=1 -GONE", or "".
std::string environment_in_line(const std::vector<std::string>& words);

/// In as many lines of at most `columns` as it takes; words that are too wide for one are shortened in the
/// middle, or have a longer one.
std::vector<std::string> environment_lines(const std::vector<std::string>& words, std::size_t columns,
                                           const EnvironmentStyle& style);

}  // namespace ptop::render
