// Reads a whole small file below a directory. For the readers of this room only.
#pragma once

#include <string_view>
#include <vector>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

enum class End : bool { zero_read, short_read };

/// Never trusts st_size. The view is into `buffer`, which grows as needed and stays so.
Result<std::string_view> read_whole_file(int dir, const char* name, std::vector<char>& buffer, End end);

/// os_error() for what could not be opened or followed, with what `tools/record-proc` left in the place of
/// what it was denied, so that a recording says so to root too: a file or directory is a link to itself
/// (ELOOP), a link is a file (EINVAL). In /proc itself there is neither.
Error open_error(std::string_view what);

/// The same error, but `unsupported` in place of ENOENT while `dir` still has `witness`: a file that is
/// missing from a living directory is one that this kernel does not have, or not for this one.
Error missing_or_gone(Error error, int dir, const char* witness);

}  // namespace ptop::procfs
