// One line of the list, and what it is of.
#pragma once

#include "ptop/model/sample.hpp"

namespace ptop::app {

enum class RowKind : std::uint8_t { process, thread, group, ended };

/// Index into Groups::list.
using GroupIndex = std::uint32_t;

struct ListRow {
  RowKind kind = RowKind::process;
  bool last = false;                ///< of its siblings
  bool context = false;             ///< does not match the filter itself, but somebody below it does
  model::ProcessIndex process = 0;  ///< of a thread: whose it is
  /// The thread, into Snapshot::threads; the group; who is no more, into Recent::ended().
  std::uint32_t item = 0;
  std::uint32_t depth = 0;
  std::uint32_t hidden = 0;          ///< rows not shown because this branch is collapsed
  std::uint32_t parent = no_parent;  ///< row of the parent, but in the flat list and for roots
  Pid pid;                           ///< of a thread: of its process; of a group: none
  Tid tid;
  Ticks start, task_start;

  static constexpr std::uint32_t no_parent = ~0U;
  bool has_parent() const { return parent != no_parent; }
  ProcessKey key() const { return {pid, start}; }
  TaskKey task() const { return {tid, task_start}; }
  /// A living task, of which there are figures.
  bool is_task() const { return kind == RowKind::process || kind == RowKind::thread; }
  /// It is no more: `process` means nothing.
  bool ended() const { return kind == RowKind::ended; }
};

/// Of a living task.
inline const model::Sample& sample_of(const model::Snapshot& snapshot, const ListRow& row) {
  return row.kind == RowKind::thread ? snapshot.threads[row.item] : snapshot.processes[row.process];
}

}  // namespace ptop::app
