// Lines for people, on a standard stream that may be full, closed, or without a reader.
#pragma once

#include <string_view>

namespace ptop {

/// All of `text` to the descriptor. What cannot be written is lost: no exception, no SIGPIPE, no SIGXFSZ. The
/// errno of the write that failed, or 0.
int write_or_lose(int fd, std::string_view text) noexcept;

/// "WHO: LINE" and a newline on standard error, in one piece.
void say(std::string_view who, std::string_view line);

}  // namespace ptop
