// The entries of a directory: processes, threads, descriptors, namespaces. For the reader only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace ptop::procfs {

/// Ascending. Names that are no decimal number as the kernel writes them are left out. Reads from the current
/// position of `dir` to the end. Error: errno.
tl::expected<std::vector<std::int32_t>, int> list_numbers(int dir);

/// Every name but those that open with a dot, sorted. Otherwise the same.
tl::expected<std::vector<std::string>, int> list_names(int dir);

}  // namespace ptop::procfs
