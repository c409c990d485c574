// One scan after another: what a process that did nothing meanwhile would only tell again is not asked.
#pragma once

#include <cstdint>
#include <memory>

#include "ptop/model/sample.hpp"

namespace ptop::model {

/// The scan before this one, and how many there were.
struct LastScan {
  std::shared_ptr<const Snapshot> snapshot;
  std::uint64_t count = 0;
};

/// Every so many scans a process is asked everything, whatever its stat says.
inline constexpr std::uint64_t asked_anew_every = 8;

/// As scan(), with stat of every process read. A process whose stat is as before has not used a tick of CPU
/// time, touched no new page and changed neither name nor state: its status, cmdline, exe and cwd are taken
/// over, and are asked for again after `asked_anew_every` scans at the latest. Other Sources are read as
/// ever.
Result<Snapshot> scan_again(procfs::Reader& reader, const ScanOptions& options, const LastScan& last);

}  // namespace ptop::model
