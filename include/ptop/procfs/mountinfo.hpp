// /proc/<pid>/mountinfo: the mounts of a task's mount namespace.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/result.hpp"
#include "ptop/procfs/device_number.hpp"

namespace ptop::procfs {

/// Source: proc_pid_mountinfo(5). Linux 2.6.26. Names and paths are raw bytes, the kernel's escapes undone.
struct Mount {
  std::uint32_t id = 0;                         ///< mnt_id of fdinfo
  std::uint32_t parent = 0;                     ///< of the mount it is on; its own id at the top
  DeviceNumber device;                          ///< st_dev of the files on it
  std::string root;                             ///< the directory of the file system that is its root
  std::string point;                            ///< where, relative to the task's root
  std::string options;                          ///< of the mount: "rw,relatime"
  std::optional<std::uint32_t> shared;          ///< peer group
  std::optional<std::uint32_t> master;          ///< peer group it is a slave of
  std::optional<std::uint32_t> propagate_from;  ///< nearest dominant peer group below the task's root
  bool unbindable = false;
  std::string type;           ///< "ext4", "cgroup2", "fuse.sshfs"
  std::string source;         ///< may be empty
  std::string super_options;  ///< of the file system; for a cgroup hierarchy its controllers are among them
};
Result<std::vector<Mount>> parse_mountinfo(std::string_view text);

/// Whether `option` is one of the comma-separated words of `options`.
bool has_mount_option(std::string_view options, std::string_view option);

}  // namespace ptop::procfs
