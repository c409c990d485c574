// The screens one can switch to: each with its columns, its order and whom it shows.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "process_list.hpp"

namespace ptop::app {

/// Chosen widths; a column that is not there has that of the column table.
using Widths = std::map<model::ColumnId, int>;

struct Tab {
  std::string name;
  std::vector<model::ColumnId> columns;
  Arrangement arrangement{};
  std::string query{};  ///< whom it shows; "": everybody
  Widths widths{};
};

/// The columns shown without -o.
std::vector<model::ColumnId> default_columns();
/// The first one has the given columns.
std::vector<Tab> make_tabs(std::vector<model::ColumnId> first);

}  // namespace ptop::app
