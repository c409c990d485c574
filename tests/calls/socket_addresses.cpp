// Addresses of sockets by family, and the calls that take and give them.
#include "calls.hpp"

#include <arpa/inet.h>
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/llc.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <linux/x25.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace {

struct Bytes {
  const char* data;
  std::size_t size;
};
template <std::size_t N>
constexpr Bytes bytes(const char (&text)[N]) {
  return {text, N - 1};
}

/// An address that begins with its family, and `size` bytes of it in all, at the end of what is mapped.
void connect_to(int family, Bytes rest, int size) {
  char* const at = low + low_size - size;
  std::memset(at, 0, static_cast<std::size_t>(size));
  const auto f = static_cast<std::uint16_t>(family);
  char all[160]{};
  std::memcpy(all, &f, 2);
  std::memcpy(all + 2, rest.data, rest.size);
  std::memcpy(at, all, static_cast<std::size_t>(size));
  call(SYS_connect, -1, at, size);
}
void connect_to(int family, Bytes rest) { connect_to(family, rest, static_cast<int>(rest.size) + 2); }

sockaddr_in loopback(int port = 0) {
  sockaddr_in a{};
  a.sin_family = AF_INET, a.sin_port = htons(static_cast<std::uint16_t>(port)),
  a.sin_addr.s_addr = htonl(0x7f000001);
  return a;
}

constexpr auto inet6_link_local =
    bytes("\x1f\x90\x01\x02\x03\x04\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1\x1\0\0\0");

constexpr Case list[] = {
    {"unix_path", [] { connect_to(AF_UNIX, bytes("/tmp/a\"b\n")); }},
    {"unix_path_with_end", [] { connect_to(AF_UNIX, bytes("path\0more"), 12); }},
    {"unix_nothing", [] { connect_to(AF_UNIX, bytes(""), 2); }},
    {"unix_one_nul", [] { connect_to(AF_UNIX, bytes("\0"), 3); }},
    {"unix_two_nuls", [] { connect_to(AF_UNIX, bytes("\0\0"), 4); }},
    {"unix_abstract", [] { connect_to(AF_UNIX, bytes("\0abstract\0name")); }},
    {"unix_full",
     [] {
       connect_to(AF_UNIX,
                  bytes("012345678901234567890123456789012345678901234567890123456789012345678901234567890123"
                        "4567890123456789ABCDEFGH"),
                  110);
     }},
    {"unix_too_long",
     [] {
       connect_to(AF_UNIX,
                  bytes("012345678901234567890123456789012345678901234567890123456789012345678901234567890123"
                        "4567890123456789ABCDEFGHIJKL"),
                  114);
     }},
    {"inet", [] { connect_to(AF_INET, bytes("\0\x35\x08\x08\x08\x08\0\0\0\0\0\0\0\0")); }},
    {"inet_8_bytes", [] { connect_to(AF_INET, bytes("\0\x35\x08\x08\x08\x08")); }},
    {"inet_7_bytes", [] { connect_to(AF_INET, bytes("\0\x35\x08\x08\x08")); }},
    {"inet_4_bytes", [] { connect_to(AF_INET, bytes("\0\x35")); }},
    {"inet_any", [] { connect_to(AF_INET, bytes("\xff\xff\0\0\0\0\0\0\0\0\0\0\0\0")); }},
    {"inet6", [] { connect_to(AF_INET6, bytes("\0\x50\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\0")); }},
    {"inet6_scope", [] { connect_to(AF_INET6, inet6_link_local); }},
    {"inet6_scope_unknown",
     [] {
       connect_to(AF_INET6, bytes("\0\x50\0\0\0\0\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1\xff\xff\xff\xff"));
     }},
    {"inet6_scope_global",
     [] { connect_to(AF_INET6, bytes("\0\x50\0\0\0\0\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1\1\0\0\0")); }},
    {"inet6_multicast",
     [] { connect_to(AF_INET6, bytes("\0\x50\0\0\0\0\xff\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\1\1\0\0\0")); }},
    {"inet6_mapped",
     [] {
       connect_to(AF_INET6, bytes("\0\x50\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\xff\x01\x02\x03\x04\0\0\0\0"));
     }},
    {"inet6_24_bytes", [] { connect_to(AF_INET6, inet6_link_local, 24); }},
    {"inet6_23_bytes", [] { connect_to(AF_INET6, inet6_link_local, 23); }},
    {"inet6_longer", [] { connect_to(AF_INET6, inet6_link_local, 32); }},
    {"netlink", [] { connect_to(AF_NETLINK, bytes("\0\0\x39\x30\0\0\x11\0\0\0")); }},
    {"netlink_short", [] { connect_to(AF_NETLINK, bytes("\0\0\x39\x30\0\0\x11\0")); }},
    {"netlink_padded", [] { connect_to(AF_NETLINK, bytes("\1\0\0\0\0\0\0\0\0\0")); }},
    {"packet", [] { connect_to(AF_PACKET, bytes("\x08\0\1\0\0\0\1\0\0\6\1\2\3\4\5\6\0\0")); }},
    {"packet_unknown",
     [] { connect_to(AF_PACKET, bytes("\x12\x34\xff\xff\0\0\x77\x77\x99\x09\1\2\3\4\5\6\7\x80")); }},
    {"packet_short", [] { connect_to(AF_PACKET, bytes("\x08\0\1\0\0\0\1\0")); }},
    {"unspec", [] { connect_to(AF_UNSPEC, bytes("\1\2abc\0\0\0\0\0\0\0\0\0")); }},
    {"unspec_2_bytes", [] { connect_to(AF_UNSPEC, bytes("")); }},
    {"unspec_zeros", [] { connect_to(AF_UNSPEC, bytes("\0\0\0\0\0\0\0\0\0\0\0\0\0\0")); }},
    {"unknown_family", [] { connect_to(0x4242, bytes("abcdefghijklmn")); }},
    {"vsock", [] { connect_to(AF_VSOCK, bytes("\0\0\xe8\x03\0\0\2\0\0\0\0\0\0\0")); }},
    {"vsock_any", [] { connect_to(AF_VSOCK, bytes("\1\0\xff\xff\xff\xff\xff\xff\xff\xff\1\0\0\0")); }},
    {"alg",
     [] {
       sockaddr_alg a{};
       a.salg_family = AF_ALG, a.salg_feat = 8, a.salg_mask = 0x10;
       std::strcpy(reinterpret_cast<char*>(a.salg_type), "hash");
       std::strcpy(reinterpret_cast<char*>(a.salg_name), "sha256");
       call(SYS_bind, -1, at_end(a), sizeof a);
     }},
    {"can",
     [] {
       sockaddr_can a{};
       a.can_family = AF_CAN, a.can_ifindex = 1, a.can_addr.tp.rx_id = 0x123, a.can_addr.tp.tx_id = 0x456;
       call(SYS_bind, -1, at_end(a), sizeof a);
     }},
    {"bluetooth_hci", [] { connect_to(AF_BLUETOOTH, bytes("\1\0\3\0")); }},
    {"bluetooth_hci_none", [] { connect_to(AF_BLUETOOTH, bytes("\xff\xff\0\0")); }},
    {"bluetooth_sco", [] { connect_to(AF_BLUETOOTH, bytes("\6\5\4\3\2\1")); }},
    {"bluetooth_rfcomm", [] { connect_to(AF_BLUETOOTH, bytes("\6\5\4\3\2\1\7\0")); }},
    {"bluetooth_l2cap", [] { connect_to(AF_BLUETOOTH, bytes("\1\0\6\5\4\3\2\1\4\0\1\0")); }},
    {"bluetooth_unknown", [] { connect_to(AF_BLUETOOTH, bytes("\1\0\6")); }},
    {"ipx", [] { connect_to(AF_IPX, bytes("\x12\x34\1\2\3\4\1\2\3\4\5\6\4\0")); }},
    {"ax25_all", [] { connect_to(AF_AX25, bytes("@@@@@@\0\0\0\0\0\0\0\0")); }},
    {"ax25_station_alone", [] { connect_to(AF_AX25, bytes("@@@@@@\6\0\0\0\0\0\0\0")); }},
    {"ax25_small_letters", [] { connect_to(AF_AX25, bytes("\xc2\xc4@@@@\x1e\0\0\0\0\0\0\0")); }},
    {"ax25_gap", [] { connect_to(AF_AX25, bytes("\x82@\x84@@@\0\0\0\0\0\0\0\0")); }},
    {"ax25_nothing", [] { connect_to(AF_AX25, bytes("\0\0\0\0\0\0\0\0\0\0\0\0\0\0")); }},
    {"ax25_escape",
     [] {
       connect_to(AF_AX25, bytes("6\xb6"
                                 "fb\xda@\0\0\0\0\0\0\0\0"));
     }},
    {"ax25_other_bits", [] { connect_to(AF_AX25, bytes("\x83\x84@@@@\x60\0\0\0\1\0\0\0")); }},
    {"ax25_through",
     [] { connect_to(AF_AX25, bytes("\x9c\x60\x86\x82\x98\x98\x02\0\0\0\1\0\0\0\x82\x84@@@@\x04")); }},
    {"ax25_through_more",
     [] { connect_to(AF_AX25, bytes("\x9c\x60\x86\x82\x98\x98\x02\0\0\0\3\0\0\0\x82\x84@@@@\x04zz")); }},
    {"ax25_through_none",
     [] {
       connect_to(AF_AX25, bytes("\x9c\x60\x86\x82\x98\x98\x02\0\0\0\xff\xff\xff\xff\x82\x84@@@@\x04"));
     }},
    {"ax25", [] { connect_to(AF_AX25, bytes("\x9c\x60\x86\x82\x98\x98\x02\0\0\0\0\0\0\0")); }},
    {"x25",
     [] {
       sockaddr_x25 a{};
       a.sx25_family = AF_X25;
       std::strcpy(a.sx25_addr.x25_addr, "123456");
       call(SYS_connect, -1, at_end(a), sizeof a);
     }},
    {"llc",
     [] {
       sockaddr_llc a{};
       a.sllc_family = AF_LLC, a.sllc_arphrd = 1, a.sllc_test = 1, a.sllc_xid = 2, a.sllc_ua = 3,
       a.sllc_sap = 4;
       std::memcpy(a.sllc_mac, "\1\2\3\4\5\6", 6);
       call(SYS_connect, -1, at_end(a), sizeof a);
     }},
    {"connect_null", [] { call(SYS_connect, -1, nullptr, 16); }},
    {"connect_unreadable", [] { call(SYS_connect, -1, nowhere, 16); }},
    {"connect_partly_readable", [] { call(SYS_connect, -1, low + low_size - 4, 16); }},
    {"connect_no_length", [] { call(SYS_connect, -1, low, 0); }},
    {"connect_one_byte", [] { call(SYS_connect, -1, low, 1); }},
    {"connect_negative_length", [] { call(SYS_connect, -1, low, -1); }},
    {"connect_huge_length", [] { call(SYS_connect, -1, low, 0x1000); }},
    {"getsockname_inet",
     [] {
       const int s = ::socket(AF_INET, SOCK_DGRAM, 0);
       call(SYS_getsockname, s, low, in_low(128, 256));
       call(SYS_getsockname, s, low, in_low(16, 256));
       call(SYS_getsockname, s, low, in_low(5, 256));
       call(SYS_getsockname, s, low, in_low(1, 256));
       call(SYS_getsockname, s, low, in_low(0, 256));
       call(SYS_getsockname, s, low, in_low(-1, 256));
       call(SYS_getsockname, s, low, nullptr);
       call(SYS_getsockname, s, nullptr, in_low(16, 256));
       call(SYS_getsockname, s, low, nowhere);
       call(SYS_getsockname, s, nowhere, in_low(16, 256));
     }},
    {"getpeername_unix",
     [] {
       int pair[2];
       ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
       call(SYS_getpeername, pair[0], low, in_low(128, 256));
       call(SYS_getpeername, ::socket(AF_INET, SOCK_DGRAM, 0), low, in_low(128, 256));
     }},
    {"accept_unix",
     [] {
       const int s = ::socket(AF_UNIX, SOCK_STREAM, 0), c = ::socket(AF_UNIX, SOCK_STREAM, 0);
       sockaddr_un a{AF_UNIX, "listening"}, b{AF_UNIX, "\0"};
       std::strcpy(b.sun_path + 1, "ptop-test-peer");
       call(SYS_bind, s, in_low(a), 2 + 10);
       call(SYS_bind, c, in_low(b), 2 + 15);
       call(SYS_listen, s, 5);
       call(SYS_connect, c, in_low(a), sizeof a);
       call(SYS_accept, s, low, in_low(128, 256));
     }},
    {"accept4_inet",
     [] {
       const int s = ::socket(AF_INET, SOCK_STREAM, 0);
       auto a = loopback(20127);
       socklen_t size = sizeof a;
       ::bind(s, reinterpret_cast<sockaddr*>(&a), size);
       call(SYS_accept4, s, low, in_low(16, 256), SOCK_CLOEXEC | SOCK_NONBLOCK);
       call(SYS_accept4, s, nullptr, nullptr, 0x77);
       call(SYS_accept4, -1, low, in_low(16, 256), 0);
     }},
    {"sendto_inet",
     [] {
       const int s = ::socket(AF_INET, SOCK_DGRAM, 0);
       const auto own = loopback(20128);
       ::bind(s, reinterpret_cast<const sockaddr*>(&own), sizeof own);
       call(SYS_sendto, s, "a\0b", 3, MSG_NOSIGNAL | MSG_DONTWAIT, in_low(loopback(9)), 16);
       call(SYS_sendto, s, "ab", 2, 0x08000000, nullptr, 0);
       call(SYS_sendto, s, nowhere, 2, 0, nowhere, 16);
       call(SYS_sendto, s, nullptr, 0, MSG_OOB | MSG_FASTOPEN | MSG_ZEROCOPY | 0x8000000, nullptr, 16);
     }},
    {"recvfrom_unix",
     [] {
       int pair[2];
       ::socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
       ::write(pair[0], "hello\n", 6), ::write(pair[0], "more", 4), ::write(pair[0], "end", 3);
       call(SYS_recvfrom, pair[1], low, 100, MSG_DONTWAIT, low + 512, in_low(128, 256));
       call(SYS_recvfrom, pair[1], low, 2, MSG_TRUNC | MSG_PEEK, nullptr, nullptr);
       call(SYS_recvfrom, pair[1], low, 100, 0, nullptr, in_low(128, 256));
       call(SYS_recvfrom, pair[1], nowhere, 100, 0, low, in_low(128, 256));
       call(SYS_recvfrom, pair[1], low, 100, MSG_DONTWAIT, low, nowhere);
     }},
    {"recvfrom_inet",
     [] {
       const int s = ::socket(AF_INET, SOCK_DGRAM, 0);
       auto a = loopback(20123);
       ::bind(s, reinterpret_cast<sockaddr*>(&a), sizeof a);
       ::sendto(s, "abc", 3, 0, reinterpret_cast<sockaddr*>(&a), sizeof a);
       call(SYS_recvfrom, s, low, 2, 0, low + 512, in_low(8, 256));
     }},
    {"socket_kinds",
     [] {
       call(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
       call(SYS_socket, AF_UNIX, SOCK_DGRAM, 7);
       call(SYS_socket, AF_INET, SOCK_DGRAM, IPPROTO_IP);
       call(SYS_socket, AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
       call(SYS_socket, AF_INET, SOCK_RAW, 99);
       call(SYS_socket, AF_INET, SOCK_STREAM | 0x100, IPPROTO_UDP);
       call(SYS_socket, AF_INET, 0, IPPROTO_UDP);
       call(SYS_socket, AF_INET, 9, IPPROTO_UDP);
       call(SYS_socket, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
       call(SYS_socket, AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT);
       call(SYS_socket, AF_NETLINK, SOCK_RAW, 31);
       call(SYS_socket, AF_PACKET, SOCK_RAW | 0x10000000, htons(3));
       call(SYS_socket, AF_PACKET, SOCK_DGRAM, htons(0x0800));
       call(SYS_socket, AF_PACKET, SOCK_DGRAM, 0x1234);
       call(SYS_socket, AF_BLUETOOTH, SOCK_RAW, 1);
       call(SYS_socket, AF_CAN, SOCK_RAW, 1);
       call(SYS_socket, AF_CAIF, SOCK_SEQPACKET, 1);
       call(SYS_socket, AF_ISDN, SOCK_RAW, 1);
       call(SYS_socket, AF_PHONET, SOCK_DGRAM, 1);
       call(SYS_socket, AF_SMC, SOCK_STREAM, 0);
       call(SYS_socket, AF_IUCV, SOCK_STREAM, 1);
       call(SYS_socket, AF_IRDA, SOCK_STREAM, 1);
       call(SYS_socket, AF_KCM, SOCK_STREAM, 1);
       call(SYS_socket, AF_TIPC, SOCK_RDM, 1);
       call(SYS_socket, AF_VSOCK, SOCK_STREAM, 1);
       call(SYS_socket, 46, SOCK_STREAM, 1);
     }},
    {"socket_minus_one", [] { call(SYS_socket, -1, -1, -1); }},
    {"socketpair_inet", [] { call(SYS_socketpair, AF_INET, SOCK_STREAM, IPPROTO_TCP, low); }},
    {"socketpair_kinds",
     [] {
       call(SYS_socketpair, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, low);
       call(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET, 1, nullptr);
     }},
    {"shutdown_ways",
     [] {
       call(SYS_shutdown, -1, 0), call(SYS_shutdown, -1, 2), call(SYS_shutdown, -1, 3),
           call(SYS_shutdown, -1, -1);
     }},
    {"listen_ways", [] { call(SYS_listen, -1, -1), call(SYS_listen, ::socket(AF_UNIX, SOCK_STREAM, 0), 0); }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
