// What the kernel tells of a socket by its number: protocol and addresses, as strace -yy writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ptop/sockets/sock_diag.hpp"

namespace ptop::follow {

class SocketDetails {
 public:
  /// "TCP:[127.0.0.1:80->127.0.0.1:4711]", "UNIX-STREAM:[12->13,\"/run/x\"]"; "TCP:[12]" when nothing is
  /// known but the protocol; empty: a protocol the kernel has no sock_diag(7) for. Sockets of other network
  /// namespaces are not found.
  std::string describe(std::string_view protocol, std::uint32_t inode);

 private:
  struct Found {
    std::string text;
    bool settled = false;  ///< connected or listening: it stays so until the socket is gone
  };
  std::optional<Found> ask(std::string_view protocol, std::uint32_t inode);

  std::optional<sockets::SockDiag> diag_;
  std::unordered_map<std::uint32_t, std::string> known_;
};

}  // namespace ptop::follow
