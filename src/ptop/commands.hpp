// The one-shot commands: ps, tree, dump. Each returns the exit status: 0 something matched, 1 nothing,
// 2 usage, 3 no such process, 4 internal error.
#pragma once

#include "options.hpp"

namespace ptop::app {

int run_ps(const Options& options);
int run_tree(const Options& options);
int run_dump(const Options& options);

}  // namespace ptop::app
