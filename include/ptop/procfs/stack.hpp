// /proc/<pid>/stack and /proc/<pid>/task/<tid>/stack: where in the kernel a task is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

struct KernelFrame {
  std::string symbol;        ///< "do_wait"; the address as text when the kernel has no name for it
  std::uint64_t offset = 0;  ///< bytes into the function
  std::uint64_t size = 0;    ///< of the function; 0: not said
  std::string module;        ///< empty: of the kernel proper
};

/// Source: proc_pid_stack(5). Innermost frame first; empty for a task that runs, and for a zombie. Root only
/// since Linux 4.19.
Result<std::vector<KernelFrame>> parse_stack(std::string_view text);

}  // namespace ptop::procfs
