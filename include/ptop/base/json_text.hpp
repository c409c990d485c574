// The inside of a JSON string, safe to look at: a terminal takes nothing in it for an order.
#pragma once

#include <string>
#include <string_view>

namespace ptop {

/// Appends valid UTF-8 as RFC 8259 wants it between quotes. Besides what JSON forbids, everything that
/// append_escaped() would escape is written \uXXXX, above U+FFFF as a surrogate pair: whoever parses it gets
/// the same text, and whoever prints it is safe.
void append_json_text(std::string& out, std::string_view text);

}  // namespace ptop
