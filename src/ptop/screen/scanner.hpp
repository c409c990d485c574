// Where frames come from. Behind an interface, so that tests can show recorded or hand-made processes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ptop/model/classify.hpp"
#include "ptop/model/rates.hpp"
#include "ptop/model/sample.hpp"
#include "ptop/model/scan_again.hpp"
#include "ptop/model/stuck_tasks.hpp"
#include "ptop/model/tree.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::app {

/// One scan and what follows from it. Never changes after it was made.
struct Frame {
  model::Snapshot snapshot;
  std::shared_ptr<const model::Tree> tree;
  std::shared_ptr<const std::vector<model::Classification>> classes;
  std::shared_ptr<const model::History> history;  ///< nullptr: there is none
  bool is_scan = true;  ///< false: the last scan once more, with some processes read closer
};
using FramePtr = std::shared_ptr<const Frame>;

/// Tree and classes of a snapshot; `history` has observed it already, or is nullptr. `before`: the frame
/// before it, or nullptr, whose tree it gets when it is the same.
FramePtr make_frame(model::Snapshot snapshot, std::shared_ptr<const model::History> history,
                    const Frame* before = nullptr);

/// What the screen wants to know.
struct ScanWish {
  model::Sources sources;    ///< of every process
  std::vector<Pid> shown{};  ///< those on the screen, and their ancestors; ascending
  model::Sources shown_sources{};
  bool threads = false;              ///< of all, too
  model::Sources thread_sources{};   ///< no more than these of a thread
  std::vector<Tid> shown_threads{};  ///< of those on the screen; ascending
  bool others_matter = true;         ///< whoever is not shown decides on rows or their order
  bool shown_only = false;           ///< nobody but these, on top of the last scan
};

class Scanner {
 public:
  virtual ~Scanner() = default;
  virtual Result<FramePtr> scan(const ScanWish& wish) = 0;
};

class ProcScanner : public Scanner {
 public:
  explicit ProcScanner(procfs::Reader reader) : reader_(std::move(reader)) {}
  Result<FramePtr> scan(const ScanWish& wish) override;

 private:
  Result<FramePtr> look(const model::ScanOptions& options, const model::LastScan& last);

  procfs::Reader reader_;
  FramePtr last_;
  std::uint64_t scans_ = 0;
  model::StuckTasks stuck_;  ///< so that a stuck target delays the first frame alone
};

}  // namespace ptop::app
