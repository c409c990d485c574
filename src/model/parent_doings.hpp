// What the parents of zombies do instead of waiting for them. For the scan only.
#pragma once

#include <map>
#include <vector>

#include "ptop/model/sample.hpp"
#include "ptop/model/stuck_tasks.hpp"

namespace ptop::model {

/// By pid. Under a watch: /proc/<pid>/syscall waits until the process is through with its exec(2).
std::map<Pid, Doing> read_doings(procfs::Reader& reader, std::vector<ProcessKey> parents, StuckTasks& stuck);

}  // namespace ptop::model
