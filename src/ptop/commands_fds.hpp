// ptop fds: open files and their other ends.
#pragma once

#include "options.hpp"

namespace ptop::app {

/// 0 something is held, 1 nothing, 2 usage, 3 a pid is not there or may not be read, 4 internal error.
int run_fds(const Options& options);

}  // namespace ptop::app
