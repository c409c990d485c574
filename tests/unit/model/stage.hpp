// A snapshot and all that columns look at.
#pragma once

#include <string>
#include <utility>

#include "ptop/model/columns.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

struct Stage {
  explicit Stage(ptop::model::Snapshot s) : snapshot(std::move(s)) {}
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  ptop::model::Snapshot snapshot;
  ptop::model::Tree tree = ptop::model::build_tree(snapshot);
  std::vector<ptop::model::Classification> classes = ptop::model::classify(snapshot, tree, nullptr);
  ptop::model::UserNames users;
  ptop::model::Scene scene{snapshot, tree, classes, nullptr, users};

  ptop::model::Row row(ptop::Pid pid) {
    const auto index = find_index(snapshot, pid);
    REQUIRE(index);
    return {scene, snapshot.processes[*index], *index};
  }
  ptop::model::Value value(ptop::model::ColumnId id, ptop::Pid pid) {
    return ptop::model::column(id).value(row(pid));
  }
};

inline ptop::model::Snapshot scan_all(const std::string& root, bool threads = false) {
  ptop::model::Sources all;
  for (const ptop::model::Column& c : ptop::model::columns()) all |= c.needs;
  auto reader = ptop::procfs::Reader::open(root);
  REQUIRE(reader);
  auto snapshot = ptop::model::scan(*reader, {.sources = all, .threads = threads});
  REQUIRE(snapshot);
  return std::move(*snapshot);
}

inline std::string fixture(const std::string& story) { return ptop::test::fixtures() + "/proc/" + story; }
