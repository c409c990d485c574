// The processors that a control group may give to its tasks: cpuset(7).
#pragma once

#include "ptop/base/cpu_set.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/cgroup_files.hpp"

namespace ptop::procfs {

/// cpuset.cpus.effective, of version 1 cpuset.effective_cpus, in the directory of a cgroup. Errors:
/// `unsupported` where the controller is not enabled for it, `gone` when the cgroup was removed.
Result<CpuSet> read_cpuset(const std::string& directory, CgroupDir::Version version);

}  // namespace ptop::procfs
