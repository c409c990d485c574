// One process instead of a scan.
#pragma once

#include "ptop/model/sample.hpp"

namespace ptop::model {

/// Reads what is asked of one process. There is no deadline: it is for processes that stand still, as a
/// tracee in its stop does. Errors: `gone`, and what else opening it or its stat comes to.
Result<Sample> read_process(procfs::Reader& reader, Pid pid, Sources sources);

}  // namespace ptop::model
