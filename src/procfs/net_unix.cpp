// The rows of net/unix, net/netlink and net/packet.
#include "ptop/procfs/net_unix.hpp"

#include <linux/netlink.h>

#include <cstddef>
#include <iterator>

#include "cursor.hpp"

namespace ptop::procfs {
namespace {

/// __SO_ACCEPTCON of include/uapi/linux/net.h.
constexpr std::uint32_t listening_flag = 1U << 16;

/// "000000003e6c6170: 00000003 00000000 00000000 0001 03  1525 /path". Words stand one blank apart but for
/// the inode's, which is padded; behind it one blank, then the name to the end of the line.
bool parse_unix_row(UnixSocket& socket, std::string_view line) {
  std::uint64_t address = 0;
  std::uint32_t count = 0, flags = 0;
  std::string_view address_word = take_word(line);
  if (!address_word.ends_with(':')) return false;
  address_word.remove_suffix(1);
  // "(null)" and the like where even hashed addresses are hidden.
  if (!address_word.starts_with('(') && !parse_into(address, address_word, 16)) return false;
  const std::string_view references = take_word(line), protocol = take_word(line);
  const bool fits = parse_into(count, references, 16) && parse_into(count, protocol, 16) &&
                    parse_into(flags, take_word(line), 16) && parse_into(socket.type, take_word(line), 16) &&
                    parse_into(socket.state, take_word(line), 16) &&
                    parse_into(socket.inode, take_word(line));
  if (!fits) return false;
  socket.listening = (flags & listening_flag) != 0;
  if (line.starts_with(' ')) line.remove_prefix(1);
  socket.path = line;
  return true;
}

bool parse_row(NetlinkSocket& socket, std::string_view line) {
  take_word(line);  // address
  const bool fits = parse_into(socket.protocol, take_word(line)) &&
                    parse_into(socket.port, take_word(line)) &&
                    parse_into(socket.groups, take_word(line), 16);
  if (!fits) return false;
  for (int skipped = 0; skipped < 4; ++skipped) take_word(line);  // Rmem, Wmem, Dump, Locks
  return parse_into(socket.drops, take_word(line)) && parse_into(socket.inode, take_word(line));
}

bool parse_row(PacketSocket& socket, std::string_view line) {
  take_word(line);  // address
  take_word(line);  // references
  std::uint32_t running = 0;
  const bool fits = parse_into(socket.type, take_word(line)) &&
                    parse_into(socket.protocol, take_word(line), 16) &&
                    parse_into(socket.interface, take_word(line)) && parse_into(running, take_word(line)) &&
                    parse_into(socket.rmem, take_word(line)) && parse_into(socket.uid, take_word(line)) &&
                    parse_into(socket.inode, take_word(line));
  socket.running = running != 0;
  return fits;
}

template <class Socket>
Result<std::vector<Socket>> parse_rows(std::string_view name, std::string_view text) {
  std::vector<Socket> sockets;
  std::string_view rest = text;
  take_line(rest);  // header
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    Socket socket;
    if (!parse_row(socket, line)) return malformed(name, line);
    sockets.push_back(socket);
  }
  return sockets;
}

struct ProtocolName {
  std::uint32_t protocol;
  std::string_view name;
};
constexpr ProtocolName netlink_protocols[] = {
    {NETLINK_ROUTE, "ROUTE"},
    {NETLINK_USERSOCK, "USERSOCK"},
    {NETLINK_FIREWALL, "FIREWALL"},
    {NETLINK_SOCK_DIAG, "SOCK_DIAG"},
    {NETLINK_NFLOG, "NFLOG"},
    {NETLINK_XFRM, "XFRM"},
    {NETLINK_SELINUX, "SELINUX"},
    {NETLINK_ISCSI, "ISCSI"},
    {NETLINK_AUDIT, "AUDIT"},
    {NETLINK_FIB_LOOKUP, "FIB_LOOKUP"},
    {NETLINK_CONNECTOR, "CONNECTOR"},
    {NETLINK_NETFILTER, "NETFILTER"},
    {NETLINK_IP6_FW, "IP6_FW"},
    {NETLINK_DNRTMSG, "DNRTMSG"},
    {NETLINK_KOBJECT_UEVENT, "KOBJECT_UEVENT"},
    {NETLINK_GENERIC, "GENERIC"},
    {NETLINK_SCSITRANSPORT, "SCSITRANSPORT"},
    {NETLINK_ECRYPTFS, "ECRYPTFS"},
    {NETLINK_RDMA, "RDMA"},
    {NETLINK_CRYPTO, "CRYPTO"},
};

}  // namespace

Result<std::vector<UnixSocket>> parse_net_unix(std::string_view text) {
  std::vector<UnixSocket> sockets;
  std::string_view rest = text;
  take_line(rest);  // header
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    UnixSocket socket;
    if (parse_unix_row(socket, line)) {
      sockets.push_back(std::move(socket));
    } else if (!sockets.empty() && !sockets.back().path.empty()) {
      sockets.back().path.append("\n").append(line);
    } else {
      return malformed("net/unix", line);
    }
  }
  return sockets;
}

Result<std::vector<NetlinkSocket>> parse_net_netlink(std::string_view text) {
  return parse_rows<NetlinkSocket>("net/netlink", text);
}

Result<std::vector<PacketSocket>> parse_net_packet(std::string_view text) {
  return parse_rows<PacketSocket>("net/packet", text);
}

std::string_view netlink_protocol_name(std::uint32_t protocol) {
  for (const ProtocolName& known : netlink_protocols) {
    if (known.protocol == protocol) return known.name;
  }
  return {};
}

}  // namespace ptop::procfs
