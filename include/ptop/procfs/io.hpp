// /proc/<pid>/io and /proc/<pid>/task/<tid>/io.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Source: proc_pid_io(5). Bytes, but for the two counts of calls. Under /proc/<pid> of the whole thread
/// group with its dead threads, under task/<tid> of that task alone. Needs ptrace access; Linux 2.6.20.
struct TaskIo {
  std::optional<std::uint64_t> rchar, wchar;             ///< handed to or from read- and write-like calls
  std::optional<std::uint64_t> syscr, syscw;             ///< number of such calls
  std::optional<std::uint64_t> read_bytes, write_bytes;  ///< that went to the storage layer
  std::optional<std::uint64_t> cancelled_write_bytes;    ///< dirtied, then truncated before being written
};

/// Errors: `malformed`, when a known line does not fit or there is none.
Result<TaskIo> parse_io(std::string_view text);

}  // namespace ptop::procfs
