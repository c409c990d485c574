// Paths of what inotify and fanotify watch: the kernel has only handles of the files.
#pragma once

#include <string>
#include <vector>

#include "ptop/procfs/reader.hpp"

namespace ptop::model {

/// For each watch or mark of `info` its path, raw; empty where it cannot be told. `task`: the process's
/// directory in /proc. Needs CAP_DAC_READ_SEARCH: without it all are empty.
std::vector<std::string> watched_paths(const procfs::FdInfo& info, const std::string& task,
                                       const std::vector<procfs::Mount>& mounts);

}  // namespace ptop::model
