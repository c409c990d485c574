// The list of processes as the user arranged it: tree or flat, sorted, filtered, collapsed, with a cursor
// that stays on its process. Pure state; views/process_list.cpp draws it.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "groups.hpp"
#include "list_row.hpp"
#include "ptop/model/columns.hpp"
#include "recent.hpp"
#include "row_filter.hpp"
#include "tree_rows.hpp"

namespace ptop::app {

/// In which order, and whether as a tree.
struct Arrangement {
  bool tree = true;
  Sort tree_sort{};
  Sort flat_sort{model::ColumnId::cpu, true};
  GroupBy group = GroupBy::parent;  ///< of the tree
};

class ProcessList {
 public:
  /// Builds the rows anew from a scan. The cursor stays on its process (pid and start time); when that ended,
  /// the cursor keeps its place on the screen but nothing is selected until it is moved.
  /// `recent`: whose ended processes keep a row in the tree for a while; nullptr: nobody's. It must not
  /// change before the next call.
  void arrange(const model::Scene& scene, const Recent* recent = nullptr);

  const std::vector<ListRow>& rows() const { return rows_; }
  std::size_t cursor() const { return cursor_; }
  /// The process under the cursor, or whose thread is there; nullopt: none, or it has ended since.
  std::optional<ProcessKey> selected() const { return selected_; }
  /// Itself, or the thread under the cursor.
  std::optional<TaskKey> selected_task() const { return selected_ ? std::optional(task_) : std::nullopt; }
  bool thread_selected() const { return selected_ && task_.tid != leader_of(selected_->pid); }
  /// The group under the cursor; nullptr: none.
  const Group* selected_group() const;
  const Groups& groups() const { return groups_; }
  /// The task that was selected and has ended, as long as the cursor was not moved.
  std::optional<TaskKey> ended() const { return ended_; }

  void move(std::ptrdiff_t rows);
  void move_to(std::size_t row);
  /// False: it has no row.
  bool select(ProcessKey key);
  /// The processes of the `height` rows in sight and of all above them in the tree, ascending.
  std::vector<Pid> pids_in_sight(std::size_t height) const;
  /// The threads in sight, ascending.
  std::vector<Tid> threads_in_sight(std::size_t height) const;
  /// The first row shown, so that the cursor is among the `height` visible ones.
  std::size_t scroll(std::size_t height);

  bool tree() const { return arrangement_.tree; }
  Sort sort() const { return tree() ? arrangement_.tree_sort : arrangement_.flat_sort; }
  const Arrangement& arrangement() const { return arrangement_; }
  bool kernel_threads() const { return kernel_threads_; }
  const RowFilter& filter() const { return filter_; }
  /// The files that scope, filter and order look at.
  model::Sources needs() const {
    return model::column(sort().column).needs | filter_.needs() | scope_.needs() | needs_of(group());
  }
  /// Whether figures of those who are not in sight decide on rows, on their order or on sums that are shown.
  bool figures_matter() const;
  /// Of the tree as it is now.
  GroupBy group() const { return tree() ? arrangement_.group : GroupBy::parent; }
  bool threads() const { return threads_; }
  std::optional<Uid> user() const { return user_; }

  // Each of these needs arrange() afterwards.
  void set_arrangement(const Arrangement& arrangement) { arrangement_ = arrangement; }
  void set_tree(bool on) { arrangement_.tree = on; }
  void set_sort(Sort sort) { (tree() ? arrangement_.tree_sort : arrangement_.flat_sort) = sort; }
  /// Whom this screen shows at all; the filter narrows that further.
  void set_scope(model::Query scope) { scope_ = std::move(scope); }
  void set_group(GroupBy by) { arrangement_.group = by; }
  /// Threads have rows, if the scan read them.
  void set_threads(bool on) { threads_ = on; }
  void set_kernel_threads(bool on) { kernel_threads_ = on; }
  /// False: the cursor stays on its line and selects whoever comes there.
  void set_cursor_follows(bool on) { cursor_follows_ = on; }
  /// Takes the cursor to the first match, unless it is on one.
  void set_filter(RowFilter filter) { filter_ = std::move(filter), match_wanted_ = true; }
  void set_user(std::optional<Uid> user) { user_ = user, match_wanted_ = true; }
  void set_collapsed(ProcessKey key, bool on);
  bool collapsed(ProcessKey key) const { return collapsed_.branches.contains(key); }
  void set_group_collapsed(const std::string& id, bool on);
  bool group_collapsed(const std::string& id) const { return collapsed_.groups.contains(id); }
  /// Collapses every branch below the roots; expands all when any is collapsed.
  void toggle_all(const model::Scene& scene);

  // Tags mark tasks for what is done to several at once. One that ends loses its tag.
  void toggle_tag(TaskKey task);
  /// Children that it gets later belong to it, until somebody in it is untagged.
  void tag_branch(const model::Scene& scene, ProcessKey top);
  /// All processes in the group under the cursor.
  void tag_group(const model::Scene& scene);
  void untag_all() { tagged_.clear(), in_branch_.clear(); }
  bool tagged(TaskKey task) const { return tagged_.contains(task); }
  /// With its children to come.
  bool tagged_with_branch(TaskKey task) const { return in_branch_.contains(task); }
  std::size_t tag_count() const { return tagged_.size(); }
  /// The tagged tasks, shown or not; none tagged: the selected one. Leaves come before their parents, and a
  /// process after its threads.
  std::vector<model::TaskIndex> targets(const model::Scene& scene) const;

  /// The next row from `from` on (wrapping round) whose command contains `text`; `back`: the nearest one
  /// before `from`.
  std::optional<std::size_t> find_command(const model::Scene& scene, std::string_view text, std::size_t from,
                                          bool back = false) const;
  /// The row of that pid or tid, otherwise the first whose number begins so.
  std::optional<std::size_t> find_pid(std::string_view digits) const;

 private:
  void choose_shown(const model::Scene& scene);
  void choose_threads(const model::Scene& scene);
  void show_ancestors(const model::Scene& scene);
  RowOrder make_order(const model::Scene& scene) const;
  void make_rows(const model::Scene& scene, const RowOrder& order, const Recent* recent);
  void forget_ended(const model::Scene& scene);
  /// Whether somebody is left out on purpose.
  bool narrowed() const;
  void place_cursor(const model::Scene& scene);
  void place_on_group();
  bool thread_lives(const model::Scene& scene) const;
  void settle(std::size_t row);
  bool place_on_branch(model::ProcessIndex process);
  bool place_on(GroupIndex group);
  void lose_selection();
  void keep_line();
  void go_to_match();
  bool has_text(const model::Scene& scene, const ListRow& row, std::string_view text) const;
  template <class Fits>
  std::optional<std::size_t> row_where(Fits fits) const;

  Arrangement arrangement_;
  bool kernel_threads_ = true, cursor_follows_ = true, threads_ = false;
  model::Query scope_;
  RowFilter filter_;
  std::optional<Uid> user_;
  Collapsed collapsed_;
  std::unordered_set<TaskKey> tagged_, in_branch_;

  std::vector<ListRow> rows_;
  Groups groups_;
  std::size_t cursor_ = 0, top_ = 0;
  std::optional<ProcessKey> selected_;
  TaskKey task_;       ///< of what is selected
  std::string group_;  ///< the group that is selected: Group::id
  bool on_group_ = false;
  std::optional<TaskKey> ended_;
  bool match_wanted_ = false;  ///< the cursor goes to the first match, as soon as there is one
  bool moved_ = true;          ///< the user chose this row, so whatever is on it is meant

  // Of the scan being arranged.
  RowMarks marks_;
  Links links_;
};

}  // namespace ptop::app
