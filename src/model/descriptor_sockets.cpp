// The socket tables of the network namespaces that matter: /proc/<pid>/net, and sock_diag(7) for unix
// sockets.
#include "descriptor_sockets.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>

#include <fmt/format.h>

namespace ptop::model {
namespace {

using procfs::InetProtocol;

constexpr std::array inet_protocols{
    InetProtocol::tcp,      InetProtocol::tcp6, InetProtocol::udp,  InetProtocol::udp6, InetProtocol::udplite,
    InetProtocol::udplite6, InetProtocol::raw,  InetProtocol::raw6, InetProtocol::icmp, InetProtocol::icmp6};

bool is_own(std::uint64_t net_namespace) {
  struct stat own {};
  return ::stat("/proc/self/ns/net", &own) == 0 && own.st_ino == net_namespace;
}

}  // namespace

Result<std::vector<sockets::UnixDiag>> SocketReader::ask_for_unix_sockets(std::uint64_t net_namespace,
                                                                          Pid pid) const {
  if (!reader_.is_live()) return fail({Errc::unsupported, 0, "sock_diag"});
  auto diag = sockets::SockDiag::open();
  if (!is_own(net_namespace)) {
    const std::string path = fmt::format("{}/{}/ns/net", reader_.root(), pid.raw());
    const Fd theirs(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!theirs) return fail(os_error(path));
    diag = sockets::SockDiag::open_in(theirs.get());
  }
  if (!diag) return fail(diag.error());
  return diag->unix_sockets();
}

void SocketReader::read_namespace(std::uint64_t net_namespace, procfs::TaskDir& dir, Pid pid) {
  SocketTable& table = out_.sockets;
  for (const InetProtocol protocol : inet_protocols) {
    if (const auto found = dir.read_inet_sockets(protocol))
      add_inet_sockets(table, net_namespace, protocol, *found);
  }
  if (const auto found = ask_for_unix_sockets(net_namespace, pid)) {
    add_unix_sockets(table, net_namespace, *found);
  } else if (const auto listed = dir.read_net_unix()) {
    add_unix_sockets(table, net_namespace, *listed);
  }
  if (const auto found = dir.read_net_netlink()) {
    for (const auto& socket : *found) table.try_emplace(socket.inode, SocketEntry{net_namespace, socket});
  }
  if (const auto found = dir.read_net_packet()) {
    for (const auto& socket : *found) table.try_emplace(socket.inode, SocketEntry{net_namespace, socket});
  }
}

void SocketReader::run(const std::map<std::uint64_t, Pid>& namespaces) {
  for (const auto& [net_namespace, pid] : namespaces) {
    auto dir = reader_.open_process(pid);
    if (dir) read_namespace(net_namespace, *dir, pid);
  }
}

}  // namespace ptop::model
