// Sockets by inode, from whatever table has them.
#include <algorithm>

#include "ptop/model/descriptors.hpp"

namespace ptop::model {
namespace {

constexpr std::uint8_t diag_connected = 1, diag_listening = 10;  // TCP_ESTABLISHED, TCP_LISTEN
constexpr std::uint32_t unix_connected = 3;                      // SS_CONNECTED

/// As /proc/net/unix writes it, so that a name has one spelling.
std::string spelled(const std::string& name) {
  std::string out = name;
  if (out.empty() || out[0] != '\0') {
    out.resize(std::min(out.size(), out.find('\0')));  // a path, with the NUL its binder gave
    return out;
  }
  for (char& c : out) c = c == '\0' ? '@' : c;
  return out;
}

}  // namespace

void add_unix_sockets(SocketTable& table, std::uint64_t net_namespace,
                      const std::vector<sockets::UnixDiag>& found) {
  for (const auto& socket : found) {
    if (socket.inode == 0) continue;
    UnixEnd end{.type = socket.type,
                .listening = socket.state == diag_listening,
                .connected = socket.state == diag_connected,
                .name = spelled(socket.name),
                .peer = std::nullopt};
    if (socket.peer && *socket.peer != 0) end.peer = *socket.peer;
    table.insert_or_assign(socket.inode, SocketEntry{net_namespace, std::move(end)});
  }
}

void add_unix_sockets(SocketTable& table, std::uint64_t net_namespace,
                      const std::vector<procfs::UnixSocket>& found) {
  for (const auto& socket : found) {
    if (socket.inode == 0) continue;
    table.try_emplace(socket.inode,
                      SocketEntry{net_namespace, UnixEnd{.type = socket.type,
                                                         .listening = socket.listening,
                                                         .connected = socket.state == unix_connected,
                                                         .name = socket.path,
                                                         .peer = std::nullopt}});
  }
}

void add_inet_sockets(SocketTable& table, std::uint64_t net_namespace, procfs::InetProtocol protocol,
                      const std::vector<procfs::InetSocket>& found) {
  for (const auto& socket : found) {
    if (socket.inode != 0)
      table.insert_or_assign(socket.inode, SocketEntry{net_namespace, InetEnd{protocol, socket}});
  }
}

}  // namespace ptop::model
