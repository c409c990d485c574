// ptop show: everything about a process.
#pragma once

#include "options.hpp"

namespace ptop::app {

/// 0 all of them are there, 2 usage, 3 one of them is not, 4 internal error.
int run_show(const Options& options);

}  // namespace ptop::app
