// Parents and children out of the ppids of one snapshot.
#include "ptop/model/tree.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace ptop::model {
namespace {

/// init and kthreadd have no parent anywhere. Any other process with ppid 0 was put into the reader's pid
/// namespace from outside (setns(2)), where its parent is.
bool has_no_parent(const Sample& process) {
  constexpr Pid init(1);
  return process.stat.ppid.raw() == 0 && (process.pid == init || process.stat.is_kernel_thread());
}

void link_parents(const Snapshot& snapshot, Tree& tree) {
  for (ProcessIndex i = 0; i < tree.nodes.size(); ++i) {
    const Sample& process = snapshot.processes[i];
    if (has_no_parent(process)) continue;
    const auto parent = find_index(snapshot, process.stat.ppid);
    if (parent && *parent != i) {
      tree.nodes[i].parent = parent;
    } else {
      tree.nodes[i].parent_unseen = true;
    }
  }
}

/// Of a cycle, the process that started first becomes a root.
void cut_cycle_at(const Snapshot& snapshot, Tree& tree, ProcessIndex member) {
  const auto age = [&](ProcessIndex i) {
    return std::tuple(snapshot.processes[i].key.start, snapshot.processes[i].pid);
  };
  ProcessIndex oldest = member;
  for (ProcessIndex i = *tree.nodes[member].parent; i != member; i = *tree.nodes[i].parent) {
    if (age(i) < age(oldest)) oldest = i;
  }
  tree.nodes[oldest].parent.reset();
  tree.nodes[oldest].parent_unseen = true;
}

void cut_cycles(const Snapshot& snapshot, Tree& tree) {
  constexpr ProcessIndex never = 0;
  std::vector<ProcessIndex> visited_from(tree.nodes.size(), never);  // 1 + where the walk upward began
  for (ProcessIndex first = 0; first < tree.nodes.size(); ++first) {
    const ProcessIndex mark = first + 1;
    std::optional<ProcessIndex> at = first;
    while (at && visited_from[*at] == never) {
      visited_from[*at] = mark;
      at = tree.nodes[*at].parent;
    }
    if (at && visited_from[*at] == mark) cut_cycle_at(snapshot, tree, *at);
  }
}

/// Each parent gets as much of Tree::children as it needs.
void make_room_for_children(Tree& tree) {
  for (const TreeNode& node : tree.nodes) {
    if (node.parent) ++tree.nodes[*node.parent].child_count;
  }
  std::uint32_t next = 0;
  for (TreeNode& node : tree.nodes) {
    node.first_child = next;
    next += std::exchange(node.child_count, 0);
  }
  tree.children.resize(next);
}

void link_children(const Snapshot& snapshot, Tree& tree) {
  make_room_for_children(tree);
  for (ProcessIndex i = 0; i < tree.nodes.size(); ++i) {
    if (const auto parent = tree.nodes[i].parent) {
      TreeNode& above = tree.nodes[*parent];
      tree.children[above.first_child + above.child_count++] = i;
    } else {
      tree.roots.push_back(i);
    }
  }
  for (const TreeNode& node : tree.nodes) {
    if (node.child_count < 2) continue;
    const auto first = tree.children.begin() + node.first_child;
    // Indices ascend by pid already, so a stable sort by start is enough.
    std::stable_sort(first, first + node.child_count, [&](ProcessIndex a, ProcessIndex b) {
      return snapshot.processes[a].key.start < snapshot.processes[b].key.start;
    });
  }
}

}  // namespace

std::vector<ProcessIndex> Tree::preorder() const {
  std::vector<ProcessIndex> order;
  order.reserve(nodes.size());
  std::vector<ProcessIndex> pending(roots.rbegin(), roots.rend());
  while (!pending.empty()) {  // not by recursion: a chain of 30,000 forks is a tree of that depth
    const ProcessIndex i = pending.back();
    pending.pop_back();
    order.push_back(i);
    const auto below = children_of(i);
    pending.insert(pending.end(), below.rbegin(), below.rend());
  }
  return order;
}

Tree build_tree(const Snapshot& snapshot) {
  Tree tree;
  tree.nodes.resize(snapshot.processes.size());
  link_parents(snapshot, tree);
  cut_cycles(snapshot, tree);
  link_children(snapshot, tree);
  for (const ProcessIndex i : tree.preorder()) {
    if (const auto parent = tree.nodes[i].parent) tree.nodes[i].depth = tree.nodes[*parent].depth + 1;
  }
  return tree;
}

}  // namespace ptop::model
