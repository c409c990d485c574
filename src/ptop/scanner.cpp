// One frame: scan, then tree, rates and classes.
#include "scanner.hpp"

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
  auto snapshot = model::scan(reader_, {.sources = sources, .threads = false, .stuck = &stuck_});
  if (!snapshot) return fail(snapshot.error());
  history_.observe(*snapshot);
  return make_frame(std::move(*snapshot), &history_);
}

}  // namespace ptop::app
