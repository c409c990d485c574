// sock_diag(7): what the kernel knows of sockets beyond /proc/<pid>/net. Needs no privileges in the caller's
// own network namespace.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/fd.hpp"
#include "ptop/base/result.hpp"

namespace ptop::sockets {

/// Source: sock_diag(7), struct unix_diag_msg. Linux 3.3.
struct UnixDiag {
  std::uint32_t inode = 0;            ///< of socket:[N]; 0: not accepted yet
  std::uint8_t type = 0;              ///< SOCK_*
  std::uint8_t state = 0;             ///< TCP_*: 1 connected, 7 not, 10 listening
  std::optional<std::uint32_t> peer;  ///< inode of the socket it is connected to; 0: accepted by nobody yet
  /// The name it is bound to, raw; an abstract one opens with NUL. Empty: none.
  std::string name;
};

/// Source: struct inet_diag_msg of linux/inet_diag.h. Bytes of addresses in network order: 4 of AF_INET, 16
/// of AF_INET6. Ports in host order; 0: none.
struct InetDiag {
  std::uint32_t inode = 0;
  std::uint8_t family = 0;  ///< AF_INET, AF_INET6
  std::uint8_t state = 0;   ///< TCP_*
  std::array<std::uint8_t, 16> local{}, remote{};
  std::uint16_t local_port = 0, remote_port = 0;
};

/// Source: struct netlink_diag_msg of linux/netlink_diag.h.
struct NetlinkDiag {
  std::uint32_t inode = 0;
  std::uint32_t port = 0;     ///< often the pid of who made it
  std::uint8_t protocol = 0;  ///< NETLINK_*
};

/// The messages of one answer, or of a part of it. Appends to `sockets`; true: the answer is complete.
/// Errors: what the kernel answered; `malformed`.
Result<bool> parse_unix_diag(std::string_view messages, std::vector<UnixDiag>& sockets);

class SockDiag {
 public:
  /// In the caller's network namespace. Errors: as socket(2).
  static Result<SockDiag> open();
  /// In the one of `net_namespace`, an open /proc/<pid>/ns/net. `denied` without CAP_SYS_ADMIN.
  static Result<SockDiag> open_in(int net_namespace);

  /// Every unix socket. `unsupported`: the kernel was built without.
  Result<std::vector<UnixDiag>> unix_sockets();
  /// Those of IPPROTO_`protocol` in AF_INET or AF_INET6, listening ones included.
  Result<std::vector<InetDiag>> inet_sockets(std::uint8_t family, std::uint8_t protocol);
  Result<std::vector<NetlinkDiag>> netlink_sockets();

 private:
  explicit SockDiag(Fd socket) : socket_(std::move(socket)) {}
  Fd socket_;
};

}  // namespace ptop::sockets
