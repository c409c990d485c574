// One field of RFC 4180.
#pragma once

#include <string>
#include <string_view>

namespace ptop::render {

/// Quoted when it holds a comma, a quote or a line end.
void append_csv_field(std::string& line, std::string_view text);

}  // namespace ptop::render
