// One frame: scan, then tree, rates and classes.
#include "scanner.hpp"

#include "ptop/model/scan_again.hpp"

namespace ptop::app {

FramePtr make_frame(model::Snapshot snapshot, const model::History* history) {
  auto frame = std::make_shared<Frame>();
  frame->snapshot = std::move(snapshot);
  frame->tree = model::build_tree(frame->snapshot);
  frame->classes = model::classify(frame->snapshot, frame->tree, history);
  frame->history = history;
  return frame;
}

Result<FramePtr> ProcScanner::scan(model::Sources sources) {
  const model::LastScan last{
      last_ ? std::shared_ptr<const model::Snapshot>(last_, &last_->snapshot) : nullptr, ++scans_};
  auto snapshot = model::scan_again(reader_, {.sources = sources, .threads = false, .stuck = &stuck_}, last);
  if (!snapshot) return fail(snapshot.error());
  history_.observe(*snapshot);
  last_ = make_frame(std::move(*snapshot), &history_);
  return last_;
}

}  // namespace ptop::app
