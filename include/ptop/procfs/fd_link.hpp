// What /proc/<pid>/fd/<n> and its relatives (exe, cwd, root) point to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ptop::procfs {

enum class FdKind : std::uint8_t { path, pipe, socket, anon_inode, memfd, other };

/// Source: proc_pid_fd(5).
struct FdLink {
  FdKind kind = FdKind::other;
  std::string target;                  ///< raw, as readlink(2) gave it, without " (deleted)"
  std::string name;                    ///< anon_inode: "eventpoll", "eventfd"…; memfd: its name
  std::optional<std::uint64_t> inode;  ///< pipe and socket
  bool deleted = false;                ///< the kernel appended " (deleted)"
};
/// A name that ends in " (deleted)" itself counts as deleted: FdDir looks whether the file is there.
FdLink parse_fd_link(std::string_view target);
std::string_view fd_kind_name(FdKind kind);

struct FdEntry {
  int fd = -1;
  FdLink link;
};

}  // namespace ptop::procfs
