// Sorting and filtering of rows.
#include "rows.hpp"

#include <algorithm>
#include <span>

namespace ptop::app {
namespace {

using namespace model;

/// Appends each process with its threads. Threads ascend by (pid, tid).
class RowMaker {
 public:
  explicit RowMaker(const Snapshot& snapshot) : snapshot_(snapshot) {}

  void add(ProcessIndex process) {
    rows_.push_back({process, {}});
    const auto& threads = snapshot_.threads;
    const Pid pid = snapshot_.processes[process].pid;
    auto at = std::lower_bound(threads.begin(), threads.end(), pid,
                               [](const Sample& thread, Pid wanted) { return thread.pid < wanted; });
    for (; at != threads.end() && at->pid == pid; ++at)
      rows_.push_back({process, static_cast<std::uint32_t>(at - threads.begin())});
  }
  std::vector<TaskIndex> take() { return std::move(rows_); }

 private:
  const Snapshot& snapshot_;
  std::vector<TaskIndex> rows_;
};

/// A row and what it is sorted by.
template <class Index>
struct Keyed {
  Value value;
  Index index;
};

/// Sorts; what is unavailable comes last in either direction.
template <class Index>
void sort_keyed(std::vector<Keyed<Index>>& rows, bool descending) {
  std::stable_sort(rows.begin(), rows.end(), [descending](const auto& a, const auto& b) {
    const bool missing =
        std::holds_alternative<std::monostate>(a.value) || std::holds_alternative<std::monostate>(b.value);
    return descending && !missing ? value_less(b.value, a.value) : value_less(a.value, b.value);
  });
}

std::vector<ProcessIndex> sorted_siblings(const Scene& scene, std::span<const ProcessIndex> siblings,
                                          Sorting sorting) {
  std::vector<Keyed<ProcessIndex>> keyed;
  for (const ProcessIndex i : siblings)
    keyed.push_back({column(sorting.column).value(row_of(scene, {i, {}})), i});
  sort_keyed(keyed, sorting.descending);
  std::vector<ProcessIndex> sorted;
  for (const auto& entry : keyed) sorted.push_back(entry.index);
  return sorted;
}

std::vector<ProcessIndex> sorted_tree(const Scene& scene, Sorting sorting) {
  std::vector<ProcessIndex> order, pending;
  const auto push = [&](std::span<const ProcessIndex> siblings) {
    const auto sorted = sorted_siblings(scene, siblings, sorting);
    pending.insert(pending.end(), sorted.rbegin(), sorted.rend());
  };
  push(scene.tree.roots);
  while (!pending.empty()) {
    order.push_back(pending.back());
    pending.pop_back();
    push(scene.tree.children_of(order.back()));
  }
  return order;
}

}  // namespace

Result<Sorting> parse_sorting(std::string_view text) {
  Sorting sorting;
  if (text.empty()) return sorting;
  sorting.asked_for = true;
  sorting.descending = text[0] == '-';
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  const auto columns = parse_columns(text);
  if (!columns) return fail(columns.error());
  if (columns->size() != 1) return fail({Errc::malformed, 0, "one column is sorted by, as in -cpu"});
  sorting.column = columns->front();
  return sorting;
}

std::vector<TaskIndex> flat_rows(const Scene& scene, Sorting sorting) {
  RowMaker maker(scene.snapshot);
  for (ProcessIndex i = 0; i < scene.snapshot.processes.size(); ++i) maker.add(i);
  auto rows = maker.take();
  if (!sorting.asked_for) return rows;
  std::vector<Keyed<TaskIndex>> keyed;
  for (const TaskIndex task : rows)
    keyed.push_back({column(sorting.column).value(row_of(scene, task)), task});
  sort_keyed(keyed, sorting.descending);
  std::transform(keyed.begin(), keyed.end(), rows.begin(), [](const auto& entry) { return entry.index; });
  return rows;
}

std::vector<TaskIndex> tree_rows(const Scene& scene, Sorting sorting) {
  RowMaker maker(scene.snapshot);
  const auto order = sorting.asked_for ? sorted_tree(scene, sorting) : scene.tree.preorder();
  for (const ProcessIndex i : order) maker.add(i);
  return maker.take();
}

void keep_matching(std::vector<TaskIndex>& rows, const Scene& scene, const Query& query) {
  if (query.matches_everything()) return;
  std::erase_if(rows, [&](TaskIndex task) { return !query.matches(row_of(scene, task)); });
}

}  // namespace ptop::app
