// Where the scheduler's clocks are now. For the scan only.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "ptop/model/sample.hpp"

namespace ptop::model {

/// First that of the CPU we are on, then those of `cpus` as far as we may run there and they let us within a
/// moment. Empty: the kernel tells of none. Of a recording the one in it.
std::vector<SchedClock> read_sched_clocks(procfs::Reader& reader, std::set<std::int32_t> cpus);

}  // namespace ptop::model
