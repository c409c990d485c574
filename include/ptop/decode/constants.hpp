// Names of constants outside of system calls: what /proc prints as numbers.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ptop::decode {

enum class Constants : std::uint8_t {
  open_flags,  ///< O_* without the access mode
  epoll_events,
  inotify_masks,
  fanotify_masks,
  clocks,
  address_families,
  socket_types,
  netlink_protocols,
};

struct NamedBits {
  std::vector<std::string_view> names;
  std::uint64_t rest = 0;  ///< bits without a name
};
NamedBits named_bits(Constants which, std::uint64_t value);

/// "CLOCK_MONOTONIC"; empty when unknown.
std::string_view constant_name(Constants which, std::uint64_t value);

}  // namespace ptop::decode
