// One line of the list, and what it is of.
#pragma once

#include <optional>

#include "ptop/model/sample.hpp"
#include "recent.hpp"

namespace ptop::app {

enum class RowKind : std::uint8_t { process, thread, group, ended };

/// Index into Groups::list.
using GroupIndex = std::uint32_t;

struct ListRow {
  RowKind kind = RowKind::process;
  bool last = false;                ///< of its siblings
  bool context = false;             ///< does not match the filter itself, but somebody below it does
  model::ProcessIndex process = 0;  ///< of a thread: whose it is
  std::uint32_t item = 0;           ///< the thread, into Snapshot::threads; the group
  std::uint32_t depth = 0;
  std::uint32_t hidden = 0;             ///< rows not shown because this branch is collapsed
  std::optional<std::uint32_t> parent;  ///< row of the parent; nullopt in the flat list and for roots
  ProcessKey key;                       ///< of a thread: of its process; of a group: none
  TaskKey task;
  const EndedProcess* ended = nullptr;  ///< it is no more: `process` means nothing; Recent's

  /// A living task, of which there are figures.
  bool is_task() const { return kind == RowKind::process || kind == RowKind::thread; }
};

/// Of a living task.
inline const model::Sample& sample_of(const model::Snapshot& snapshot, const ListRow& row) {
  return row.kind == RowKind::thread ? snapshot.threads[row.item] : snapshot.processes[row.process];
}

}  // namespace ptop::app
