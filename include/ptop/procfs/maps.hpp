// /proc/<pid>/maps.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/device_number.hpp"

namespace ptop::procfs {

enum class MappingKind : std::uint8_t {
  anonymous,  ///< no name
  file,       ///< a path; shared anonymous memory is one too: "/dev/zero (deleted)", "/memfd:NAME (deleted)"
  heap,       ///< [heap]
  stack,      ///< [stack]; before Linux 4.5 also [stack:TID] of a thread
  named,      ///< [anon:NAME], [anon_shmem:NAME]: named by prctl(2) PR_SET_VMA_ANON_NAME, Linux 5.17
  special,    ///< [vdso], [vvar], [vsyscall]…: the kernel's own
  other,      ///< anything else: anon_inode:[io_uring], socket:[123]
};

/// Source: proc_pid_maps(5).
struct Mapping {
  TraceeAddr start, end;  ///< the end is the first address after it
  bool readable = false, writable = false, executable = false, shared = false;
  std::uint64_t offset = 0;  ///< bytes into the file
  DeviceNumber device;       ///< of the file's file system
  std::uint64_t inode = 0;   ///< 0: no file
  MappingKind kind = MappingKind::anonymous;
  std::string path;      ///< raw bytes, without " (deleted)"; for `named` the name alone
  bool deleted = false;  ///< the kernel appended " (deleted)"

  std::uint64_t size() const { return end.raw() - start.raw(); }
};

/// Ascending by address; empty for kernel threads and zombies. The kernel escapes newlines in paths and
/// nothing else, so a file whose name holds `\012` as four characters reads like one with a newline.
Result<std::vector<Mapping>> parse_maps(std::string_view text);

/// "anonymous", "file", "heap"…
std::string_view mapping_kind_name(MappingKind kind);

}  // namespace ptop::procfs
