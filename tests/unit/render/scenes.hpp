// A small machine made by hand: for tests of tables, trees and JSON.
#pragma once

#include <memory>
#include <vector>

#include "ptop/model/columns.hpp"

namespace ptop::test {

/// Owns what a Scene borrows.
class Machine {
 public:
  /// init, a daemon, a shell with a strange child, a zombie, an orphan, a stopped task, one that may not be
  /// read; a thread of the shell.
  Machine();
  /// A chain: each process is the only child of the one before.
  explicit Machine(std::size_t chain_length);
  const model::Scene& scene() const { return *scene_; }
  model::Row row(model::ProcessIndex index) const { return {*scene_, snapshot_.processes[index], index}; }
  std::vector<model::TaskIndex> rows() const;  ///< the processes

 private:
  void finish();

  model::Snapshot snapshot_;
  model::Tree tree_;
  std::vector<model::Classification> classes_;
  model::UserNames users_;
  std::unique_ptr<model::Scene> scene_;
};

/// Position of a pid in the machine.
model::ProcessIndex index_of(const Machine& machine, int pid);

}  // namespace ptop::test
