// The process tree of one snapshot.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ptop/model/sample.hpp"

namespace ptop::model {

struct TreeNode {
  std::optional<ProcessIndex> parent;              ///< nullopt: a root
  std::uint32_t first_child = 0, child_count = 0;  ///< see Tree::children_of()
  std::uint32_t depth = 0;                         ///< 0 for a root
  bool parent_unseen =
      false;  ///< ppid is not in the snapshot: outside the pid namespace, hidden, or just gone
};

/// Borrowed from nothing: indices only, so it stays valid with any copy of the snapshot.
struct Tree {
  std::vector<TreeNode> nodes;         ///< one per Snapshot::processes, same index
  std::vector<ProcessIndex> roots;     ///< ascending by pid
  std::vector<ProcessIndex> children;  ///< of all, those of one parent in one piece
  /// Ascending by start time, then pid.
  std::span<const ProcessIndex> children_of(ProcessIndex parent) const {
    return std::span(children).subspan(nodes[parent].first_child, nodes[parent].child_count);
  }
  /// Every index, parents before children, siblings in order.
  std::vector<ProcessIndex> preorder() const;
};

/// Never loops and never loses a process, whatever the ppids say (two reads of a changing system can
/// disagree, even into a cycle).
Tree build_tree(const Snapshot& snapshot);

}  // namespace ptop::model
