// Arranging the list: which processes are shown, in which order, and where the cursor is.
#include "process_list.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace ptop::app {
namespace {

using model::ProcessIndex;

std::optional<ProcessIndex> index_of(const model::Scene& scene, ProcessKey key) {
  const auto index = model::find_index(scene.snapshot, key.pid);
  if (!index || scene.snapshot.processes[*index].process_key() != key) return std::nullopt;
  return index;
}

bool missing(const model::Value& value) { return std::holds_alternative<std::monostate>(value); }

}  // namespace

void ProcessList::arrange(const model::Scene& scene, const Recent* recent) {
  choose_shown(scene);
  add_rows(scene, recent);
  place_cursor(scene);
  if (match_wanted_) go_to_match();
  const auto ended = [&](ProcessKey key) { return index_of(scene, key) == std::nullopt; };
  std::erase_if(collapsed_, ended);
  std::erase_if(tagged_, ended);
}

void ProcessList::choose_shown(const model::Scene& scene) {
  const auto& processes = scene.snapshot.processes;
  matches_.assign(processes.size(), false);
  for (std::size_t i = 0; i < processes.size(); ++i) {
    const model::Sample& p = processes[i];
    if (!kernel_threads_ && p.stat.is_kernel_thread()) continue;
    if (user_ && !(p.has(model::Source::status) && p.status->uid.effective == *user_)) continue;
    const model::Row row{scene, p, static_cast<ProcessIndex>(i)};
    matches_[i] = scope_.matches(row) && filter_.matches(row);
  }
  shown_ = matches_;
  if (!tree() || !narrowed()) return;
  const auto order = scene.tree.preorder();
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    const auto parent = scene.tree.nodes[*it].parent;
    if (shown_[*it] && parent) shown_[*parent] = true;
  }
}

void ProcessList::add_rows(const model::Scene& scene, const Recent* recent) {
  rows_.clear();
  rows_.reserve(scene.snapshot.processes.size());
  const auto& processes = scene.snapshot.processes;
  const model::Column& column = model::column(sort().column);
  const bool natural = tree() && sort() == Sort{};  // the tree has siblings by age already
  sort_values_.clear();
  for (std::size_t i = 0; !natural && i < processes.size(); ++i) {
    sort_values_.push_back(column.value({scene, processes[i], static_cast<ProcessIndex>(i)}));
  }
  tree() ? add_tree(scene, recent) : add_flat(scene);
}

void ProcessList::sort_indices(std::vector<ProcessIndex>& indices) const {
  if (sort_values_.empty()) return;
  const bool down = sort().descending;
  std::stable_sort(indices.begin(), indices.end(), [&](ProcessIndex a, ProcessIndex b) {
    const auto &x = sort_values_[a], &y = sort_values_[b];
    if (missing(x) || missing(y)) return !missing(x) && missing(y);
    return down ? model::value_less(y, x) : model::value_less(x, y);
  });
}

void ProcessList::add_flat(const model::Scene& scene) {
  std::vector<ProcessIndex> indices;
  for (std::size_t i = 0; i < scene.snapshot.processes.size(); ++i) {
    if (shown_[i]) indices.push_back(static_cast<ProcessIndex>(i));
  }
  sort_indices(indices);
  for (ProcessIndex i : indices)
    rows_.push_back({.process = i, .key = scene.snapshot.processes[i].process_key()});
}

/// Children in display order. A hidden child is replaced by its own children, so nobody is lost with it.
std::vector<ProcessIndex> ProcessList::children_shown(const model::Scene& scene, ProcessIndex parent) const {
  std::vector<ProcessIndex> found, open = scene.tree.nodes[parent].children;
  std::reverse(open.begin(), open.end());
  while (!open.empty()) {
    const ProcessIndex next = open.back();
    open.pop_back();
    if (shown_[next]) {
      found.push_back(next);
      continue;
    }
    const auto& below = scene.tree.nodes[next].children;
    open.insert(open.end(), below.rbegin(), below.rend());
  }
  sort_indices(found);
  return found;
}

std::uint32_t ProcessList::count_shown(const model::Scene& scene, ProcessIndex below) const {
  std::uint32_t count = 0;
  auto open = scene.tree.nodes[below].children;
  while (!open.empty()) {
    const ProcessIndex next = open.back();
    open.pop_back();
    count += shown_[next] ? 1 : 0;
    const auto& children = scene.tree.nodes[next].children;
    open.insert(open.end(), children.begin(), children.end());
  }
  return count;
}

/// An explicit stack: a chain of a hundred thousand forks must not overflow ours. Those that ended stand
/// behind the children of the ancestor that lives on, unless the rows are narrowed anyway.
void ProcessList::add_tree(const model::Scene& scene, const Recent* recent) {
  const Ended ended = narrowed() ? Ended() : ended_by_parent(recent);
  struct Siblings {
    std::vector<ProcessIndex> list;
    std::vector<const EndedProcess*> gone;
    std::optional<std::uint32_t> parent;
    std::uint32_t depth = 0;
    std::size_t next = 0;
    bool is_last() const { return next + 1 == list.size() + gone.size(); }
  };
  std::vector<Siblings> open{{.list = roots_shown(scene), .gone = {}, .parent = {}}};
  while (!open.empty()) {
    Siblings& level = open.back();
    if (level.next == level.list.size() + level.gone.size()) {
      open.pop_back();
      continue;
    }
    const bool last = level.is_last();
    const std::size_t at = level.next++;
    if (at >= level.list.size()) {
      const EndedProcess* gone = level.gone[at - level.list.size()];
      rows_.push_back(
          {.key = gone->key, .parent = level.parent, .depth = level.depth, .last = last, .ended = gone});
      continue;
    }
    const ProcessIndex process = level.list[at];
    const std::uint32_t depth = level.depth;
    auto children = children_shown(scene, process);
    const ProcessKey key = scene.snapshot.processes[process].process_key();
    const bool closed = collapsed_.contains(key);
    rows_.push_back({process, key, level.parent, depth, closed ? count_shown(scene, process) : 0,
                     !children.empty(), last, !matches_[process]});
    const auto [from, to] = ended.equal_range(key);
    if (closed || (children.empty() && from == to)) continue;
    Siblings below{.list = std::move(children),
                   .gone = {},
                   .parent = static_cast<std::uint32_t>(rows_.size() - 1),
                   .depth = depth + 1};
    for (auto it = from; it != to; ++it) below.gone.push_back(it->second);
    open.push_back(std::move(below));
  }
}

bool ProcessList::narrowed() const {
  return !filter_.empty() || !scope_.matches_everything() || user_.has_value();
}

ProcessList::Ended ProcessList::ended_by_parent(const Recent* recent) {
  Ended ended;
  if (recent == nullptr) return ended;
  for (const EndedProcess& e : recent->ended()) {
    if (e.parent) ended.emplace(*e.parent, &e);
  }
  return ended;
}

std::vector<ProcessIndex> ProcessList::roots_shown(const model::Scene& scene) const {
  std::vector<ProcessIndex> roots;
  for (ProcessIndex root : scene.tree.roots) {
    if (shown_[root])
      roots.push_back(root);
    else
      for (ProcessIndex child : children_shown(scene, root)) roots.push_back(child);
  }
  sort_indices(roots);
  return roots;
}

std::optional<std::size_t> ProcessList::row_of(ProcessKey key) const {
  const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const ListRow& r) { return r.key == key; });
  if (row == rows_.end()) return std::nullopt;
  return static_cast<std::size_t>(row - rows_.begin());
}

void ProcessList::place_cursor(const model::Scene& scene) {
  if (!cursor_follows_) return keep_line();
  // Up the tree until somebody is shown: a collapsed ancestor stands for its branch.
  auto wanted = selected_ ? index_of(scene, *selected_) : std::nullopt;
  if (selected_ && !wanted) ended_ = std::exchange(selected_, std::nullopt), moved_ = false;
  while (wanted) {
    const ProcessKey key = scene.snapshot.processes[*wanted].process_key();
    if (const auto row = row_of(key)) {
      cursor_ = *row;
      selected_ = key;
      return;
    }
    wanted = tree() ? scene.tree.nodes[*wanted].parent : std::nullopt;
  }
  cursor_ = rows_.empty() ? 0 : std::min(cursor_, rows_.size() - 1);
  selected_.reset();
  if (moved_ && !rows_.empty() && rows_[cursor_].ended == nullptr) selected_ = rows_[cursor_].key;
}

/// What a filter looks at may be read by the next scan only: until then nobody may match.
void ProcessList::go_to_match() {
  if (selected_ && !rows_[cursor_].context) {
    match_wanted_ = false;
    return;
  }
  const auto match = std::find_if(rows_.begin(), rows_.end(),
                                  [](const ListRow& row) { return !row.context && row.ended == nullptr; });
  if (match != rows_.end()) move_to(static_cast<std::size_t>(match - rows_.begin()));
}

void ProcessList::keep_line() {
  cursor_ = rows_.empty() ? 0 : std::min(cursor_, rows_.size() - 1);
  selected_.reset();
  ended_.reset();
  if (!rows_.empty()) move_to(cursor_);
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
  if (row >= rows_.size()) return;
  cursor_ = row;
  if (rows_[row].ended != nullptr) {
    selected_.reset();
    ended_ = rows_[row].key;
  } else {
    selected_ = rows_[row].key;
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
    for (std::optional<std::uint32_t> row(static_cast<std::uint32_t>(i)); row && !taken[*row];
         row = rows_[*row].parent) {
      taken[*row] = true;
      pids.push_back(rows_[*row].key.pid);
    }
  }
  std::sort(pids.begin(), pids.end());
  return pids;
}

bool ProcessList::select(ProcessKey key) {
  const auto row = row_of(key);
  if (row) move_to(*row);
  return row.has_value();
}

void ProcessList::set_collapsed(ProcessKey key, bool on) {
  if (on) {
    collapsed_.insert(key);
  } else {
    collapsed_.erase(key);
  }
}

void ProcessList::toggle_all(const model::Scene& scene) {
  if (!collapsed_.empty()) return collapsed_.clear();
  for (std::size_t i = 0; i < scene.tree.nodes.size(); ++i) {
    const auto& node = scene.tree.nodes[i];
    if (node.parent && !node.children.empty()) collapsed_.insert(scene.snapshot.processes[i].process_key());
  }
}

void ProcessList::toggle_tag(ProcessKey key) {
  if (tagged_.erase(key) == 0) tagged_.insert(key);
}

void ProcessList::tag_branch(const model::Scene& scene, ProcessKey top) {
  const auto first = index_of(scene, top);
  if (!first) return;
  std::vector<ProcessIndex> open{*first};
  while (!open.empty()) {
    const ProcessIndex next = open.back();
    open.pop_back();
    tagged_.insert(scene.snapshot.processes[next].process_key());
    const auto& children = scene.tree.nodes[next].children;
    open.insert(open.end(), children.begin(), children.end());
  }
}

std::vector<ProcessIndex> ProcessList::targets(const model::Scene& scene) const {
  std::vector<ProcessIndex> found;
  if (tagged_.empty()) {
    if (const auto one = selected_ ? index_of(scene, *selected_) : std::nullopt) found.push_back(*one);
    return found;
  }
  for (const ProcessIndex i : scene.tree.preorder()) {
    if (tagged_.contains(scene.snapshot.processes[i].process_key())) found.push_back(i);
  }
  std::reverse(found.begin(), found.end());
  return found;
}

std::optional<std::size_t> ProcessList::find_command(const model::Scene& scene, std::string_view text,
                                                     std::size_t from, bool back) const {
  const std::size_t count = rows_.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = back ? (from + 2 * count - 1 - i) % count : (from + i) % count;
    if (rows_[row].ended == nullptr && command_contains(scene.snapshot.processes[rows_[row].process], text))
      return row;
  }
  return std::nullopt;
}

std::optional<std::size_t> ProcessList::find_pid(std::string_view digits) const {
  std::optional<std::size_t> beginning;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const std::string pid = std::to_string(rows_[row].key.pid.raw());
    if (pid == digits) return row;
    if (!beginning && pid.starts_with(digits)) beginning = row;
  }
  return beginning;
}

}  // namespace ptop::app
