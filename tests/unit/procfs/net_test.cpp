// Sockets of every family that has a table under net/.
#include "ptop/procfs/net_inet.hpp"
#include "ptop/procfs/net_unix.hpp"

#include <bit>
#include <string>

#include "support/catch.hpp"

using namespace ptop;
using namespace ptop::procfs;

namespace {

const std::string inet_header =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";
const std::string unix_header = "Num       RefCount Protocol Flags    Type St Inode Path\n";

}  // namespace

// The texts come from a little-endian machine, and addresses are words of the host.
TEST_CASE("parse_inet_sockets: addresses, ports, queues, owner", "[procfs]") {
  if (std::endian::native != std::endian::little) return;
  const auto sockets = parse_inet_sockets(
      inet_header +
      "   0: 0100007F:B26E 00000000:0000 0A 00000000:00000001 00:00000000 00000000     0        0 276899 2 "
      "00000000cb20983c 100 0 0 10 0                    \n"
      "   3: 0100007F:C468 0A01A8C0:01BB 01 00000010:00000020 01:00000017 00000002  1000        0 276900 2 "
      "00000000241b6b6e 20 4 31 10 -1\n");
  REQUIRE(sockets);
  REQUIRE(sockets->size() == 2);
  const InetSocket& listener = (*sockets)[0];
  CHECK(inet_address_text(listener.local) == "127.0.0.1:45678");
  CHECK(listener.remote.is_any());
  CHECK(listener.state == SocketState::listen);
  CHECK(listener.rx_queue == 1);
  CHECK(listener.inode == 276899);
  const InetSocket& connected = (*sockets)[1];
  CHECK(inet_address_text(connected.remote) == "192.168.1.10:443");
  CHECK(connected.tx_queue == 0x10);
  CHECK(connected.rx_queue == 0x20);
  CHECK(connected.uid == Uid(1000));
}

TEST_CASE("parse_inet_sockets: the four words of an IPv6 address", "[procfs]") {
  if (std::endian::native != std::endian::little) return;
  const auto sockets =
      parse_inet_sockets(inet_header +
                         "13011: 0000000000000000FFFF0000020200C0:A83F B80D0120000000000000000001000000:B270 "
                         "01 00000000:00000000 "
                         "00:00000000 00000000     0        0 276903 2 00000000bc8fee4d 0\n");
  REQUIRE(sockets);
  CHECK((*sockets)[0].local.v6);
  CHECK(inet_address_text((*sockets)[0].local) == "[::ffff:192.0.2.2]:43071");
  CHECK(inet_address_text((*sockets)[0].remote) == "[2001:db8::1]:45680");
}

TEST_CASE("parse_inet_sockets: a table without rows", "[procfs]") {
  CHECK(parse_inet_sockets(inet_header)->empty());
  CHECK(parse_inet_sockets("")->empty());
}

TEST_CASE("parse_inet_sockets: a row cut short or out of range is malformed", "[procfs]") {
  const std::string row = GENERATE(
      "\n", "0: 0100007F:B26E\n", "0: 0100007F 00000000:0000 0A 0:0 0:0 0 0 0 1\n",
      "0: 0100007:1 00000000:0000 0A 0:0 0:0 0 0 0 1\n",
      "0: 0100007F:10000 00000000:0000 0A 0:0 0:0 0 0 0 1\n",
      "0: 0100007F:1 00000000:0000 100 0:0 0:0 0 0 0 1\n", "0: 0100007F:1 00000000:0000 0A 00 0:0 0 0 0 1\n",
      "0: 0100007F:1 00000000:0000 0A 0:0 0:0 0 -1 0 1\n",
      "0: 0100007F:1 00000000:0000 0A 0:0 0:0 0 0 0 18446744073709551616\n");
  CHECK(parse_inet_sockets(inet_header + row).error().code == Errc::malformed);
}

TEST_CASE("socket_state_name: the kernel's names by the kernel's numbers", "[procfs]") {
  CHECK(socket_state_name(SocketState::established) == "ESTABLISHED");
  CHECK(socket_state_name(SocketState::listen) == "LISTEN");
  CHECK(socket_state_name(SocketState::bound_inactive) == "BOUND_INACTIVE");
  CHECK(socket_state_name(SocketState(99)) == "UNKNOWN");
  CHECK(inet_protocol_name(InetProtocol::icmp6) == "icmp6");
}

TEST_CASE("parse_net_unix: type, state, inode, path", "[procfs]") {
  const auto sockets =
      parse_net_unix(unix_header +
                     "0000000025ab954e: 00000002 00000000 00010000 0001 01 184728 /run/a b \n"
                     "000000003e6c6170: 00000003 00000000 00000000 0005 03  1525\n"
                     "0000000000000000: 00000002 00000000 00000000 0002 01     7 @abs\n");
  REQUIRE(sockets);
  REQUIRE(sockets->size() == 3);
  CHECK((*sockets)[0].listening);
  CHECK((*sockets)[0].type == 1);
  CHECK((*sockets)[0].inode == 184728);
  CHECK((*sockets)[0].path == "/run/a b ");
  CHECK_FALSE((*sockets)[1].listening);
  CHECK((*sockets)[1].type == 5);
  CHECK((*sockets)[1].state == 3);
  CHECK((*sockets)[1].inode == 1525);
  CHECK((*sockets)[1].path.empty());
  CHECK((*sockets)[2].path == "@abs");
}

TEST_CASE("parse_net_unix: a name with newlines spans lines", "[procfs]") {
  const auto sockets =
      parse_net_unix(unix_header +
                     "00000000a3e9c325: 00000002 00000000 00010000 0001 01 276913 @abs\nn x@y@\n\n"
                     "000000008d933e27: 00000002 00000000 00000000 0002 01 276915\n");
  REQUIRE(sockets);
  REQUIRE(sockets->size() == 2);
  CHECK((*sockets)[0].path == "@abs\nn x@y@\n");
  CHECK((*sockets)[1].inode == 276915);
}

TEST_CASE("parse_net_unix: a line that belongs to nothing is malformed", "[procfs]") {
  const std::string rows =
      GENERATE("x\n", "1: 2 0 0 1 1 5\nx\n", "1 2 0 0 1 1 5 /a\n", "1: 2 0 0 1 1 x /a\n");
  CHECK(parse_net_unix(unix_header + rows).error().code == Errc::malformed);
}

TEST_CASE("parse_net_netlink: protocol, port, groups", "[procfs]") {
  const auto sockets = parse_net_netlink(
      "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n"
      "00000000103d28a9 15  4294967295 00000011 0        0        0     2        3        276912  \n");
  REQUIRE(sockets);
  REQUIRE(sockets->size() == 1);
  CHECK((*sockets)[0].protocol == 15);
  CHECK((*sockets)[0].port == UINT32_MAX);
  CHECK((*sockets)[0].groups == 0x11);
  CHECK((*sockets)[0].drops == 3);
  CHECK((*sockets)[0].inode == 276912);
  CHECK(netlink_protocol_name(15) == "KOBJECT_UEVENT");
  CHECK(netlink_protocol_name(999).empty());
  CHECK_FALSE(parse_net_netlink("header\n0 1 2 3 4\n"));
}

TEST_CASE("parse_net_packet: type, protocol, interface", "[procfs]") {
  const auto sockets = parse_net_packet(
      "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n"
      "00000000c2f7f8c2 3      3    0003   2     1 17     1000   276910\n");
  REQUIRE(sockets);
  REQUIRE(sockets->size() == 1);
  CHECK((*sockets)[0].type == 3);
  CHECK((*sockets)[0].protocol == 3);
  CHECK((*sockets)[0].interface == 2);
  CHECK((*sockets)[0].running);
  CHECK((*sockets)[0].rmem == 17);
  CHECK((*sockets)[0].uid == Uid(1000));
  CHECK((*sockets)[0].inode == 276910);
  CHECK_FALSE(parse_net_packet("header\n0 3 3 10003 0 1 0 0 1\n"));
}
