// Whom the namespaces of a snapshot belong to. For the scan only.
#pragma once

#include <vector>

#include "ptop/model/namespaces.hpp"
#include "ptop/model/sample.hpp"
#include "ptop/model/stuck_tasks.hpp"

namespace ptop::model {

/// Asks through `samples`, whose namespaces are read, one after the other until nothing is left to know. What
/// gets stuck is added to `stuck`.
NamespaceTable read_namespace_owners(procfs::Reader& reader, const std::vector<const Sample*>& samples,
                                     StuckTasks& stuck);

}  // namespace ptop::model
