// Where frames come from. Behind an interface, so that scanning can move off the main thread and tests can
// show recorded or hand-made processes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ptop/model/classify.hpp"
#include "ptop/model/rates.hpp"
#include "ptop/model/sample.hpp"
#include "ptop/model/stuck_tasks.hpp"
#include "ptop/model/tree.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::app {

/// One scan and what follows from it. Never changes after it was made.
struct Frame {
  model::Snapshot snapshot;
  model::Tree tree;
  std::vector<model::Classification> classes;
  const model::History* history = nullptr;  ///< the scanner's; up to date until its next scan
};
using FramePtr = std::shared_ptr<const Frame>;

/// Tree and classes of a snapshot; `history` has observed it already, or is nullptr.
FramePtr make_frame(model::Snapshot snapshot, const model::History* history);

class Scanner {
 public:
  virtual ~Scanner() = default;
  virtual Result<FramePtr> scan(model::Sources sources) = 0;
};

class ProcScanner : public Scanner {
 public:
  explicit ProcScanner(procfs::Reader reader) : reader_(std::move(reader)) {}
  Result<FramePtr> scan(model::Sources sources) override;

 private:
  procfs::Reader reader_;
  model::History history_;
  FramePtr last_;
  std::uint64_t scans_ = 0;
  model::StuckTasks stuck_;  ///< so that a stuck target delays the first frame alone
};

}  // namespace ptop::app
