// The live screen.
#pragma once

#include "options.hpp"

namespace ptop::app {

/// Runs until the user quits or a signal ends it; restores the terminal. Returns the exit status.
int run_tui(const Options& options);

}  // namespace ptop::app
