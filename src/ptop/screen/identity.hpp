// Pids are used again: whoever acts on a process asks first whether it is still the one that was meant.
#pragma once

#include "ptop/base/ids.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::app {

/// Errors: `gone` when the process ended, also if its pid is another one's by now.
inline Result<void> check_identity(procfs::Reader& reader, ProcessKey process) {
  const auto stat = reader.read_stat(process.pid);
  if (!stat) return fail(stat.error());
  if (stat->start != process.start) return fail({Errc::gone, 0, "another process has this pid now"});
  return {};
}

}  // namespace ptop::app
