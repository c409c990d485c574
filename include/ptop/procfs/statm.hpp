// /proc/<pid>/statm.
#pragma once

#include <cstdint>
#include <string_view>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Source: proc_pid_statm(5). Pages. All zero for a zombie and a kernel thread.
struct Statm {
  std::uint64_t size = 0, resident = 0, shared = 0, text = 0, data = 0;
};
Result<Statm> parse_statm(std::string_view text);

}  // namespace ptop::procfs
