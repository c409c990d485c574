// What a sink writes, as a string.
#pragma once

#include <string>
#include <vector>

#include "ptop/base/fd.hpp"
#include "ptop/follow/event.hpp"
#include "support/golden.hpp"

namespace ptop::test {

/// An unnamed file, so that no amount of output blocks.
Fd memory_file();
/// All that was written to it.
std::string contents(const Fd& file);
/// Each without its newline.
std::vector<std::string> lines_of(const std::string& text);

}  // namespace ptop::test
