// A snapshot as one JSON document, schema ptop.snapshot/1 (schemas/ptop.snapshot-1.schema.json).
#pragma once

#include <span>
#include <string>

#include "ptop/model/columns.hpp"
#include "ptop/model/descriptors.hpp"
#include "ptop/render/output.hpp"

namespace ptop::render {

/// What is written of each task.
struct TaskMembers {
  std::span<const model::ColumnId> columns;
  bool full = false;  ///< limits and namespaces too: full_sources() must have been scanned
  const model::DescriptorEnds* ends = nullptr;  ///< open files too
};
/// What TaskMembers::full needs beside the sources of the columns.
model::Sources full_sources();

/// The document: every task in `rows` with the columns as keys; null and "unavailable" where a fact is
/// missing. Each task is written when it is ready, so that the whole is never in memory.
void write_snapshot_json(LineOutput& out, const model::Scene& scene, std::span<const model::TaskIndex> rows,
                         const TaskMembers& members);
/// One object for each task, for JSON Lines.
std::string process_json(const model::Row& row, const TaskMembers& members);

}  // namespace ptop::render
