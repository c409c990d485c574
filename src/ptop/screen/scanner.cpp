// One frame: scan, then tree, rates and classes.
#include "scanner.hpp"

#include "ptop/model/scan_again.hpp"

namespace ptop::app {
namespace {

bool has_same_parent(const model::Sample& a, const model::Sample& b) {
  return a.key == b.key && a.stat.ppid == b.stat.ppid && a.stat.flags == b.stat.flags;
}

/// All that classify() looks at in a process that asked for no more than its status.
bool is_same_kind(const model::Sample& a, const model::Sample& b) {
  return model::own_asked_sources(a) == model::own_asked_sources(b) && a.status.is(b.status) &&
         a.cgroups.is(b.cgroups) && a.stat.state == b.stat.state && a.stat.pgid == b.stat.pgid &&
         a.stat.sid == b.stat.sid && a.stat.tty_nr == b.stat.tty_nr && a.stat.exit_code == b.stat.exit_code;
}

/// What two lists have in common.
struct Likeness {
  bool family = true, kinds = true;
};
Likeness compare(const model::SampleList& a, const model::SampleList& b) {
  if (a.size() != b.size()) return {false, false};
  Likeness same;
  for (std::size_t i = 0; i < a.size() && same.family; ++i) {
    if (a.shared(i).is(b.shared(i))) continue;
    same.family = has_same_parent(a[i], b[i]);
    same.kinds = same.kinds && is_same_kind(a[i], b[i]);
  }
  return {same.family, same.family && same.kinds};
}

}  // namespace

FramePtr make_frame(model::Snapshot snapshot, std::shared_ptr<const model::History> history,
                    const Frame* before) {
  auto frame = std::make_shared<Frame>();
  frame->snapshot = std::move(snapshot);
  const Likeness same = before != nullptr ? compare(before->snapshot.processes, frame->snapshot.processes)
                                          : Likeness{false, false};
  frame->tree =
      same.family ? before->tree : std::make_shared<const model::Tree>(model::build_tree(frame->snapshot));
  using Classes = std::vector<model::Classification>;
  frame->classes =
      same.kinds
          ? before->classes
          : std::make_shared<const Classes>(model::classify(frame->snapshot, *frame->tree, history.get()));
  frame->history = std::move(history);
  return frame;
}

Result<FramePtr> ProcScanner::scan(const ScanWish& wish) {
  const model::ScanOptions options{.sources = wish.sources,
                                   .threads = wish.threads,
                                   .thread_sources = wish.thread_sources,
                                   .shown = wish.shown,
                                   .shown_sources = wish.shown_sources,
                                   .shown_threads = wish.shown_threads,
                                   .stuck = &stuck_};
  model::LastScan last{last_ ? std::shared_ptr<const model::Snapshot>(last_, &last_->snapshot) : nullptr,
                       scans_, wish.others_matter};
  if (wish.shown_only && last_) return look(options, last);
  last.count = ++scans_;
  auto snapshot = model::scan_again(reader_, options, last);
  if (!snapshot) return fail(snapshot.error());
  static const model::History none;
  const model::History& before = last_ ? *last_->history : none;
  auto history = std::make_shared<const model::History>(before.next(*snapshot));
  return last_ = make_frame(std::move(*snapshot), std::move(history), last_.get());
}

/// No time to speak of has passed: rates stay as they are.
Result<FramePtr> ProcScanner::look(const model::ScanOptions& options, const model::LastScan& last) {
  auto frame = std::make_shared<Frame>(
      *make_frame(model::look_again(reader_, options, last), last_->history, last_.get()));
  frame->is_scan = false;
  return last_ = std::move(frame);
}

}  // namespace ptop::app
