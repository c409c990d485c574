// The Sources that are no file of one task: read after the tasks, once for all whom they concern. For the
// scan only.
#pragma once

#include <functional>

#include "ptop/model/sample.hpp"

namespace ptop::model {

/// `any`: the Sources asked for of anybody; `wanted`: those of a task. What gets stuck is added to
/// `stuck`.
void read_shared_sources(procfs::Reader& reader, Snapshot& snapshot, Sources any,
                         const std::function<Sources(const Sample&)>& wanted, StuckTasks& stuck);

}  // namespace ptop::model
