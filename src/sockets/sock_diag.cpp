// sock_diag(7) over netlink: one request, an answer in as many datagrams as it takes.
#include "ptop/sockets/sock_diag.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sched.h>
#include <sys/socket.h>

#include <cerrno>
#include <thread>

#include "netlink_message.hpp"

namespace ptop::sockets {
namespace {

constexpr const char* subject = "sock_diag";
constexpr std::size_t buffer_size = 64 * 1024;

Error diag_error(int error_number) {
  Error error = os_error(error_number, subject);
  // ENOENT: no handler for the family, as a module or at all.
  if (error_number == ENOENT || error_number == EOPNOTSUPP || error_number == EPROTONOSUPPORT)
    error.code = Errc::unsupported;
  return error;
}

void take_attribute(UnixDiag& socket, int type, std::string_view payload) {
  std::uint32_t peer = 0;
  if (type == UNIX_DIAG_NAME) socket.name = payload;
  if (type == UNIX_DIAG_PEER && copy_head(payload, peer)) socket.peer = peer;
}

Result<UnixDiag> parse_socket(std::string_view body) {
  unix_diag_msg head{};
  if (!copy_head(body, head)) return malformed(subject, body);
  UnixDiag socket{.inode = head.udiag_ino,
                  .type = head.udiag_type,
                  .state = head.udiag_state,
                  .peer = std::nullopt,
                  .name = {}};
  body.remove_prefix(NLMSG_ALIGN(sizeof head));
  const bool fits = for_each_attribute(
      body, [&](int type, std::string_view payload) { take_attribute(socket, type, payload); });
  if (!fits) return malformed(subject, body);
  return socket;
}

Result<Fd> netlink_socket() {
  Fd made(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (!made) return fail(diag_error(errno));
  return made;
}

template <class Body>
struct Request {
  nlmsghdr head{};
  Body body{};
};

template <class Body>
Result<void> send_request(int socket, const Body& body) {
  Request<Body> request;
  request.head.nlmsg_len = sizeof request;
  request.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  request.body = body;
  sockaddr_nl kernel{};
  kernel.nl_family = AF_NETLINK;
  if (::sendto(socket, &request, sizeof request, 0, reinterpret_cast<const sockaddr*>(&kernel),
               sizeof kernel) < 0)
    return fail(diag_error(errno));
  return {};
}

/// `take(body)` for the body of each message; true: the answer is complete.
template <class Take>
Result<bool> for_each_message(std::string_view messages, Take take) {
  nlmsghdr head{};
  while (copy_head(messages, head)) {
    if (head.nlmsg_len < sizeof head || head.nlmsg_len > messages.size()) return malformed(subject, messages);
    const std::string_view body = take_aligned(messages, head.nlmsg_len).substr(NLMSG_HDRLEN);
    if (head.nlmsg_type == NLMSG_DONE) return true;
    if (head.nlmsg_type == NLMSG_ERROR) {
      int negative = 0;
      if (!copy_head(body, negative)) return malformed(subject, body);
      return fail(diag_error(-negative));
    }
    if (head.nlmsg_type != SOCK_DIAG_BY_FAMILY) continue;
    if (Result<void> taken = take(body); !taken) return fail(std::move(taken.error()));
  }
  return false;
}

Result<void> take_inet(std::string_view body, std::vector<InetDiag>& sockets) {
  inet_diag_msg head{};
  if (!copy_head(body, head)) return malformed(subject, body);
  InetDiag& socket = sockets.emplace_back();
  socket = {.inode = head.idiag_inode, .family = head.idiag_family, .state = head.idiag_state};
  std::memcpy(socket.local.data(), head.id.idiag_src, socket.local.size());
  std::memcpy(socket.remote.data(), head.id.idiag_dst, socket.remote.size());
  socket.local_port = ntohs(head.id.idiag_sport);
  socket.remote_port = ntohs(head.id.idiag_dport);
  return {};
}

Result<void> take_netlink(std::string_view body, std::vector<NetlinkDiag>& sockets) {
  netlink_diag_msg head{};
  if (!copy_head(body, head)) return malformed(subject, body);
  sockets.push_back({.inode = head.ndiag_ino, .port = head.ndiag_portid, .protocol = head.ndiag_protocol});
  return {};
}

/// Sends the request and gives `parse` datagram by datagram, until it says that the answer is complete.
template <class Body, class Parse>
Result<void> dump(int socket, const Body& body, Parse parse) {
  if (auto sent = send_request(socket, body); !sent) return sent;
  std::vector<char> buffer(buffer_size);
  while (true) {
    const ssize_t n = ::recv(socket, buffer.data(), buffer.size(), 0);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(diag_error(errno));
    const Result<bool> complete = parse(std::string_view(buffer.data(), static_cast<std::size_t>(n)));
    if (!complete) return fail(complete.error());
    if (*complete || n == 0) return {};
  }
}

}  // namespace

Result<bool> parse_unix_diag(std::string_view messages, std::vector<UnixDiag>& sockets) {
  return for_each_message(messages, [&](std::string_view body) -> Result<void> {
    auto socket = parse_socket(body);
    if (!socket) return fail(std::move(socket.error()));
    sockets.push_back(std::move(*socket));
    return {};
  });
}

Result<SockDiag> SockDiag::open() {
  auto socket = netlink_socket();
  if (!socket) return fail(std::move(socket.error()));
  return SockDiag(std::move(*socket));
}

Result<SockDiag> SockDiag::open_in(int net_namespace) {
  Result<Fd> socket = fail({Errc::os, 0, subject});
  // setns(2) changes the calling thread: one that ends at once, so nobody has to find the way back.
  std::thread([&] {
    socket = ::setns(net_namespace, CLONE_NEWNET) == 0 ? netlink_socket() : fail(os_error("setns"));
  }).join();
  if (!socket) return fail(std::move(socket.error()));
  return SockDiag(std::move(*socket));
}

Result<std::vector<UnixDiag>> SockDiag::unix_sockets() {
  unix_diag_req request{};
  request.sdiag_family = AF_UNIX;
  request.udiag_states = ~0U;
  request.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER;
  std::vector<UnixDiag> sockets;
  const auto done = dump(socket_.get(), request,
                         [&](std::string_view messages) { return parse_unix_diag(messages, sockets); });
  if (!done) return fail(done.error());
  return sockets;
}

Result<std::vector<InetDiag>> SockDiag::inet_sockets(std::uint8_t family, std::uint8_t protocol) {
  inet_diag_req_v2 request{};
  request.sdiag_family = family;
  request.sdiag_protocol = protocol;
  request.idiag_states = ~0U;
  std::vector<InetDiag> sockets;
  const auto done = dump(socket_.get(), request, [&](std::string_view messages) {
    return for_each_message(messages, [&](std::string_view body) { return take_inet(body, sockets); });
  });
  if (!done) return fail(done.error());
  return sockets;
}

Result<std::vector<NetlinkDiag>> SockDiag::netlink_sockets() {
  netlink_diag_req request{};
  request.sdiag_family = AF_NETLINK;
  request.sdiag_protocol = NDIAG_PROTO_ALL;
  std::vector<NetlinkDiag> sockets;
  const auto done = dump(socket_.get(), request, [&](std::string_view messages) {
    return for_each_message(messages, [&](std::string_view body) { return take_netlink(body, sockets); });
  });
  if (!done) return fail(done.error());
  return sockets;
}

}  // namespace ptop::sockets
