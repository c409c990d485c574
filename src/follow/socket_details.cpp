// The protocol's name (its attribute system.sockprotoname) says which sock_diag(7) to ask.
#include "socket_details.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "ptop/base/c_notation.hpp"
#include "ptop/decode/constants.hpp"

namespace ptop::follow {
namespace {

constexpr std::size_t most_known = 4096;    // a server's sockets come and go
constexpr std::uint8_t tcp_listen = 10;     // include/net/tcp_states.h
constexpr std::uint8_t protocol_mptcp = 6;  // IPPROTO_MPTCP does not fit; sock_diag takes it as TCP

struct InetProtocol {
  std::string_view name;
  std::uint8_t family, protocol;
};
constexpr std::array<InetProtocol, 16> inet_protocols{{{"TCP", AF_INET, IPPROTO_TCP},
                                                       {"TCPv6", AF_INET6, IPPROTO_TCP},
                                                       {"UDP", AF_INET, IPPROTO_UDP},
                                                       {"UDPv6", AF_INET6, IPPROTO_UDP},
                                                       {"UDP-Lite", AF_INET, IPPROTO_UDPLITE},
                                                       {"UDPLITEv6", AF_INET6, IPPROTO_UDPLITE},
                                                       {"DCCP", AF_INET, IPPROTO_DCCP},
                                                       {"DCCPv6", AF_INET6, IPPROTO_DCCP},
                                                       {"SCTP", AF_INET, IPPROTO_SCTP},
                                                       {"SCTPv6", AF_INET6, IPPROTO_SCTP},
                                                       {"MPTCP", AF_INET, protocol_mptcp},
                                                       {"MPTCPv6", AF_INET6, protocol_mptcp},
                                                       {"RAW", AF_INET, IPPROTO_RAW},
                                                       {"RAWv6", AF_INET6, IPPROTO_RAW},
                                                       {"PING", AF_INET, IPPROTO_ICMP},
                                                       {"PINGv6", AF_INET6, IPPROTO_ICMPV6}}};

std::string endpoint(std::uint8_t family, const std::array<std::uint8_t, 16>& address, std::uint16_t port) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (::inet_ntop(family, address.data(), text.data(), text.size()) == nullptr) return {};
  return family == AF_INET6 ? fmt::format("[{}]:{}", text.data(), port)
                            : fmt::format("{}:{}", text.data(), port);
}

std::string inet_text(std::string_view protocol, const sockets::InetDiag& socket) {
  const std::string local = endpoint(socket.family, socket.local, socket.local_port);
  if (socket.remote_port == 0) return fmt::format("{}:[{}]", protocol, local);
  return fmt::format("{}:[{}->{}]", protocol, local,
                     endpoint(socket.family, socket.remote, socket.remote_port));
}

/// An abstract name opens with NUL; a path ends with one.
std::string quoted(std::string_view name) {
  const bool is_abstract = name.starts_with('\0');
  std::string text = is_abstract ? "@\"" : "\"";
  append_c_bytes(text, is_abstract ? name.substr(1) : name.substr(0, name.find('\0')));
  return text + '"';
}

std::string unix_text(std::string_view protocol, const sockets::UnixDiag& socket) {
  std::string text = fmt::format("{}:[{}", protocol, socket.inode);
  if (socket.peer && *socket.peer != 0) text += fmt::format("->{}", *socket.peer);
  if (!socket.name.empty()) text += ',' + quoted(socket.name);
  return text + ']';
}

std::string netlink_text(const sockets::NetlinkDiag& socket) {
  const std::string_view name = decode::constant_name(decode::Constants::netlink_protocols, socket.protocol);
  constexpr std::string_view prefix = "NETLINK_";
  const std::string shown =
      name.starts_with(prefix) ? std::string(name.substr(prefix.size())) : fmt::format("{}", socket.protocol);
  return fmt::format("NETLINK:[{}:{}]", shown, socket.port);
}

template <class T>
const T* by_inode(const Result<std::vector<T>>& sockets, std::uint32_t inode) {
  if (!sockets) return nullptr;
  const auto found = std::ranges::find(*sockets, inode, &T::inode);
  return found == sockets->end() ? nullptr : &*found;
}

}  // namespace

std::optional<SocketDetails::Found> SocketDetails::ask(std::string_view protocol, std::uint32_t inode) {
  if (protocol.starts_with("UNIX")) {
    const auto all = diag_->unix_sockets();
    const auto* socket = by_inode(all, inode);
    if (socket == nullptr) return std::nullopt;
    return Found{unix_text(protocol, *socket), socket->peer && *socket->peer != 0};
  }
  if (protocol == "NETLINK") {
    const auto all = diag_->netlink_sockets();
    const auto* socket = by_inode(all, inode);
    if (socket == nullptr) return std::nullopt;
    return Found{netlink_text(*socket), false};
  }
  const auto row = std::ranges::find(inet_protocols, protocol, &InetProtocol::name);
  if (row == inet_protocols.end()) return std::nullopt;
  const auto all = diag_->inet_sockets(row->family, row->protocol);
  const auto* socket = by_inode(all, inode);
  if (socket == nullptr) return std::nullopt;
  return Found{inet_text(protocol, *socket), socket->remote_port != 0 || socket->state == tcp_listen};
}

std::string SocketDetails::describe(std::string_view protocol, std::uint32_t inode) {
  const bool is_known =
      protocol.starts_with("UNIX") || protocol == "NETLINK" ||
      std::ranges::find(inet_protocols, protocol, &InetProtocol::name) != inet_protocols.end();
  if (!is_known) return {};
  if (const auto known = known_.find(inode); known != known_.end()) return known->second;
  if (!diag_) {
    if (auto opened = sockets::SockDiag::open()) diag_ = std::move(*opened);
  }
  const auto found = diag_ ? ask(protocol, inode) : std::nullopt;
  if (!found) return fmt::format("{}:[{}]", protocol, inode);
  if (known_.size() >= most_known) known_.clear();
  if (found->settled) known_.emplace(inode, found->text);
  return found->text;
}

}  // namespace ptop::follow
