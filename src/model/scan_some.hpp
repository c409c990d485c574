// The part of a scan that reads processes. For the scans only.
#pragma once

#include <vector>

#include "ptop/model/scan_again.hpp"

namespace ptop::model {

/// Reads those of `pids` (ascending) that live, and what concerns several of them, into `snapshot`.
void scan_some(procfs::Reader& reader, const ScanOptions& options, const LastScan& last,
               std::vector<Pid> pids, Snapshot& snapshot);

}  // namespace ptop::model
