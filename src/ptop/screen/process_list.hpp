// The list of processes as the user arranged it: tree or flat, sorted, filtered, collapsed, with a cursor
// that stays on its process. Pure state; views/process_list.cpp draws it.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ptop/model/columns.hpp"
#include "recent.hpp"
#include "row_filter.hpp"

namespace ptop::app {

/// One line of the list.
struct ListRow {
  model::ProcessIndex process = 0;
  ProcessKey key;
  std::optional<std::uint32_t> parent;  ///< row of the parent; nullopt in the flat list and for roots
  std::uint32_t depth = 0;
  std::uint32_t hidden = 0;  ///< descendants not shown because this branch is collapsed
  bool has_children = false;
  bool last = false;                    ///< last of its siblings
  bool context = false;                 ///< does not match the filter itself, but a descendant does
  const EndedProcess* ended = nullptr;  ///< it is no more: `process` means nothing; Recent's
};

struct Sort {
  model::ColumnId column = model::ColumnId::pid;
  bool descending = false;
  friend bool operator==(const Sort&, const Sort&) = default;
};

/// In which order, and whether as a tree.
struct Arrangement {
  bool tree = true;
  Sort tree_sort{};
  Sort flat_sort{model::ColumnId::cpu, true};
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
  /// The process under the cursor; nullopt: none, or it has ended since.
  std::optional<ProcessKey> selected() const { return selected_; }
  /// The process that was selected and has ended, as long as the cursor was not moved.
  std::optional<ProcessKey> ended() const { return ended_; }

  void move(std::ptrdiff_t rows);
  void move_to(std::size_t row);
  /// False: it has no row.
  bool select(ProcessKey key);
  /// The processes of the `height` rows in sight and of all above them in the tree, ascending.
  std::vector<Pid> pids_in_sight(std::size_t height) const;
  /// The first row shown, so that the cursor is among the `height` visible ones.
  std::size_t scroll(std::size_t height);

  bool tree() const { return arrangement_.tree; }
  Sort sort() const { return tree() ? arrangement_.tree_sort : arrangement_.flat_sort; }
  const Arrangement& arrangement() const { return arrangement_; }
  bool kernel_threads() const { return kernel_threads_; }
  const RowFilter& filter() const { return filter_; }
  /// The files that scope, filter and order look at.
  model::Sources needs() const {
    return model::column(sort().column).needs | filter_.needs() | scope_.needs();
  }
  std::optional<Uid> user() const { return user_; }

  // Each of these needs arrange() afterwards.
  void set_arrangement(const Arrangement& arrangement) { arrangement_ = arrangement; }
  void set_tree(bool on) { arrangement_.tree = on; }
  void set_sort(Sort sort) { (tree() ? arrangement_.tree_sort : arrangement_.flat_sort) = sort; }
  /// Whom this screen shows at all; the filter narrows that further.
  void set_scope(model::Query scope) { scope_ = std::move(scope); }
  void set_kernel_threads(bool on) { kernel_threads_ = on; }
  /// False: the cursor stays on its line and selects whoever comes there.
  void set_cursor_follows(bool on) { cursor_follows_ = on; }
  /// Takes the cursor to the first match, unless it is on one.
  void set_filter(RowFilter filter) { filter_ = std::move(filter), match_wanted_ = true; }
  void set_user(std::optional<Uid> user) { user_ = user, match_wanted_ = true; }
  void set_collapsed(ProcessKey key, bool on);
  bool collapsed(ProcessKey key) const { return collapsed_.contains(key); }
  /// Collapses every branch below the roots; expands all when any is collapsed.
  void toggle_all(const model::Scene& scene);

  // Tags mark processes for what is done to several at once. One that ends loses its tag.
  void toggle_tag(ProcessKey key);
  void tag_branch(const model::Scene& scene, ProcessKey top);
  void untag_all() { tagged_.clear(); }
  bool tagged(ProcessKey key) const { return tagged_.contains(key); }
  std::size_t tag_count() const { return tagged_.size(); }
  /// The tagged processes, shown or not; none tagged: the selected one. Leaves come before their parents.
  std::vector<model::ProcessIndex> targets(const model::Scene& scene) const;

  /// The next row from `from` on (wrapping round) whose command contains `text`; `back`: the nearest one
  /// before `from`.
  std::optional<std::size_t> find_command(const model::Scene& scene, std::string_view text, std::size_t from,
                                          bool back = false) const;
  /// The row of that pid, otherwise the first whose pid begins so.
  std::optional<std::size_t> find_pid(std::string_view digits) const;

 private:
  void choose_shown(const model::Scene& scene);
  void add_rows(const model::Scene& scene, const Recent* recent);
  void add_flat(const model::Scene& scene);
  void add_tree(const model::Scene& scene, const Recent* recent);
  /// Whether somebody is left out on purpose.
  bool narrowed() const;
  using Ended = std::unordered_multimap<ProcessKey, const EndedProcess*>;
  static Ended ended_by_parent(const Recent* recent);
  std::vector<model::ProcessIndex> roots_shown(const model::Scene& scene) const;
  std::vector<model::ProcessIndex> children_shown(const model::Scene& scene,
                                                  model::ProcessIndex parent) const;
  std::uint32_t count_shown(const model::Scene& scene, model::ProcessIndex below) const;
  void sort_indices(std::vector<model::ProcessIndex>& indices) const;
  void place_cursor(const model::Scene& scene);
  void keep_line();
  void go_to_match();
  std::optional<std::size_t> row_of(ProcessKey key) const;

  Arrangement arrangement_;
  bool kernel_threads_ = true, cursor_follows_ = true;
  model::Query scope_;
  RowFilter filter_;
  std::optional<Uid> user_;
  std::unordered_set<ProcessKey> collapsed_, tagged_;

  std::vector<ListRow> rows_;
  std::size_t cursor_ = 0, top_ = 0;
  std::optional<ProcessKey> selected_, ended_;
  bool match_wanted_ = false;  ///< the cursor goes to the first match, as soon as there is one
  bool moved_ = true;          ///< the user chose this row, so whatever is on it is meant

  // Of the scan being arranged, by ProcessIndex.
  std::vector<bool> matches_, shown_;
  std::vector<model::Value> sort_values_;
};

}  // namespace ptop::app
