// /proc/<pid>/cmdline and environ: byte strings, each ended by NUL.
#pragma once

#include <string_view>
#include <vector>

namespace ptop::procfs {

/// Views into `text`. Empty text (kernel thread, zombie) is an empty list; a missing last NUL (a process
/// that rewrote its argv area, see setproctitle) ends the last word at the end of the text.
std::vector<std::string_view> parse_cmdline(std::string_view text);

}  // namespace ptop::procfs
