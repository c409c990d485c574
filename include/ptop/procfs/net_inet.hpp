// /proc/<pid>/net/{tcp,tcp6,udp,udp6,udplite,udplite6,raw,raw6,icmp,icmp6}: one table in ten files.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::procfs {

enum class InetProtocol : std::uint8_t { tcp, tcp6, udp, udp6, udplite, udplite6, raw, raw6, icmp, icmp6 };

struct InetAddress {
  bool v6 = false;
  std::array<std::uint8_t, 16> bytes{};  ///< as on the wire; IPv4: the first four
  std::uint16_t port = 0;                ///< host order. raw: the IP protocol; icmp: the echo identifier

  bool is_any() const { return bytes == std::array<std::uint8_t, 16>{}; }  ///< 0.0.0.0, ::
  friend auto operator<=>(const InetAddress&, const InetAddress&) = default;
};

/// include/net/tcp_states.h. All protocols use these numbers; an unconnected socket that is not TCP is
/// `close`.
enum class SocketState : std::uint8_t {
  established = 1,
  syn_sent,
  syn_recv,
  fin_wait1,
  fin_wait2,
  time_wait,
  close,
  close_wait,
  last_ack,
  listen,
  closing,
  new_syn_recv,
  bound_inactive
};

/// Source: proc_pid_net(5); Documentation/networking/proc_net_tcp.rst.
struct InetSocket {
  InetAddress local, remote;
  SocketState state{};
  std::uint32_t tx_queue = 0;  ///< bytes not acknowledged; of a listener: room in its backlog
  std::uint32_t rx_queue = 0;  ///< bytes not read; of a listener: connections not accepted
  Uid uid;                     ///< of who made it
  std::uint64_t inode = 0;     ///< of socket:[N]; 0: belongs to no process any more, or not yet
};

/// Either width of address. The kernel prints addresses in words of the host's byte order, so a text must
/// come from a machine of the byte order of this one.
Result<std::vector<InetSocket>> parse_inet_sockets(std::string_view text);

/// "tcp6": the file's name.
std::string_view inet_protocol_name(InetProtocol protocol);
/// "ESTABLISHED", "LISTEN"; "UNKNOWN" otherwise.
std::string_view socket_state_name(SocketState state);
/// "127.0.0.1:631", "[::1]:631".
std::string inet_address_text(const InetAddress& address);

}  // namespace ptop::procfs
