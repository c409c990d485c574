// Which tasks the one-shot commands show, and in which order.
#pragma once

#include <string_view>
#include <vector>

#include "ptop/base/result.hpp"
#include "ptop/model/columns.hpp"
#include "ptop/model/query.hpp"

namespace ptop::app {

struct Sorting {
  model::ColumnId column = model::ColumnId::pid;
  bool descending = false;
  bool asked_for = false;  ///< false: processes by pid, siblings by start time
};

/// `[-]COL`; `+COL` as ps(1) allows. Errors: `malformed` with one line.
Result<Sorting> parse_sorting(std::string_view text);

/// Every task of the snapshot; unless sorted otherwise, threads behind their process. What is unavailable
/// comes last in either direction.
std::vector<model::TaskIndex> flat_rows(const model::Scene& scene, Sorting sorting);

/// Parents before children, siblings sorted, threads behind their process.
std::vector<model::TaskIndex> tree_rows(const model::Scene& scene, Sorting sorting);

/// Leaves the rows that match, in their order.
void keep_matching(std::vector<model::TaskIndex>& rows, const model::Scene& scene, const model::Query& query);

}  // namespace ptop::app
