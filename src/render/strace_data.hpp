// Dumps of what a call read or wrote, below its line.
#pragma once

#include <string>

#include "ptop/follow/event.hpp"
#include "ptop/render/output.hpp"

namespace ptop::render {

///  * 7 bytes in buffer 0
///  | 00000  70 61 73 73 77 64 0a                              passwd.          |
/// `line`: memory to make them in; empty afterwards.
void write_data(LineOutput& out, std::string& line, const follow::SyscallDone& call);

}  // namespace ptop::render
