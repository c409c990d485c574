// Values from the relatives of a process: its place in the tree, sums over what is below it.
#include <algorithm>

#include "column_values.hpp"

namespace ptop::model::values {
namespace {

SubtreeSum own_share(const Scene& scene, ProcessIndex index) {
  const Sample& sample = scene.snapshot.processes[index];
  const auto cpu = scene.history ? scene.history->cpu_percent(sample.key)
                                 : lifetime_cpu_percent(sample, scene.snapshot.host);
  return {.count = 1, .rss_pages = sample.stat.rss_pages, .cpu = cpu};
}

void add(SubtreeSum& to, const SubtreeSum& part) {
  to.count += part.count;
  to.rss_pages += part.rss_pages;
  if (part.cpu) to.cpu = to.cpu.value_or(0) + *part.cpu;
}

/// All sums at once, children before their parents: each process is added up once, however deep the tree is.
std::vector<SubtreeSum> sum_subtrees(const Scene& scene) {
  std::vector<SubtreeSum> sums(scene.tree.nodes.size());
  const auto order = scene.tree.preorder();
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    add(sums[*at], own_share(scene, *at));
    if (const auto parent = scene.tree.nodes[*at].parent) add(sums[*parent], sums[*at]);
  }
  return sums;
}

const SubtreeSum& subtree(const Row& row) {
  auto& sums = row.scene.made.subtrees;
  if (sums.empty()) sums = sum_subtrees(row.scene);
  return sums[row.index];
}

}  // namespace

Value depth(const Row& row) { return to_value(row.scene.tree.nodes[row.index].depth); }
Value child_count(const Row& row) { return to_value(row.scene.tree.nodes[row.index].child_count); }

Value tree_cpu(const Row& row) {
  const auto& cpu = subtree(row).cpu;
  return cpu ? Value(*cpu) : Value();
}
Value tree_rss(const Row& row) { return subtree(row).rss_pages * row.scene.snapshot.host.info.page_size; }
Value tree_count(const Row& row) { return subtree(row).count; }

}  // namespace ptop::model::values
