// Where the cursor of the list is: on a task or a group by identity, from scan to scan.
#include <algorithm>
#include <utility>

#include "process_list.hpp"

namespace ptop::app {
namespace {

using model::ProcessIndex;

bool lives(const model::Scene& scene, ProcessKey key) {
  const model::Sample* process = model::find_process(scene.snapshot, key.pid);
  return process != nullptr && process->process_key() == key;
}

}  // namespace

template <class Fits>
std::optional<std::size_t> ProcessList::row_where(Fits fits) const {
  const auto row = std::find_if(rows_.begin(), rows_.end(), fits);
  if (row == rows_.end()) return std::nullopt;
  return static_cast<std::size_t>(row - rows_.begin());
}

const Group* ProcessList::selected_group() const {
  const bool there = on_group_ && cursor_ < rows_.size() && rows_[cursor_].kind == RowKind::group;
  return there ? &groups_.list[rows_[cursor_].item] : nullptr;
}

void ProcessList::place_cursor(const model::Scene& scene) {
  if (!cursor_follows_) return keep_line();
  if (on_group_) return place_on_group();
  if (!selected_) return lose_selection();
  if (!lives(scene, *selected_) || !thread_lives(scene)) {
    ended_ = std::exchange(task_, {});
    selected_.reset();
    moved_ = false;
    return lose_selection();
  }
  const TaskKey task = task_;
  const auto row = row_where([&](const ListRow& r) { return r.is_task() && r.task() == task; });
  if (row) {
    cursor_ = *row;
  } else if (!place_on_branch(*model::find_index(scene.snapshot, selected_->pid))) {
    lose_selection();
  }
}

/// False: a thread is selected, and has ended. One that merely has no row any more hands over to its process.
bool ProcessList::thread_lives(const model::Scene& scene) const {
  if (!thread_selected() || !threads_) return true;
  const auto thread = model::find_thread(scene.snapshot, selected_->pid, task_.tid);
  return thread && scene.snapshot.threads[*thread].key == task_;
}

/// Up the tree until somebody is shown: a collapsed ancestor, or group, stands for what is in it.
bool ProcessList::place_on_branch(ProcessIndex process) {
  std::uint32_t at = process;
  while (at != Links::none) {
    const auto row =
        row_where([&](const ListRow& r) { return r.kind == RowKind::process && r.process == at; });
    if (row) return settle(*row), true;
    if (!tree()) return false;
    process = at;
    at = links_.up[at];
  }
  return group() != GroupBy::parent && marks_.shown[process] && place_on(groups_.of_process[process]);
}

bool ProcessList::place_on(GroupIndex group) {
  for (std::optional<GroupIndex> at = group; at; at = groups_.list[*at].parent) {
    const auto row = row_where([&](const ListRow& r) { return r.kind == RowKind::group && r.item == *at; });
    if (!row) continue;
    settle(*row);
    return true;
  }
  return false;
}

void ProcessList::place_on_group() {
  const auto found =
      std::find_if(groups_.list.begin(), groups_.list.end(), [&](const Group& g) { return g.id == group_; });
  const bool there = group() != GroupBy::parent && found != groups_.list.end();
  if (there && place_on(static_cast<GroupIndex>(found - groups_.list.begin()))) return;
  on_group_ = false;
  moved_ = moved_ && group() == GroupBy::parent;  // whoever comes in its place was not chosen
  lose_selection();
}

/// The cursor keeps its place on the screen; whoever is there is meant only if the user came there.
void ProcessList::lose_selection() {
  cursor_ = rows_.empty() ? 0 : std::min(cursor_, rows_.size() - 1);
  selected_.reset();
  if (moved_ && !rows_.empty() && rows_[cursor_].kind != RowKind::ended) settle(cursor_);
}

void ProcessList::keep_line() {
  cursor_ = rows_.empty() ? 0 : std::min(cursor_, rows_.size() - 1);
  selected_.reset();
  ended_.reset();
  if (!rows_.empty()) move_to(cursor_);
}

/// What a filter looks at may be read by the next scan only: until then nobody may match.
void ProcessList::go_to_match() {
  if (selected_ && !rows_[cursor_].context) {
    match_wanted_ = false;
    return;
  }
  if (const auto match = row_where([](const ListRow& row) { return row.is_task() && !row.context; }))
    move_to(*match);
}

void ProcessList::move(std::ptrdiff_t by) {
  const auto size = static_cast<std::ptrdiff_t>(rows_.size());
  move_to(static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(cursor_) + by, 0,
                                                              std::max<std::ptrdiff_t>(size - 1, 0))));
}

void ProcessList::move_to(std::size_t row) {
  moved_ = true;
  match_wanted_ = false;
  ended_.reset();
  if (row < rows_.size()) settle(row);
}

void ProcessList::settle(std::size_t row) {
  cursor_ = row;
  on_group_ = false;
  selected_.reset();
  const ListRow& entry = rows_[row];
  switch (entry.kind) {
    case RowKind::ended:
      ended_ = entry.task();
      return;
    case RowKind::group:
      on_group_ = true;
      group_ = groups_.list[entry.item].id;
      return;
    case RowKind::process:
    case RowKind::thread:
      selected_ = entry.key();
      task_ = entry.task();
      return;
  }
}

std::size_t ProcessList::scroll(std::size_t height) {
  if (height == 0) return top_ = cursor_;
  if (cursor_ < top_) top_ = cursor_;
  if (cursor_ >= top_ + height) top_ = cursor_ - height + 1;
  const std::size_t most = rows_.size() > height ? rows_.size() - height : 0;
  return top_ = std::min(top_, most);
}

std::vector<Pid> ProcessList::pids_in_sight(std::size_t height) const {
  std::vector<Pid> pids;
  std::vector<bool> taken(rows_.size(), false);
  for (std::size_t i = top_; i < std::min(top_ + height, rows_.size()); ++i) {
    for (auto row = static_cast<std::uint32_t>(i); row != ListRow::no_parent && !taken[row];
         row = rows_[row].parent) {
      taken[row] = true;
      if (rows_[row].kind != RowKind::group) pids.push_back(rows_[row].pid);
    }
  }
  std::sort(pids.begin(), pids.end());
  pids.erase(std::unique(pids.begin(), pids.end()), pids.end());
  return pids;
}

std::vector<Tid> ProcessList::threads_in_sight(std::size_t height) const {
  std::vector<Tid> tids;
  for (std::size_t i = top_; i < std::min(top_ + height, rows_.size()); ++i) {
    if (rows_[i].kind == RowKind::thread) tids.push_back(rows_[i].tid);
  }
  std::sort(tids.begin(), tids.end());
  return tids;
}

bool ProcessList::select(ProcessKey key) {
  const auto row = row_where([&](const ListRow& r) { return r.kind == RowKind::process && r.key() == key; });
  if (row) move_to(*row);
  return row.has_value();
}

}  // namespace ptop::app
