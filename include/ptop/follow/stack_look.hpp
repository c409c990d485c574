// The stacks of all threads of a process that runs: it is stopped for as long as that takes.
#pragma once

#include <string>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/follow/event.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::follow {

struct ThreadStack {
  Tid tid;
  std::vector<StackFrame> frames;  ///< innermost first
  std::string trouble;             ///< why there are none; "": nothing is wrong
};

/// Seizes all threads, unwinds those that stop within half a second, and lets go. May hang where the memory
/// of the target does not answer, and believes what the target has in its memory and files: for a process
/// that can be killed, whose end lets the target go. Errors: `gone`, also when the pid is another process's
/// by now; `denied` with the reason; `unsupported`: built without libunwind, or a 32-bit program.
Result<std::vector<ThreadStack>> look_at_stacks(procfs::Reader& reader, ProcessKey process);

}  // namespace ptop::follow
