// -D: the process that was called becomes the program, and a grandchild follows it.
#pragma once

#include <initializer_list>

#include "ptop/follow/follower.hpp"

namespace ptop::ptrace_fork {

/// Returns in the grandchild; the caller ends as the program does. Errors: in the caller, as
/// follow::image_of() and trace::become_program().
Result<trace::Waiting> step_aside(const follow::Program& program, const follow::Options& options);

/// Lets go of what belongs to the program: whoever reads its output must see the end when it ends. Closes
/// every descriptor but stderr and those of `kept`; 0 and 1 are /dev/null then.
void keep_only(std::initializer_list<int> kept);

}  // namespace ptop::ptrace_fork
