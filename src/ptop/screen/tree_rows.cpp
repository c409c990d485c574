// Rows in their order.
#include "tree_rows.hpp"

#include <algorithm>
#include <span>
#include <unordered_map>

namespace ptop::app {
namespace {

using model::ProcessIndex;
using model::ThreadIndex;

bool missing(const model::Value& value) { return std::holds_alternative<std::monostate>(value); }

ListRow row_of_process(const model::Scene& scene, ProcessIndex process) {
  const ProcessKey key = scene.snapshot.processes[process].process_key();
  return {.process = process,
          .pid = key.pid,
          .tid = leader_of(key.pid),
          .start = key.start,
          .task_start = key.start};
}

ListRow row_of_thread(const model::Scene& scene, ProcessIndex process, ThreadIndex thread) {
  ListRow row = row_of_process(scene, process);
  const TaskKey task = scene.snapshot.threads[thread].key;
  row.kind = RowKind::thread;
  row.item = thread;
  row.tid = task.tid;
  row.task_start = task.start;
  return row;
}

/// Lists of children in one piece, siblings in the order in which they were added.
class Children {
 public:
  /// `parents`: of each child, in that order.
  Children(std::size_t parents, std::span<const std::uint32_t> children,
           std::span<const std::uint32_t> parent_of)
      : begin_(parents + 1, 0), list_(children.size()) {
    for (const std::uint32_t parent : parent_of) ++begin_[parent + 1];
    for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (std::size_t i = 0; i < children.size(); ++i) list_[next[parent_of[i]]++] = children[i];
  }
  std::span<std::uint32_t> of(std::size_t parent) {
    return std::span(list_).subspan(begin_[parent], begin_[parent + 1] - begin_[parent]);
  }

 private:
  std::vector<std::uint32_t> begin_, list_;
};

class TreeRows {
 public:
  explicit TreeRows(const TreeWish& wish)
      : wish_(wish), scene_(wish.scene), order_(scene_.tree.preorder()), children_(hang_up()) {
    if (wish_.groups != nullptr) group_children_ = hang_up_groups();
    if (wish_.recent == nullptr) return;
    const auto all = wish_.recent->ended();
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      if (all[i].parent) ended_.emplace(*all[i].parent, i);
    }
  }

  std::vector<ListRow> make();

 private:
  /// The rows below one, kind by kind.
  struct Level {
    std::span<const GroupIndex> groups{};
    std::vector<ThreadIndex> threads{};
    std::span<const ProcessIndex> processes{};
    std::vector<std::uint32_t> gone{};  ///< into Recent::ended()
    ProcessIndex owner = 0;             ///< of the threads
    std::uint32_t parent = ListRow::no_parent;
    std::uint32_t depth = 0;
    std::size_t next = 0;
    std::size_t size() const { return groups.size() + threads.size() + processes.size() + gone.size(); }
  };

  std::size_t process_count() const { return scene_.snapshot.processes.size(); }
  /// A list of rows that outgrew its room would hold twice as many.
  std::size_t most_rows() const {
    const std::size_t groups = wish_.groups != nullptr ? wish_.groups->list.size() : 0;
    return process_count() + wish_.marks.thread_matches.size() + groups + ended_.size();
  }
  Children hang_up();
  Children hang_up_groups();
  std::span<const ProcessIndex> sorted(std::span<ProcessIndex> siblings) const;
  std::span<const GroupIndex> sorted_groups(std::span<GroupIndex> siblings) const;
  std::vector<ThreadIndex> threads_below(ProcessIndex process) const;
  std::vector<ThreadIndex> sorted_threads(ProcessIndex process) const;
  std::optional<Level> below(const ListRow& row);
  ListRow row_at(const Level& level, std::size_t at) const;
  bool closed(const ListRow& row) const;
  std::uint32_t hidden_below(const ListRow& row) const;

  const TreeWish& wish_;
  const model::Scene& scene_;
  std::vector<ProcessIndex> order_;                           // parents before children
  std::vector<std::uint32_t> below_;                          // rows below each process
  Children children_;                                         // of processes, then of groups, then roots
  std::optional<Children> group_children_;                    // groups in groups, then the outermost
  std::unordered_multimap<ProcessKey, std::uint32_t> ended_;  // by ancestor
};

/// Those without an ancestor in sight hang on their group, or are roots.
Children TreeRows::hang_up() {
  const std::size_t groups = wish_.groups != nullptr ? wish_.groups->list.size() : 0;
  std::vector<std::uint32_t> children, parents;
  for (const ProcessIndex i : order_) {
    if (!wish_.marks.shown[i]) continue;
    const std::uint32_t up = wish_.links.up[i];
    children.push_back(i);
    parents.push_back(up != Links::none ? up
                                        : static_cast<std::uint32_t>(process_count()) +
                                              (groups > 0 ? wish_.groups->of_process[i] : 0));
  }
  below_.assign(process_count(), 0);
  for (auto it = order_.rbegin(); it != order_.rend(); ++it) {
    if (!wish_.marks.shown[*it]) continue;
    const std::uint32_t up = wish_.links.up[*it];
    below_[*it] += static_cast<std::uint32_t>(threads_below(*it).size());
    if (up != Links::none) below_[up] += below_[*it] + 1;
  }
  return {process_count() + std::max<std::size_t>(groups, 1), children, parents};
}

Children TreeRows::hang_up_groups() {
  const auto& list = wish_.groups->list;
  std::vector<std::uint32_t> children, parents;
  for (std::size_t i = 0; i < list.size(); ++i) {
    children.push_back(static_cast<std::uint32_t>(i));
    parents.push_back(list[i].parent.value_or(static_cast<std::uint32_t>(list.size())));
  }
  return {list.size() + 1, children, parents};
}

std::span<const ProcessIndex> TreeRows::sorted(std::span<ProcessIndex> siblings) const {
  const auto& values = wish_.order.processes;
  if (!values.empty())
    std::stable_sort(siblings.begin(), siblings.end(), [&](ProcessIndex a, ProcessIndex b) {
      return wish_.order.before(values[a], values[b]);
    });
  return siblings;
}

/// By their sums if the order is one of those, and by name otherwise; the rest comes last.
std::span<const GroupIndex> TreeRows::sorted_groups(std::span<GroupIndex> siblings) const {
  const auto& list = wish_.groups->list;
  const auto value = [&](GroupIndex g) { return group_value(scene_, list[g], wish_.order.sort.column); };
  std::stable_sort(siblings.begin(), siblings.end(), [&](GroupIndex a, GroupIndex b) {
    if (list[a].named != list[b].named) return list[a].named;
    const model::Value x = value(a), y = value(b);
    if (wish_.order.before(x, y)) return true;
    return !wish_.order.before(y, x) && list[a].id < list[b].id;
  });
  return siblings;
}

std::vector<ThreadIndex> TreeRows::threads_below(ProcessIndex process) const {
  std::vector<ThreadIndex> found;
  if (wish_.marks.thread_matches.empty()) return found;
  const auto [first, last] = model::threads_of(scene_.snapshot, scene_.snapshot.processes[process].pid);
  for (ThreadIndex i = first; i < last; ++i) {
    if (wish_.marks.thread_matches[i]) found.push_back(i);
  }
  return found;
}

std::vector<ThreadIndex> TreeRows::sorted_threads(ProcessIndex process) const {
  auto found = threads_below(process);
  const auto& values = wish_.order.threads;
  if (!values.empty())
    std::stable_sort(found.begin(), found.end(),
                     [&](ThreadIndex a, ThreadIndex b) { return wish_.order.before(values[a], values[b]); });
  return found;
}

ListRow TreeRows::row_at(const Level& level, std::size_t at) const {
  if (at < level.groups.size()) return {.kind = RowKind::group, .item = level.groups[at]};
  at -= level.groups.size();
  if (at < level.threads.size()) return row_of_thread(scene_, level.owner, level.threads[at]);
  at -= level.threads.size();
  if (at >= level.processes.size()) {
    const std::uint32_t gone = level.gone[at - level.processes.size()];
    const ProcessKey key = wish_.recent->ended()[gone].key;
    return {.kind = RowKind::ended,
            .item = gone,
            .pid = key.pid,
            .tid = leader_of(key.pid),
            .start = key.start,
            .task_start = key.start};
  }
  ListRow row = row_of_process(scene_, level.processes[at]);
  row.context = !wish_.marks.matches[row.process];
  return row;
}

bool TreeRows::closed(const ListRow& row) const {
  if (row.kind == RowKind::group) return wish_.collapsed.groups.contains(wish_.groups->list[row.item].id);
  return row.kind == RowKind::process && wish_.collapsed.branches.contains(row.key());
}

std::uint32_t TreeRows::hidden_below(const ListRow& row) const {
  return row.kind == RowKind::group ? wish_.groups->list[row.item].count : below_[row.process];
}

/// What ended stands behind the children of the ancestor that lives on.
std::optional<TreeRows::Level> TreeRows::below(const ListRow& row) {
  Level level{.depth = row.depth + 1};
  if (row.kind == RowKind::group) {
    level.groups = sorted_groups(group_children_->of(row.item));
    level.processes = sorted(children_.of(process_count() + row.item));
  } else if (row.kind == RowKind::process) {
    level.owner = row.process;
    level.threads = sorted_threads(row.process);
    level.processes = sorted(children_.of(row.process));
    const auto [from, to] = ended_.equal_range(row.key());
    for (auto it = from; it != to; ++it) level.gone.push_back(it->second);
  }
  if (level.size() == 0) return std::nullopt;
  return level;
}

/// An explicit stack: a chain of a hundred thousand forks must not overflow ours.
std::vector<ListRow> TreeRows::make() {
  std::vector<ListRow> rows;
  rows.reserve(most_rows());
  std::vector<Level> open(1);
  if (wish_.groups != nullptr)
    open[0].groups = sorted_groups(group_children_->of(wish_.groups->list.size()));
  else
    open[0].processes = sorted(children_.of(process_count()));
  while (!open.empty()) {
    Level& level = open.back();
    if (level.next == level.size()) {
      open.pop_back();
      continue;
    }
    ListRow row = row_at(level, level.next++);
    row.parent = level.parent;
    row.depth = level.depth;
    row.last = level.next == level.size();
    const bool shut = closed(row);
    if (shut) row.hidden = hidden_below(row);
    rows.push_back(row);
    auto more = shut ? std::nullopt : below(row);
    if (!more) continue;
    more->parent = static_cast<std::uint32_t>(rows.size() - 1);
    open.push_back(std::move(*more));
  }
  return rows;
}

}  // namespace

bool RowOrder::before(const model::Value& a, const model::Value& b) const {
  if (missing(a) || missing(b)) return !missing(a) && missing(b);
  return sort.descending ? model::value_less(b, a) : model::value_less(a, b);
}

/// A process without a row is replaced by its children, so nobody is lost with it.
Links make_links(const model::Scene& scene, const RowMarks& marks, const Groups* groups) {
  Links links;
  links.up.assign(scene.snapshot.processes.size(), Links::none);
  std::vector<ProcessIndex> nearest(links.up);
  for (const ProcessIndex i : scene.tree.preorder()) {
    const auto parent = scene.tree.nodes[i].parent;
    if (!parent) continue;
    nearest[i] = marks.shown[*parent] ? *parent : nearest[*parent];
    const bool together = groups == nullptr || (nearest[i] != Links::none && marks.shown[i] &&
                                                groups->of_process[nearest[i]] == groups->of_process[i]);
    if (together) links.up[i] = nearest[i];
  }
  return links;
}

std::vector<ListRow> make_tree_rows(const TreeWish& wish) { return TreeRows(wish).make(); }

std::vector<ListRow> make_flat_rows(const model::Scene& scene, const RowMarks& marks, const RowOrder& order) {
  std::vector<ListRow> rows;
  std::vector<std::pair<ProcessIndex, std::uint32_t>> tasks;  // with the thread, or none
  for (std::size_t i = 0; i < marks.shown.size(); ++i) {
    const auto process = static_cast<ProcessIndex>(i);
    if (marks.shown[i]) tasks.emplace_back(process, Links::none);
    if (marks.thread_matches.empty()) continue;
    const auto [first, last] = model::threads_of(scene.snapshot, scene.snapshot.processes[i].pid);
    for (ThreadIndex t = first; t < last; ++t) {
      if (marks.thread_matches[t]) tasks.emplace_back(process, t);
    }
  }
  const auto value = [&](const auto& task) -> const model::Value& {
    return task.second == Links::none ? order.processes[task.first] : order.threads[task.second];
  };
  if (!order.processes.empty())
    std::stable_sort(tasks.begin(), tasks.end(),
                     [&](const auto& a, const auto& b) { return order.before(value(a), value(b)); });
  rows.reserve(tasks.size());
  for (const auto& [process, thread] : tasks)
    rows.push_back(thread == Links::none ? row_of_process(scene, process)
                                         : row_of_thread(scene, process, thread));
  return rows;
}

}  // namespace ptop::app
