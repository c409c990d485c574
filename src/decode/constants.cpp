// Names of constants outside of system calls, from the same tables.
#include "ptop/decode/constants.hpp"

#include "flag_tables.hpp"

namespace ptop::decode {
namespace {

const Table& table_of(Constants which) {
  switch (which) {
    case Constants::open_flags:
      return open_flags;
    case Constants::epoll_events:
      return epoll_events;
    case Constants::inotify_masks:
      return inotify_masks;
    case Constants::fanotify_masks:
      return fanotify_masks;
    case Constants::clocks:
      return clocks;
    case Constants::address_families:
      return address_families;
    case Constants::socket_types:
      return socket_types;
    case Constants::netlink_protocols:
      return netlink_protocols;
  }
  return open_flags;
}

}  // namespace

NamedBits named_bits(Constants which, std::uint64_t value) {
  NamedBits found{.names = {}, .rest = value};
  for (const FlagName row : table_of(which).rows) {
    const bool all_there = (found.rest & row.value) == row.value;
    if (row.mask != 0 || row.value == 0 || !all_there) continue;
    found.names.push_back(row.name);
    found.rest &= ~row.value;
  }
  return found;
}

std::string_view constant_name(Constants which, std::uint64_t value) {
  return table_of(which).rows.name_of(value);
}

}  // namespace ptop::decode
