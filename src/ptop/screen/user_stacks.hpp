// The program's own stacks, for the stack page: taken by a process made for that.
#pragma once

#include "ptop/follow/stack_look.hpp"
#include "ptop/render/page.hpp"

namespace ptop::app {

/// Unwinding reads what a stranger put into memory and may wait for it for ever; a process made for it can be
/// killed, and nothing of the target stays stopped then. Errors as look_at_stacks(), and `timeout`.
Result<std::vector<follow::ThreadStack>> take_stacks(ProcessKey process);

render::PageSection user_stacks_section(const Result<std::vector<follow::ThreadStack>>& stacks);

}  // namespace ptop::app
