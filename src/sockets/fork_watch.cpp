// NETLINK_CONNECTOR, CN_IDX_PROC.
#include "ptop/sockets/fork_watch.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ptop::sockets {
namespace {

constexpr int room_for_a_storm = 4 << 20;  // bytes; a birth takes some hundred of them

/// Both structures end in a flexible array, so they are laid out by hand.
struct Listen {
  nlmsghdr header{};
  std::array<std::byte, sizeof(cn_msg)> connector{};
  std::uint32_t operation = PROC_CN_MCAST_LISTEN;
};

Listen listen_message() {
  Listen message;
  cn_msg connector{};
  connector.id = {CN_IDX_PROC, CN_VAL_PROC};
  connector.len = sizeof message.operation;
  std::memcpy(message.connector.data(), &connector, sizeof connector);
  message.header.nlmsg_len = sizeof message;
  message.header.nlmsg_type = NLMSG_DONE;
  message.header.nlmsg_pid = static_cast<std::uint32_t>(::getpid());
  return message;
}

/// Only the beginning that forks need: the event grew over time.
struct ForkEvent {
  std::uint32_t what;
  std::uint32_t cpu;
  std::uint64_t timestamp_ns;
  std::int32_t parent_tid, parent_pid, child_tid, child_pid;
};

}  // namespace

std::vector<Birth> parse_births(std::string_view datagram) {
  std::vector<Birth> births;
  while (datagram.size() >= sizeof(nlmsghdr)) {
    nlmsghdr header;
    std::memcpy(&header, datagram.data(), sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > datagram.size()) break;
    const auto payload = datagram.substr(sizeof header, header.nlmsg_len - sizeof header);
    ForkEvent event;
    if (payload.size() >= sizeof(cn_msg) + sizeof event) {
      std::memcpy(&event, payload.data() + sizeof(cn_msg), sizeof event);
      constexpr std::uint32_t fork = 1;  // PROC_EVENT_FORK
      if (event.what == fork && event.child_tid == event.child_pid)
        births.push_back({Pid(event.parent_pid), Pid(event.child_pid)});
    }
    datagram.remove_prefix(std::min<std::size_t>(NLMSG_ALIGN(header.nlmsg_len), datagram.size()));
  }
  return births;
}

Result<ForkWatch> ForkWatch::open() {
  Fd socket(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_CONNECTOR));
  if (!socket) return fail(os_error("socket(NETLINK_CONNECTOR)"));
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUF, &room_for_a_storm, sizeof room_for_a_storm);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = CN_IDX_PROC;
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return fail(os_error("bind(NETLINK_CONNECTOR)"));
  const Listen message = listen_message();
  if (::send(socket.get(), &message, sizeof message, 0) < 0) return fail(os_error("PROC_CN_MCAST_LISTEN"));
  return ForkWatch(std::move(socket));
}

std::vector<Birth> ForkWatch::take() {
  std::vector<Birth> births;
  std::array<char, 4096> datagram;
  for (;;) {
    const auto got = ::recv(socket_.get(), datagram.data(), datagram.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    overrun_ |= got < 0 && errno == ENOBUFS;
    if (got < 0 && errno == ENOBUFS) continue;
    if (got <= 0) return births;
    const auto found = parse_births({datagram.data(), static_cast<std::size_t>(got)});
    births.insert(births.end(), found.begin(), found.end());
  }
}

}  // namespace ptop::sockets
