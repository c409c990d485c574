// /proc/<pid>/net/unix, netlink and packet: sockets that have no IP address.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// Source: proc_pid_net(5), unix(7).
struct UnixSocket {
  std::uint32_t type = 0;   ///< SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET
  std::uint32_t state = 0;  ///< SS_UNCONNECTED 1, SS_CONNECTING 2, SS_CONNECTED 3, SS_DISCONNECTING 4
  bool listening = false;
  std::uint64_t inode = 0;  ///< of socket:[N]; 0: not accepted yet
  /// Raw bytes; an abstract name opens with '@' in place of its NUL, and has '@' for every other NUL.
  std::string path;
};

/// The kernel escapes nothing: a name with a newline spans lines. A line that does not read as a row
/// continues the name before it; a name made to read like a row is taken for one, which only sock_diag(7)
/// tells apart.
Result<std::vector<UnixSocket>> parse_net_unix(std::string_view text);

/// Source: netlink(7).
struct NetlinkSocket {
  std::uint32_t protocol = 0;  ///< NETLINK_*
  std::uint32_t port = 0;      ///< often the pid of its owner, not always; 0: the kernel's end, or not bound
  std::uint32_t groups = 0;    ///< the first 32 multicast groups
  std::uint64_t drops = 0;
  std::uint64_t inode = 0;
};
Result<std::vector<NetlinkSocket>> parse_net_netlink(std::string_view text);

/// Source: packet(7).
struct PacketSocket {
  std::uint32_t type = 0;       ///< SOCK_RAW, SOCK_DGRAM
  std::uint16_t protocol = 0;   ///< ETH_P_*, host order
  std::uint32_t interface = 0;  ///< index; 0: all
  bool running = false;         ///< attached to the interface
  std::uint64_t rmem = 0;       ///< bytes in its receive queue
  Uid uid;
  std::uint64_t inode = 0;
};
Result<std::vector<PacketSocket>> parse_net_packet(std::string_view text);

/// "ROUTE", "KOBJECT_UEVENT"…: NETLINK_* without the prefix; empty when this build does not know it.
std::string_view netlink_protocol_name(std::uint32_t protocol);

}  // namespace ptop::procfs
