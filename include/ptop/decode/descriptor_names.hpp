// What is behind a tracee's descriptors, for those who want to see it (-y). follow/ asks /proc, tests make it
// up.
#pragma once

#include <cstdint>
#include <string_view>

#include "ptop/decode/decoded.hpp"

namespace ptop::decode {

/// In an arena; as the members of FileDescriptor.
struct DescriptorName {
  std::string_view path;  ///< the path, "socket:[123]", "pipe:[4]"… raw; empty: closed, or not known
  std::string_view detail = {};
  bool deleted = false;
};

class DescriptorNames {
 public:
  virtual ~DescriptorNames() = default;
  virtual DescriptorName name(std::int32_t fd, Arena& arena) = 0;
  virtual std::string_view working_directory(Arena& arena) = 0;
};

/// What is known of processes beside the numbers that a tracee has for them (-Y, --decode-pids=pidns).
class ProcessNames {
 public:
  virtual ~ProcessNames() = default;
  /// Raw, in `arena`. Empty: not known, or not wanted.
  virtual std::string_view comm(std::int64_t pid, Arena& arena) = 0;
  /// The number in the tracer's pid namespace of what is `pid` in the tracee's: a task, process, group or
  /// session. 0: not known, not wanted, or the namespace is the same.
  virtual std::int64_t outside(std::int64_t pid) = 0;
};

}  // namespace ptop::decode
