// /proc/<pid>/ns/*: the namespaces of a task.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Source: proc_pid_ns(5), namespaces(7). Two tasks are in the same namespace when type and inode agree.
struct NsLink {
  std::string name;  ///< of the entry: "pid", "pid_for_children"; empty as parsed, the reader fills it in
  std::string type;  ///< "pid", "net", "user"…
  std::uint64_t inode = 0;
};

/// "pid:[4026531836]"
Result<NsLink> parse_ns_link(std::string_view target);

}  // namespace ptop::procfs
