// Names that the kernel has in its caches, and links compared with names. For the readers of this room only.
#pragma once

#include <string>
#include <vector>

#include "ptop/base/fd.hpp"

namespace ptop::procfs {

/// openat2(2) of a path in a task's root, links in it included. Fails with EAGAIN where a file system would
/// have to be asked, unless `may_ask`.
Fd open_in_root(int root, const char* path, bool may_ask);

enum class Called : unsigned char { yes, no, not_told };

/// A link below a task's directory: `name` below `dir`, the task's own files below `dir`/`task`.
struct TaskLink {
  int dir = -1;
  const char* name = nullptr;
  std::string task;  ///< "./" or "../"
};
/// Whether the link leads to what is called `target` in the task's root. `not_told`: its file system would
/// have to be asked, and asks others itself. `buffer` is for reading.
Called is_called(const TaskLink& link, const std::string& target, std::vector<char>& buffer);

}  // namespace ptop::procfs
