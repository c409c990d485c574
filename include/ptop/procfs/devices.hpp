// /proc/devices, /proc/tty/drivers and /proc/swaps: names of devices.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// One driver. A major may have several, and one driver several majors.
struct DeviceDriver {
  std::uint32_t major = 0;
  std::string name;
};
/// Source: proc_devices(5).
struct Devices {
  std::vector<DeviceDriver> character, block;  ///< in the file's order
};
Result<Devices> parse_devices(std::string_view text);

/// Source: proc_tty(5); fs/proc/proc_tty.c.
struct TtyDriver {
  std::string driver;  ///< "pty_slave"
  std::string node;    ///< "/dev/pts": a terminal is this, or this with its number behind it
  std::uint32_t major = 0, first_minor = 0, last_minor = 0;
  std::string type;  ///< "console", "serial", "pty:slave", "system:/dev/tty"
};
Result<std::vector<TtyDriver>> parse_tty_drivers(std::string_view text);

/// Source: proc_swaps(5). Bytes.
struct SwapArea {
  std::string path;  ///< raw bytes
  std::string type;  ///< "partition", "file"
  std::uint64_t size = 0, used = 0;
  std::int32_t priority = 0;
};
Result<std::vector<SwapArea>> parse_swaps(std::string_view text);

}  // namespace ptop::procfs
