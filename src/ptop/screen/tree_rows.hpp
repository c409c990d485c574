// The rows of the tree: processes below their parents or in groups, threads below their processes, and who
// ended lately.
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "groups.hpp"
#include "list_row.hpp"
#include "recent.hpp"

namespace ptop::app {

struct Sort {
  model::ColumnId column = model::ColumnId::pid;
  bool descending = false;
  friend bool operator==(const Sort&, const Sort&) = default;
};

/// In which order rows stand.
struct RowOrder {
  Sort sort;
  std::vector<model::Value> processes, threads;  ///< by their indices; empty: as they come

  bool before(const model::Value& a, const model::Value& b) const;
};

/// Who has a row at all, by index.
struct RowMarks {
  std::vector<bool> matches;         ///< the filter and all else that narrows the list
  std::vector<bool> shown;           ///< or somebody below it does
  std::vector<bool> thread_matches;  ///< empty: threads have no rows
};

struct Collapsed {
  std::unordered_set<ProcessKey> branches;
  std::unordered_set<std::string> groups;  ///< by Group::id
  bool empty() const { return branches.empty() && groups.empty(); }
};

/// Where each process hangs.
struct Links {
  static constexpr std::uint32_t none = ~0U;
  std::vector<model::ProcessIndex> up;  ///< the nearest ancestor with a row, in the same group; none: a root
};
Links make_links(const model::Scene& scene, const RowMarks& marks, const Groups* groups);

struct TreeWish {
  const model::Scene& scene;
  const RowMarks& marks;
  const RowOrder& order;
  const Links& links;
  const Collapsed& collapsed;
  const Groups* groups = nullptr;  ///< nullptr: below their parents
  const Recent* recent = nullptr;  ///< whose ended processes have rows; nullptr: nobody's
};
std::vector<ListRow> make_tree_rows(const TreeWish& wish);
std::vector<ListRow> make_flat_rows(const model::Scene& scene, const RowMarks& marks, const RowOrder& order);

}  // namespace ptop::app
