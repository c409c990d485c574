// build_tree: every process once, whatever the ppids say.
#include "ptop/model/tree.hpp"

#include "made_snapshot.hpp"
#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::model;

namespace {

std::vector<int> pids(const Snapshot& snapshot, const std::vector<ProcessIndex>& indices) {
  std::vector<int> out;
  for (const ProcessIndex i : indices) out.push_back(snapshot.processes[i].pid.raw());
  return out;
}

}  // namespace

TEST_CASE("build_tree: siblings by start time, then pid", "[model]") {
  const auto s = snapshot_of({{1, 0, 0}, {10, 1, 50}, {11, 1, 40}, {12, 1, 50}, {13, 10, 60}});
  const Tree tree = build_tree(s);
  CHECK(pids(s, tree.preorder()) == std::vector{1, 11, 10, 13, 12});
  CHECK(tree.nodes[0].depth == 0);
  CHECK(tree.nodes[1].depth == 1);
  CHECK(tree.nodes[4].depth == 2);
}

TEST_CASE("build_tree: init and kthreadd are roots with no parent, not with an unseen one", "[model]") {
  const auto s = snapshot_of({{.pid = 1, .ppid = 0}, {.pid = 2, .ppid = 0, .flags = 0x00200000}});
  const Tree tree = build_tree(s);
  CHECK(pids(s, tree.roots) == std::vector{1, 2});
  CHECK_FALSE(tree.nodes[0].parent_unseen);
  CHECK_FALSE(tree.nodes[1].parent_unseen);
}

TEST_CASE("build_tree: a process that entered the pid namespace has an unseen parent", "[model]") {
  const auto s = snapshot_of({{1, 0}, {2, 0}, {30, 0}});
  const Tree tree = build_tree(s);
  CHECK(tree.nodes[1].parent_unseen);
  CHECK(tree.nodes[2].parent_unseen);
}

TEST_CASE("build_tree: a missing parent makes a root", "[model]") {
  const auto s = snapshot_of({{1, 0}, {30, 29}, {31, 30}});
  const Tree tree = build_tree(s);
  CHECK(pids(s, tree.roots) == std::vector{1, 30});
  CHECK(tree.nodes[1].parent_unseen);
  CHECK_FALSE(tree.nodes[2].parent_unseen);
}

TEST_CASE("build_tree: a process that is its own parent is a root", "[model]") {
  const auto s = snapshot_of({{5, 5}});
  const Tree tree = build_tree(s);
  CHECK(pids(s, tree.preorder()) == std::vector{5});
  CHECK(tree.nodes[0].parent_unseen);
}

TEST_CASE("build_tree: a cycle is cut at the process that started first", "[model]") {
  const auto s = snapshot_of({{1, 0, 0}, {10, 12, 30}, {11, 10, 20}, {12, 11, 10}, {13, 11, 40}});
  const Tree tree = build_tree(s);
  CHECK(pids(s, tree.roots) == std::vector{1, 12});
  CHECK(pids(s, tree.preorder()) == std::vector{1, 12, 10, 11, 13});
}

TEST_CASE("build_tree: a chain of 100,000 is no problem", "[model]") {
  Snapshot s;
  for (int pid = 1; pid <= 100'000; ++pid) s.processes.push_back(sample_of({pid, pid - 1}));
  const Tree tree = build_tree(s);
  CHECK(tree.preorder().size() == 100'000);
  CHECK(tree.nodes.back().depth == 99'999);
}

TEST_CASE("build_tree: an empty snapshot is an empty tree", "[model]") {
  CHECK(build_tree({}).preorder().empty());
}
