// The answers of sock_diag, made up and real.
#include "ptop/sockets/sock_diag.hpp"

#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::sockets;

namespace {

template <class T>
std::string bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

std::string padded(std::string bytes) {
  bytes.resize((bytes.size() + 3) / 4 * 4);
  return bytes;
}

std::string message(std::uint16_t type, const std::string& body) {
  nlmsghdr head{};
  head.nlmsg_len = static_cast<std::uint32_t>(sizeof head + body.size());
  head.nlmsg_type = type;
  return bytes_of(head) + padded(body);
}

std::string attribute(std::uint16_t type, const std::string& payload) {
  const nlattr head{static_cast<std::uint16_t>(sizeof(nlattr) + payload.size()), type};
  return padded(bytes_of(head) + payload);
}

std::string unix_message(std::uint32_t inode, const std::string& attributes) {
  unix_diag_msg body{};
  body.udiag_type = SOCK_STREAM;
  body.udiag_state = 1;
  body.udiag_ino = inode;
  return message(SOCK_DIAG_BY_FAMILY, bytes_of(body) + attributes);
}

std::uint64_t inode_of(int fd) {
  struct stat found {};
  REQUIRE(::fstat(fd, &found) == 0);
  return found.st_ino;
}

}  // namespace

TEST_CASE("parse_unix_diag: name and peer come with the socket", "[sockets]") {
  std::vector<UnixDiag> found;
  const std::string name("\0abstract\n", 10);
  const auto text = unix_message(
      7, attribute(UNIX_DIAG_NAME, name) + attribute(UNIX_DIAG_PEER, bytes_of(std::uint32_t{9})));
  const auto complete = parse_unix_diag(text, found);
  REQUIRE(complete);
  CHECK_FALSE(*complete);
  REQUIRE(found.size() == 1);
  CHECK(found[0].inode == 7);
  CHECK(found[0].name == name);
  CHECK(found[0].peer == std::optional<std::uint32_t>(9));
  CHECK(parse_unix_diag(message(NLMSG_DONE, bytes_of(0)), found) == true);
}

TEST_CASE("parse_unix_diag: an error of the kernel is the result", "[sockets]") {
  std::vector<UnixDiag> found;
  const auto result = parse_unix_diag(message(NLMSG_ERROR, bytes_of(-ENOENT)), found);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == Errc::unsupported);
}

TEST_CASE("parse_unix_diag: lengths that do not fit are malformed", "[sockets]") {
  std::vector<UnixDiag> found;
  std::string text = unix_message(7, attribute(UNIX_DIAG_PEER, bytes_of(std::uint32_t{9})));
  SECTION("of the message") { text.resize(text.size() - 4); }
  SECTION("of an attribute") { text[sizeof(nlmsghdr) + sizeof(unix_diag_msg)] = 100; }
  SECTION("of an attribute without a head") { text[sizeof(nlmsghdr) + sizeof(unix_diag_msg)] = 1; }
  const auto result = parse_unix_diag(text, found);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == Errc::malformed);
}

TEST_CASE("SockDiag: both ends of a socketpair name each other", "[sockets]") {
  auto diag = SockDiag::open();
  auto all = diag ? diag->unix_sockets() : fail(diag.error());
  if (!all && all.error().code == Errc::unsupported) return;
  int pair[2];
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  const Fd first(pair[0]), second(pair[1]);
  all = diag->unix_sockets();
  REQUIRE(all);
  const auto found = std::find_if(all->begin(), all->end(),
                                  [&](const UnixDiag& s) { return s.inode == inode_of(first.get()); });
  REQUIRE(found != all->end());
  CHECK(found->peer == std::optional(static_cast<std::uint32_t>(inode_of(second.get()))));
}
