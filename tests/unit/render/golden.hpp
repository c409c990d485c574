// What a sink writes, as a string.
#pragma once

#include <string>

#include "ptop/base/fd.hpp"
#include "ptop/follow/event.hpp"
#include "support/golden.hpp"

namespace ptop::test {

/// An unnamed file, so that no amount of output blocks.
Fd memory_file();
/// All that was written to it.
std::string contents(const Fd& file);

}  // namespace ptop::test
