// Which file an address of a stack is in.
#pragma once

#include <vector>

#include "ptop/follow/event.hpp"
#include "ptop/procfs/maps.hpp"
#include "ptop/trace/unwind.hpp"

namespace ptop::follow {

StackFrame located(trace::Frame found, const std::vector<procfs::Mapping>& mappings);

}  // namespace ptop::follow
