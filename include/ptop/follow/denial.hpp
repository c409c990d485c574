// Why a task cannot be attached to.
#pragma once

#include <string>

#include "ptop/base/ids.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::follow {

/// What the kernel's EPERM means for this process, or this thread of one: who traces it, or that it is a
/// kernel thread, a zombie or another user's. A name in it is raw bytes.
std::string why_denied(procfs::Reader& reader, Tid tid);

}  // namespace ptop::follow
