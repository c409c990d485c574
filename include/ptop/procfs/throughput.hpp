// /proc/diskstats and /proc/net/dev: what went over disks and network interfaces since they are there.
#pragma once

#include <cstdint>
#include <string_view>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Bytes.
struct Traffic {
  std::uint64_t in = 0, out = 0;
};

/// Source: Documentation/admin-guide/iostats.rst. Read and written, of whole disks: what a partition, a
/// device mapper, a RAID or a loop device does is counted with the disks below it. zram is memory.
Result<Traffic> parse_diskstats(std::string_view text);

/// Source: proc_pid_net(5). Received and sent, over all interfaces of the network namespace but the loopback.
Result<Traffic> parse_net_dev(std::string_view text);

}  // namespace ptop::procfs
