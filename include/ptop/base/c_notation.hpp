// Bytes as a C string would have them, and as strace prints them: \n, \33, or \x1b when asked for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ptop {

/// Which bytes are \xNN. odd_bytes: those that are no printable ASCII; odd_strings: all, in a string that has
/// such a byte (white space is none); never: those are octal.
enum class HexBytes : std::uint8_t { never, odd_bytes, odd_strings, always };

/// Without quotes. `special`: printable bytes that would end what is around: '"' gets a backslash, others
/// octal.
void append_c_bytes(std::string& out, std::string_view bytes, std::string_view special = "\"",
                    HexBytes hex = HexBytes::never);

}  // namespace ptop
