// What tools/record-proc wrote down of the files that links lead to: in a recording the links themselves lead
// nowhere, or to files of this machine.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "ptop/base/result.hpp"
#include "ptop/procfs/fd_dir.hpp"

namespace ptop::procfs {

struct RecordedFiles {
  std::map<std::string, std::uint32_t, std::less<>> link_modes;  ///< permissions of "fd/3"
  std::map<std::string, FileStatus, std::less<>> files;          ///< by "fd/3", "exe"
};

/// ".ptop/files" of a task: lines "link NAME MODE" (octal) and "file NAME MODE DEVICE MAJOR:MINOR INODE SIZE"
/// (mode and the device that a file is in hexadecimal, as stat(1) writes them with %f, %t and %T). Other
/// lines are of a newer recorder.
Result<RecordedFiles> parse_recorded_files(std::string_view text);

}  // namespace ptop::procfs
