// A snapshot as one JSON document, schema ptop.snapshot/1 (schemas/ptop.snapshot-1.schema.json).
#pragma once

#include <span>
#include <string>

#include "ptop/model/columns.hpp"

namespace ptop::render {

/// Every process in `rows` with `columns` as keys; null and "unavailable" where a fact is missing.
std::string snapshot_json(const model::Scene& scene, std::span<const model::ProcessIndex> rows,
                          std::span<const model::ColumnId> columns);
/// One object for each process, for JSON Lines.
std::string process_json(const model::Row& row, std::span<const model::ColumnId> columns);

}  // namespace ptop::render
