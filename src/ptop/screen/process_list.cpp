// Arranging the list: which processes are shown, in which order, and where the cursor is.
#include "process_list.hpp"

#include <algorithm>
#include <utility>

namespace ptop::app {
namespace {

using model::ProcessIndex;

std::optional<ProcessIndex> index_of(const model::Scene& scene, ProcessKey key) {
  const auto index = model::find_index(scene.snapshot, key.pid);
  if (!index || scene.snapshot.processes[*index].process_key() != key) return std::nullopt;
  return index;
}

/// In row order.
std::vector<model::Value> values_of(const model::Scene& scene, const model::Column& column) {
  std::vector<model::Value> values;
  const auto& processes = scene.snapshot.processes;
  values.reserve(processes.size());
  for (std::size_t i = 0; i < processes.size(); ++i)
    values.push_back(column.value({scene, processes[i], static_cast<ProcessIndex>(i)}));
  return values;
}

/// Calls `visit` with each thread, its index, and that of its process.
template <class Visit>
void each_thread(const model::Scene& scene, Visit visit) {
  const auto& threads = scene.snapshot.threads;
  std::optional<ProcessIndex> process;
  for (std::size_t i = 0; i < threads.size(); ++i) {
    if (i == 0 || threads[i].pid != threads[i - 1].pid)
      process = model::find_index(scene.snapshot, threads[i].pid);
    if (process) visit(model::Row{scene, threads[i], *process}, static_cast<model::ThreadIndex>(i));
  }
}

}  // namespace

void ProcessList::arrange(const model::Scene& scene, const Recent* recent) {
  choose_shown(scene);
  make_rows(scene, make_order(scene), recent);
  place_cursor(scene);
  if (match_wanted_) go_to_match();
  forget_ended(scene);
}

void ProcessList::choose_shown(const model::Scene& scene) {
  const auto& processes = scene.snapshot.processes;
  marks_.matches.assign(processes.size(), false);
  for (std::size_t i = 0; i < processes.size(); ++i) {
    const model::Sample& p = processes[i];
    if (!kernel_threads_ && p.stat.is_kernel_thread()) continue;
    if (user_ && !(p.has(model::Source::status) && p.status->uid.effective == *user_)) continue;
    const model::Row row{scene, p, static_cast<ProcessIndex>(i)};
    marks_.matches[i] = scope_.matches(row) && filter_.matches(row);
  }
  marks_.shown = marks_.matches;
  choose_threads(scene);
  if (tree() && group() == GroupBy::parent && narrowed()) show_ancestors(scene);
}

/// A thread that matches has its process with it in the tree.
void ProcessList::choose_threads(const model::Scene& scene) {
  marks_.thread_matches.clear();
  if (!threads_) return;
  marks_.thread_matches.assign(scene.snapshot.threads.size(), false);
  each_thread(scene, [&](const model::Row& row, model::ThreadIndex i) {
    const model::Sample& process = scene.snapshot.processes[row.index];
    if (user_ && !(process.has(model::Source::status) && process.status->uid.effective == *user_)) return;
    marks_.thread_matches[i] = scope_.matches(row) && filter_.matches(row);
    if (tree() && marks_.thread_matches[i]) marks_.shown[row.index] = true;
  });
}

void ProcessList::show_ancestors(const model::Scene& scene) {
  const auto order = scene.tree.preorder();
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    const auto parent = scene.tree.nodes[*it].parent;
    if (marks_.shown[*it] && parent) marks_.shown[*parent] = true;
  }
}

RowOrder ProcessList::make_order(const model::Scene& scene) const {
  RowOrder order{.sort = sort(), .processes = {}, .threads = {}};
  if (tree() && sort() == Sort{}) return order;  // the tree has siblings by age already
  const model::Column& column = model::column(sort().column);
  order.processes = values_of(scene, column);
  if (!threads_) return order;
  order.threads.resize(scene.snapshot.threads.size());
  each_thread(scene,
              [&](const model::Row& row, model::ThreadIndex i) { order.threads[i] = column.value(row); });
  return order;
}

/// The old rows go first: of many processes they are a good part of all that is held.
void ProcessList::make_rows(const model::Scene& scene, const RowOrder& order, const Recent* recent) {
  rows_ = std::vector<ListRow>();
  if (!tree()) {
    rows_ = make_flat_rows(scene, marks_, order);
    return;
  }
  const bool grouped = group() != GroupBy::parent;
  groups_ = grouped ? make_groups(scene, group(), marks_.shown) : Groups();
  links_ = make_links(scene, marks_, grouped ? &groups_ : nullptr);
  rows_ = make_tree_rows({.scene = scene,
                          .marks = marks_,
                          .order = order,
                          .links = links_,
                          .collapsed = collapsed_,
                          .groups = grouped ? &groups_ : nullptr,
                          .recent = narrowed() ? nullptr : recent});
}

bool ProcessList::figures_matter() const {
  const bool by_birth = sort().column == model::ColumnId::pid || sort().column == model::ColumnId::ppid;
  return !by_birth || narrowed() || !collapsed_.empty() || group() != GroupBy::parent;
}

bool ProcessList::narrowed() const {
  return !filter_.empty() || !scope_.matches_everything() || user_.has_value();
}

void ProcessList::forget_ended(const model::Scene& scene) {
  std::erase_if(collapsed_.branches, [&](ProcessKey key) { return !index_of(scene, key); });
  if (!tagged_.empty()) {
    std::unordered_set<TaskKey> alive;
    for (const model::Sample& p : scene.snapshot.processes) alive.insert(p.key);
    if (threads_)
      for (const model::Sample& t : scene.snapshot.threads) alive.insert(t.key);
    const auto ended = [&](TaskKey task) { return !alive.contains(task); };
    std::erase_if(tagged_, ended);
    std::erase_if(in_branch_, ended);
  }
  if (group() == GroupBy::parent) return;
  std::erase_if(collapsed_.groups, [&](const std::string& id) {
    return std::none_of(groups_.list.begin(), groups_.list.end(), [&](const Group& g) { return g.id == id; });
  });
}

namespace {

template <class Set, class Key>
void put(Set& set, const Key& key, bool in) {
  if (in)
    set.insert(key);
  else
    set.erase(key);
}

}  // namespace

void ProcessList::set_collapsed(ProcessKey key, bool on) { put(collapsed_.branches, key, on); }

void ProcessList::set_group_collapsed(const std::string& id, bool on) { put(collapsed_.groups, id, on); }

/// Groups are the roots of theirs: all of them, and what is in them stays as it is.
void ProcessList::toggle_all(const model::Scene& scene) {
  if (group() != GroupBy::parent) {
    if (!collapsed_.groups.empty()) return collapsed_.groups.clear();
    for (const Group& g : groups_.list) collapsed_.groups.insert(g.id);
    return;
  }
  if (!collapsed_.branches.empty()) return collapsed_.branches.clear();
  for (std::size_t i = 0; i < scene.tree.nodes.size(); ++i) {
    const auto& node = scene.tree.nodes[i];
    if (node.parent && node.child_count > 0)
      collapsed_.branches.insert(scene.snapshot.processes[i].process_key());
  }
}

void ProcessList::toggle_tag(TaskKey task) {
  if (tagged_.erase(task) == 0)
    tagged_.insert(task);
  else if (in_branch_.contains(task))
    in_branch_.clear();
}

void ProcessList::tag_branch(const model::Scene& scene, ProcessKey top) {
  const auto first = index_of(scene, top);
  if (!first) return;
  std::vector<ProcessIndex> open{*first};
  while (!open.empty()) {
    const ProcessIndex next = open.back();
    open.pop_back();
    tagged_.insert(scene.snapshot.processes[next].key);
    in_branch_.insert(scene.snapshot.processes[next].key);
    const auto children = scene.tree.children_of(next);
    open.insert(open.end(), children.begin(), children.end());
  }
}

void ProcessList::tag_group(const model::Scene& scene) {
  const Group* wanted = selected_group();
  if (wanted == nullptr) return;
  const auto top = static_cast<GroupIndex>(wanted - groups_.list.data());
  for (std::size_t i = 0; i < groups_.of_process.size(); ++i) {
    std::optional<GroupIndex> at = groups_.of_process[i];
    while (at && *at != top) at = groups_.list[*at].parent;
    if (at && marks_.matches[i]) tagged_.insert(scene.snapshot.processes[i].key);
  }
}

std::vector<model::TaskIndex> ProcessList::targets(const model::Scene& scene) const {
  std::vector<model::TaskIndex> found;
  const auto wanted = [&](TaskKey task) { return tagged_.empty() ? task == task_ : tagged_.contains(task); };
  if (tagged_.empty() && !selected_) return found;
  for (const ProcessIndex i : scene.tree.preorder()) {
    const model::Sample& process = scene.snapshot.processes[i];
    if (wanted(process.key)) found.push_back({i, {}});
    if (scene.snapshot.threads.empty()) continue;
    const auto [first, last] = model::threads_of(scene.snapshot, process.pid);
    for (model::ThreadIndex t = first; t < last; ++t)
      if (wanted(scene.snapshot.threads[t].key)) found.push_back({i, t});
  }
  std::reverse(found.begin(), found.end());
  return found;
}

/// Names of groups are looked at too.
bool ProcessList::has_text(const model::Scene& scene, const ListRow& row, std::string_view text) const {
  if (row.kind == RowKind::group) return contains_ignoring_case(groups_.list[row.item].name, text);
  return row.is_task() && command_contains(sample_of(scene.snapshot, row), text);
}

std::optional<std::size_t> ProcessList::find_command(const model::Scene& scene, std::string_view text,
                                                     std::size_t from, bool back) const {
  const std::size_t count = rows_.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = back ? (from + 2 * count - 1 - i) % count : (from + i) % count;
    if (has_text(scene, rows_[row], text)) return row;
  }
  return std::nullopt;
}

std::optional<std::size_t> ProcessList::find_pid(std::string_view digits) const {
  std::optional<std::size_t> beginning;
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    if (rows_[row].kind == RowKind::group) continue;
    const std::string pid = std::to_string(rows_[row].tid.raw());
    if (pid == digits) return row;
    if (!beginning && pid.starts_with(digits)) beginning = row;
  }
  return beginning;
}

}  // namespace ptop::app
