// Tasks as comma-separated values, RFC 4180.
#pragma once

#include <span>
#include <string>

#include "ptop/model/columns.hpp"

namespace ptop::render {

/// The keys of the columns: the first line. Lines end in CR LF, as the RFC wants it; the LF is left to
/// LineOutput.
std::string csv_header(std::span<const model::ColumnId> columns);

/// The values, in the units of JSON. Text is escaped as for a terminal, so that a line is a line and a file
/// may be looked at; the exact bytes are in JSON. A list is one field: names and numbers with blanks between,
/// strings as a shell would take them. What is missing is an empty field.
std::string csv_line(const model::Row& row, std::span<const model::ColumnId> columns);

}  // namespace ptop::render
