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

/// The command names of processes, for those who want to see them (-Y).
class ProcessNames {
 public:
  virtual ~ProcessNames() = default;
  /// Raw, in `arena`. Empty: not known.
  virtual std::string_view comm(std::int64_t pid, Arena& arena) = 0;
};

}  // namespace ptop::decode
