// Whether a process is over, by its /proc/<pid>/stat.
#pragma once

#include "ptop/procfs/stat.hpp"

namespace ptop::follow {

/// A zombie whose other threads go on is a process whose leader has ended.
inline bool has_ended(const procfs::Stat& stat) {
  return stat.state == procfs::TaskState::dead ||
         (stat.state == procfs::TaskState::zombie && stat.threads <= 1);
}

}  // namespace ptop::follow
