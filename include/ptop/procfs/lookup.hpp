// Looking up a name without waiting for somebody who may never answer. The wait for a FUSE server that took a
// question cannot be ended, not even by SIGKILL: such a question must not be asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/result.hpp"
#include "ptop/procfs/fd_dir.hpp"
#include "ptop/procfs/mountinfo.hpp"

namespace ptop::procfs {

/// Whether a file system of this type (Mount::type) asks others for its names: a server, another machine.
bool asks_others(std::string_view type);

/// What `path` leads to, as the caller sees it. `mounts` are those of the namespace that it leads through,
/// and `place` is where it lies in that. `timeout`: its file system would have to be asked, and is not;
/// `gone`: nothing has that name.
Result<FileStatus> look_up(const std::string& path, std::string_view place, const std::vector<Mount>& mounts);

}  // namespace ptop::procfs
