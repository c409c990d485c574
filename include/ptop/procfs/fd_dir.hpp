// /proc/<pid>/fd, opened: the descriptors of a process, and what each of them is an open file of.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ptop/base/fd.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/device_number.hpp"
#include "ptop/procfs/fd_link.hpp"
#include "ptop/procfs/fdinfo.hpp"
#include "ptop/procfs/stat.hpp"

namespace ptop::procfs {

/// The open file itself, wherever its name has gone. Source: statx(2).
struct FileStatus {
  std::uint32_t mode = 0;  ///< S_IFMT and permissions
  DeviceNumber device;     ///< of the file system
  DeviceNumber rdev;       ///< of a device file: which device
  std::uint64_t inode = 0;
  std::uint64_t size = 0;  ///< bytes
};

struct RecordedFiles;

/// How a descriptor was opened. `path`: O_PATH, it can be neither read nor written.
enum class FdAccess : std::uint8_t { unknown, path, read, write, read_write };

class Reader;
class TaskDir;

/// Borrows its Reader. All of it is about one task, as with TaskDir.
class FdDir {
 public:
  /// Of the task itself, without opening its directory: who lists the descriptors of everybody saves two
  /// system calls for each.
  Result<Stat> read_stat();
  /// The directory of the task, for more than this.
  Result<TaskDir> open_task();
  /// Ascending. Entries closed meanwhile are left out. Asks no file system.
  Result<std::vector<FdEntry>> entries();
  /// A file whose own name ends in the kernel's mark is still there by that name: then `link` says so. False:
  /// a network or FUSE file system would have to be asked, which is not done.
  bool look_behind_mark(int fd, FdLink& link);
  /// From the permissions of the link: one system call where fdinfo takes three. `gone`: closed.
  Result<FdAccess> access(int fd);
  /// A network or FUSE file system is not asked: it may never answer, so the kernel's last knowledge counts.
  /// In a recorded tree what was written down, or `unsupported`.
  Result<FileStatus> status(int fd);
  Result<FdInfo> read_info(int fd);
  /// f_type of statfs(2). Asks a network or FUSE file system, which may never answer. In a recorded tree
  /// `unsupported`.
  Result<std::uint64_t> file_system(int fd);
  /// Of a socket, the name of its protocol in the kernel: "TCP", "UNIX", "ALG"…
  Result<std::string> socket_protocol(int fd);

 private:
  friend class Reader;
  friend class TaskDir;
  FdDir(Reader& reader, Fd dir, std::shared_ptr<const RecordedFiles> recorded)
      : reader_(&reader), dir_(std::move(dir)), recorded_(std::move(recorded)) {}
  Reader* reader_;
  Fd dir_;
  std::shared_ptr<const RecordedFiles> recorded_;  // nullptr: the live /proc
};

}  // namespace ptop::procfs
