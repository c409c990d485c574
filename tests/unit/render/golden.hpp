// What a sink writes, as a string.
#pragma once

#include <string>

#include "ptop/base/fd.hpp"
#include "ptop/follow/event.hpp"

namespace ptop::test {

/// An unnamed file, so that no amount of output blocks.
Fd memory_file();
/// All that was written to it.
std::string contents(const Fd& file);

/// Compares with tests/golden/NAME; with PTOP_UPDATE_GOLDEN=1 in the environment writes that file instead.
void check_golden(const std::string& name, const std::string& text);

}  // namespace ptop::test
