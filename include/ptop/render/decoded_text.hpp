// Decoded trees in strace's notation: `AT_FDCWD`, `"text\n"...`, `O_RDONLY|O_CLOEXEC`, `{st_mode=…}`, `[1, 2]`.
#pragma once

#include <string>

#include "ptop/decode/decoded.hpp"

namespace ptop::render {

void append_decoded(std::string& out, const decode::Decoded& value);
/// Bytes in C notation between double quotes, octal escapes as strace writes them.
void append_quoted(std::string& out, std::string_view bytes);

}  // namespace ptop::render
