// Who can be taken over from the scan before. For the scan only.
#pragma once

#include <cstddef>

#include "ptop/model/scan_again.hpp"

namespace ptop::model {

class KnownTasks {
 public:
  /// Nobody.
  KnownTasks() = default;
  KnownTasks(LastScan last, const ScanOptions& options);

  /// What is known of the process, unless it has to be asked anew in this scan. `guess`: where it probably is
  /// in the list.
  const Sample* find(Pid pid, std::size_t guess) const;

 private:
  bool is_complete(const Sample& sample) const;

  LastScan last_;
  Sources wanted_;
};

/// Whether nothing in stat says that the task did anything between the two.
bool did_nothing(const procfs::Stat& before, const procfs::Stat& now);

}  // namespace ptop::model
