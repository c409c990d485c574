// One scan with what is known from it, for the one-shot commands.
#pragma once

#include <memory>
#include <vector>

#include "options.hpp"
#include "ptop/model/columns.hpp"
#include "ptop/model/descriptors.hpp"

namespace ptop::app {

/// Not movable: the scene points into it.
class OneScan {
 public:
  explicit OneScan(model::Snapshot snapshot);
  OneScan(const OneScan&) = delete;
  OneScan& operator=(const OneScan&) = delete;
  const model::Scene& scene() const { return scene_; }
  const model::Snapshot& snapshot() const { return snapshot_; }

 private:
  model::Snapshot snapshot_;
  model::Tree tree_;
  std::vector<model::Classification> classes_;
  model::UserNames users_;
  model::Scene scene_{snapshot_, tree_, classes_, nullptr, users_};
};

/// Open files and their other ends. Not movable: the ends point into the snapshot.
struct FileScan {
  explicit FileScan(model::DescriptorSnapshot found) : snapshot(std::move(found)), ends(snapshot) {}
  FileScan(const FileScan&) = delete;
  FileScan& operator=(const FileScan&) = delete;
  model::DescriptorSnapshot snapshot;
  model::DescriptorEnds ends;
};

/// All about the open files of these processes, ascending. nullptr: nobody is asked about, or /proc cannot be
/// read.
std::unique_ptr<FileScan> scan_files(const Options& options, const std::vector<Pid>& pids);

/// Of --proc. Says on standard error how many processes are left out since nothing of them may be read.
/// Errors: --proc cannot be read.
Result<model::Snapshot> scan_once(const Options& options, const model::ScanOptions& what);

}  // namespace ptop::app
