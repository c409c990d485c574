// One look at the descriptors of a stopped process.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::insight {

/// What /proc/<pid>/fd and fdinfo say of one descriptor.
struct Seen {
  int fd = -1;
  procfs::FdLink link;
  std::optional<std::int64_t> position;
  std::uint32_t flags = 0;  ///< O_*, with O_CLOEXEC
  std::optional<std::uint64_t> inode;
  std::optional<std::uint32_t> mount_id;

  bool close_on_exec() const;
  std::uint32_t access() const;  ///< O_ACCMODE of the flags
  std::string target() const;    ///< as readlink(2) gives it
};

/// 0 to 2: they are meant to be inherited.
constexpr bool is_standard(int fd) { return fd < 3; }

/// All of them, ascending. Errors: as opening /proc/<pid>/fd.
Result<std::vector<Seen>> look(procfs::Reader& reader, Pid pid);

/// "regular", "pipe"…: as `ptop fds` names it.
std::string_view type_of(procfs::Reader& reader, Pid pid, const Seen& seen);

/// What one descriptor leads to, raw. Empty: it is closed, or not to be read.
std::string target_of(procfs::Reader& reader, Pid pid, int fd);

/// Whether two looks may have seen one open file: one that was closed and opened again by its name looks the
/// same.
bool same_file(const Seen& a, const Seen& b);

/// Whether two descriptors, of whatever number, are surely of one object: pipes and sockets have an inode of
/// their own, and the ends of a pipe their access.
bool same_object(const Seen& a, const Seen& b);

/// Where the open files of two descriptors stand to each other in the kernel's order: equal when they are
/// one. nullopt: kcmp(2) does not say.
std::optional<std::strong_ordering> order_of_open_files(Pid a, int fd_of_a, Pid b, int fd_of_b);
using FileOrder = decltype(&order_of_open_files);

}  // namespace ptop::insight
