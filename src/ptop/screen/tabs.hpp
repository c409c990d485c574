// The screens one can switch to: each with its columns, its order and whom it shows.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "process_list.hpp"

namespace ptop::app {

struct Tab {
  std::string_view name;
  std::vector<model::ColumnId> columns;
  Arrangement arrangement{};
  std::string_view query{};  ///< whom it shows; "": everybody
};

/// The columns shown without -o.
std::vector<model::ColumnId> default_columns();
/// The first one has the given columns.
std::vector<Tab> make_tabs(std::vector<model::ColumnId> first);

}  // namespace ptop::app
