// if_indextoname(3), and /proc/<tid>/net/netlink.
#include "surroundings.hpp"

#include <array>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <net/if.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "ptop/base/number.hpp"

namespace ptop::follow {
namespace {

// A long-running trace meets many sockets.
constexpr std::size_t most_sockets = 4096;

}  // namespace

// In our own network namespace: asking in the task's would mean to enter it.
std::string_view TaskSurroundings::interface_name(std::uint32_t index, decode::Arena& arena) {
  std::array<char, IF_NAMESIZE> name{};
  if (::if_indextoname(index, name.data()) == nullptr) return {};
  return arena.copy(name.data());
}

std::string_view TaskSurroundings::descriptor_link(std::int32_t fd, decode::Arena& arena) {
  std::array<char, 64> path{}, target{};
  fmt::format_to_n(path.data(), path.size() - 1, "/proc/{}/fd/{}", tid_.raw(), fd);
  const auto length = ::readlink(path.data(), target.data(), target.size());
  return length > 0 ? arena.copy({target.data(), static_cast<std::size_t>(length)}) : std::string_view{};
}

std::optional<std::uint64_t> TaskSurroundings::socket_inode(std::int32_t fd) const {
  constexpr std::string_view socket = "socket:[";
  std::array<char, 64> path{}, target{};
  fmt::format_to_n(path.data(), path.size() - 1, "/proc/{}/fd/{}", tid_.raw(), fd);
  const auto length = ::readlink(path.data(), target.data(), target.size());
  if (length <= 0) return std::nullopt;
  const std::string_view link(target.data(), static_cast<std::size_t>(length));
  if (!link.starts_with(socket) || !link.ends_with(']')) return std::nullopt;
  return parse_number<std::uint64_t>(link.substr(socket.size(), link.size() - socket.size() - 1));
}

// Columns: the socket's address, protocol, port, groups, four numbers, drops, inode.
void TaskSurroundings::read_netlink_sockets() {
  std::ifstream file(fmt::format("/proc/{}/net/netlink", tid_.raw()));
  std::string line;
  std::getline(file, line);
  std::string skipped;
  std::int32_t protocol = 0;
  std::uint64_t inode = 0;
  while (file >> skipped >> protocol >> skipped >> skipped >> skipped >> skipped >> skipped >> skipped >>
         skipped >> inode)
    protocols_[inode] = protocol;
}

// The kernel keeps a socket's kind as an attribute of its inode: "NETLINK", "TCP", "UNIX-STREAM".
bool TaskSurroundings::is_netlink(std::int32_t fd) const {
  std::array<char, 64> path{}, kind{};
  fmt::format_to_n(path.data(), path.size() - 1, "/proc/{}/fd/{}", tid_.raw(), fd);
  const auto length = ::getxattr(path.data(), "system.sockprotoname", kind.data(), kind.size() - 1);
  return length > 0 && std::string_view(kind.data()) == "NETLINK";
}

// A socket that is not bound is in no list, and looked for again next time.
std::optional<std::int32_t> TaskSurroundings::netlink_protocol(std::int32_t fd) {
  constexpr std::int32_t not_known = -1;
  const auto inode = socket_inode(fd);
  if (!inode) return std::nullopt;
  if (const auto known = protocols_.find(*inode); known != protocols_.end()) return known->second;
  if (protocols_.size() > most_sockets) protocols_.clear();
  if (!is_netlink(fd)) return protocols_[*inode] = std::nullopt;
  read_netlink_sockets();
  const auto found = protocols_.find(*inode);
  return found != protocols_.end() ? found->second : not_known;
}

}  // namespace ptop::follow
