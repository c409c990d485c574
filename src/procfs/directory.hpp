// The entries of a directory whose names are numbers: processes, threads, descriptors. For the reader only.
#pragma once

#include <cstdint>
#include <vector>

#include <tl/expected.hpp>

namespace ptop::procfs {

/// Ascending. Names that are no decimal number as the kernel writes them are left out. Reads from the current
/// position of `dir` to the end. Error: errno.
tl::expected<std::vector<std::int32_t>, int> list_numbers(int dir);

}  // namespace ptop::procfs
