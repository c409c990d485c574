// The number of a device, or of the file system a file is on.
#pragma once

#include <compare>
#include <cstdint>

namespace ptop::procfs {

/// File systems without a device have major 0 and a minor of their own.
struct DeviceNumber {
  std::uint32_t major = 0, minor = 0;
  friend auto operator<=>(const DeviceNumber&, const DeviceNumber&) = default;
};

}  // namespace ptop::procfs
