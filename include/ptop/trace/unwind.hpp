// Who called whom, in a stopped task: libunwind(3) over ptrace(2).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ptop/base/ids.hpp"

namespace ptop::trace {

struct Frame {
  TraceeAddr address;
  std::string symbol;        ///< mangled, raw; empty: not known
  std::uint64_t offset = 0;  ///< from the begin of the symbol
};

/// False: built without libunwind.
bool can_unwind();

/// Innermost first. The task must be in a ptrace-stop. Empty: nothing could be read.
std::vector<Frame> unwind(Tid tid);

}  // namespace ptop::trace
