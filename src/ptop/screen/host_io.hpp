// What went over disks and network so far, read when a meter shows it.
#pragma once

#include <optional>
#include <string>

#include "ptop/procfs/throughput.hpp"

namespace ptop::app {

/// nullopt: the file is not there, or not understood.
struct HostIo {
  std::optional<procfs::Traffic> disk, network;
};
/// `root`: /proc, or another tree.
HostIo read_host_io(const std::string& root);

}  // namespace ptop::app
