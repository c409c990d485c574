// sock_diag(7) over netlink: one request, an answer in as many datagrams as it takes.
#include "ptop/sockets/sock_diag.hpp"

#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sched.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

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

/// A struct out of bytes that need not be aligned for it; false when there are too few.
template <class T>
bool copy_head(std::string_view bytes, T& out) {
  if (bytes.size() < sizeof out) return false;
  std::memcpy(&out, bytes.data(), sizeof out);
  return true;
}

std::string_view take_aligned(std::string_view& bytes, std::size_t length) {
  const std::string_view taken = bytes.substr(0, length);
  bytes.remove_prefix(std::min(bytes.size(), NLMSG_ALIGN(length)));
  return taken;
}

void take_attribute(UnixDiag& socket, std::uint16_t type, std::string_view payload) {
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
  nlattr attribute{};
  while (copy_head(body, attribute)) {
    if (attribute.nla_len < sizeof attribute || attribute.nla_len > body.size())
      return malformed(subject, body);
    const std::string_view whole = take_aligned(body, attribute.nla_len);
    take_attribute(socket, attribute.nla_type, whole.substr(sizeof attribute));
  }
  return socket;
}

Result<Fd> netlink_socket() {
  Fd made(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (!made) return fail(diag_error(errno));
  return made;
}

Result<void> send_request(int socket) {
  struct {
    nlmsghdr head;
    unix_diag_req body;
  } request{};
  request.head.nlmsg_len = sizeof request;
  request.head.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  request.body.sdiag_family = AF_UNIX;
  request.body.udiag_states = ~0U;
  request.body.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER;
  sockaddr_nl kernel{};
  kernel.nl_family = AF_NETLINK;
  if (::sendto(socket, &request, sizeof request, 0, reinterpret_cast<const sockaddr*>(&kernel),
               sizeof kernel) < 0)
    return fail(diag_error(errno));
  return {};
}

}  // namespace

Result<bool> parse_unix_diag(std::string_view messages, std::vector<UnixDiag>& sockets) {
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
    auto socket = parse_socket(body);
    if (!socket) return fail(std::move(socket.error()));
    sockets.push_back(std::move(*socket));
  }
  return false;
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
  if (auto sent = send_request(socket_.get()); !sent) return fail(std::move(sent.error()));
  std::vector<UnixDiag> sockets;
  std::vector<char> buffer(buffer_size);
  while (true) {
    const ssize_t n = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(diag_error(errno));
    const auto complete = parse_unix_diag({buffer.data(), static_cast<std::size_t>(n)}, sockets);
    if (!complete) return fail(complete.error());
    if (*complete || n == 0) return sockets;
  }
}

}  // namespace ptop::sockets
