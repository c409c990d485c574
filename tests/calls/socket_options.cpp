// Options of sockets by level.
#include "calls.hpp"

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace {

template <class T>
void set(int level, int option, const T& value) {
  call(SYS_setsockopt, -1, level, option, at_end(value), sizeof value);
}
/// On a socket where it works.
template <class T>
void get(int s, int level, int option) {
  call(SYS_getsockopt, s, level, option, low, in_low(static_cast<int>(sizeof(T)), 512));
}
int tcp() { return ::socket(AF_INET, SOCK_STREAM, 0); }

constexpr sock_filter accept_all[] = {{BPF_RET | BPF_K, 0, 0, 0xffff}};
constexpr sock_filter some[] = {{BPF_LD | BPF_H | BPF_ABS, 0, 0, 12},
                                {BPF_JMP | BPF_JEQ | BPF_K, 0, 3, 0x800},
                                {BPF_LD | BPF_B | BPF_ABS, 0, 0, 23},
                                {BPF_JMP | BPF_JSET | BPF_X, 1, 2, 6},
                                {BPF_ALU | BPF_AND | BPF_K, 0, 0, 0xf},
                                {BPF_LDX | BPF_B | BPF_MSH, 0, 0, 14},
                                {BPF_MISC | BPF_TAX, 0, 0, 0},
                                {BPF_ST, 0, 0, 3},
                                {BPF_LD | BPF_W | BPF_LEN, 0, 0, 0},
                                {BPF_RET | BPF_A, 0, 0, 0},
                                {BPF_LD | BPF_W | BPF_ABS, 0, 0, 0xfffff004},
                                {0xffff, 1, 2, 3}};

constexpr Case list[] = {
    {"socket_ints",
     [] {
       for (const int option : {SO_DEBUG, SO_REUSEADDR, SO_BROADCAST, SO_SNDBUF, SO_KEEPALIVE, SO_PRIORITY,
                                SO_PASSCRED, SO_RCVLOWAT, SO_REUSEPORT, SO_MARK, SO_TIMESTAMP, SO_BUSY_POLL,
                                SO_INCOMING_CPU, SO_ZEROCOPY, SO_PREFER_BUSY_POLL, 0x1234})
         set(SOL_SOCKET, option, 1);
     }},
    {"socket_int_sizes",
     [] {
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_SNDBUF, in_low(-7), 4);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_SNDBUF, low, 3);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_SNDBUF, low, 8);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_SNDBUF, low, 0);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_SNDBUF, low, -1);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_SNDBUF, nullptr, 4);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_SNDBUF, nowhere, 4);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_SNDBUF, low + low_size - 2, 4);
     }},
    {"levels",
     [] {
       for (const int level : {0,   1,   2,   6,   17,  41,  58,  132, 255, 256, 257, 258, 259,
                               260, 261, 262, 263, 264, 265, 266, 267, 268, 269, 270, 271, 272,
                               273, 274, 275, 276, 277, 278, 279, 280, 281, 282, 283, -1,  9999})
         call(SYS_setsockopt, -1, level, 0x7777, in_low(5), 4);
     }},
    {"levels_since_5_16",
     [] {
       for (const int level : {284, 285, 286, 287}) call(SYS_setsockopt, -1, level, 0x7777, in_low(5), 4);
     }},
    {"linger",
     [] {
       set(SOL_SOCKET, SO_LINGER, linger{1, 5});
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_LINGER, low, 4);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_LINGER, low, 9);
       const int s = tcp();
       get<linger>(s, SOL_SOCKET, SO_LINGER);
       call(SYS_getsockopt, s, SOL_SOCKET, SO_LINGER, low, in_low(4, 512));
       call(SYS_getsockopt, s, SOL_SOCKET, SO_LINGER, low, in_low(6, 512));
       call(SYS_getsockopt, s, SOL_SOCKET, SO_LINGER, low, in_low(2, 512));
       call(SYS_getsockopt, s, SOL_SOCKET, SO_LINGER, low, in_low(100, 512));
     }},
    {"timeouts",
     [] {
       set(SOL_SOCKET, SO_RCVTIMEO, timeval{5, 250000});
       set(SOL_SOCKET, SO_SNDTIMEO, timeval{-1, 9999999});
       set(SOL_SOCKET, 66, timeval{1, 2});
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_RCVTIMEO, low, 8);
       const int s = tcp();
       get<timeval>(s, SOL_SOCKET, SO_RCVTIMEO);
       call(SYS_getsockopt, s, SOL_SOCKET, SO_RCVTIMEO, low, in_low(8, 512));
     }},
    {"credentials",
     [] {
       int pair[2];
       ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
       get<ucred>(pair[0], SOL_SOCKET, SO_PEERCRED);
       call(SYS_getsockopt, pair[0], SOL_SOCKET, SO_PEERCRED, low, in_low(8, 512));
       call(SYS_getsockopt, pair[0], SOL_SOCKET, SO_PEERCRED, low, in_low(5, 512));
       call(SYS_getsockopt, pair[0], SOL_SOCKET, SO_PEERCRED, low, in_low(50, 512));
     }},
    {"got_ints",
     [] {
       const int s = tcp();
       for (const int option :
            {SO_TYPE, SO_ERROR, SO_PROTOCOL, SO_DOMAIN, SO_SNDBUF, SO_ACCEPTCONN, SO_PEEK_OFF})
         get<int>(s, SOL_SOCKET, option);
       get<int>(::socket(AF_UNIX, SOCK_DGRAM, 0), SOL_SOCKET, SO_TYPE);
       get<char>(s, SOL_SOCKET, SO_REUSEADDR);
       get<long>(s, SOL_SOCKET, SO_REUSEADDR);
       get<long>(s, SOL_SOCKET, SO_COOKIE + 400);
       call(SYS_getsockopt, s, SOL_SOCKET, SO_TYPE, low, nullptr);
       call(SYS_getsockopt, s, SOL_SOCKET, SO_TYPE, nullptr, in_low(4, 512));
       call(SYS_getsockopt, s, SOL_SOCKET, SO_TYPE, nowhere, in_low(4, 512));
       call(SYS_getsockopt, s, SOL_SOCKET, SO_TYPE, low, nowhere);
       call(SYS_getsockopt, s, SOL_SOCKET, SO_TYPE, low, in_low(0, 512));
       call(SYS_getsockopt, s, SOL_SOCKET, SO_TYPE, low, in_low(-1, 512));
       call(SYS_getsockopt, -1, SOL_SOCKET, SO_TYPE, low, in_low(4, 512));
     }},
    {"bind_to_device",
     [] {
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_BINDTODEVICE, at_end("lo"), 3);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_BINDTODEVICE, "eth0", 2);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_BINDTODEVICE, "", 0);
       get<char[16]>(tcp(), SOL_SOCKET, SO_BINDTODEVICE);
     }},
    {"filter",
     [] {
       const int s = ::socket(AF_INET, SOCK_DGRAM, 0);
       sock_fprog program{1, const_cast<sock_filter*>(accept_all)};
       call(SYS_setsockopt, s, SOL_SOCKET, SO_ATTACH_FILTER, in_low(program), sizeof program);
       call(SYS_setsockopt, s, SOL_SOCKET, SO_DETACH_FILTER, nullptr, 0);
       call(SYS_setsockopt, s, SOL_SOCKET, SO_LOCK_FILTER, in_low(0), 4);
       program = {std::size(some), const_cast<sock_filter*>(some)};
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_ATTACH_FILTER, in_low(program), sizeof program);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, in_low(program), sizeof program);
       program = {5, nullptr};
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_ATTACH_FILTER, in_low(program), sizeof program);
       program = {0, const_cast<sock_filter*>(accept_all)};
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_ATTACH_FILTER, in_low(program), sizeof program);
       program = {3, static_cast<sock_filter*>(nowhere)};
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_ATTACH_FILTER, in_low(program), sizeof program);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_ATTACH_FILTER, in_low(program), 8);
       call(SYS_setsockopt, -1, SOL_SOCKET, SO_ATTACH_FILTER, in_low(program), 20);
     }},
    {"get_filter",
     [] {
       const int s = ::socket(AF_INET, SOCK_DGRAM, 0);
       sock_fprog program{1, const_cast<sock_filter*>(accept_all)};
       ::setsockopt(s, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
       call(SYS_getsockopt, s, SOL_SOCKET, SO_GET_FILTER, low, in_low(5, 512));
       call(SYS_getsockopt, s, SOL_SOCKET, SO_GET_FILTER, nullptr, in_low(0, 512));
     }},
    {"meminfo_and_groups",
     [] {
       int pair[2];
       ::socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
       get<char[64]>(pair[0], SOL_SOCKET, SO_PEERGROUPS);
       get<long>(pair[0], SOL_SOCKET, SO_PEERNAME);
       get<char[64]>(pair[0], SOL_SOCKET, SO_PEERSEC);
       get<char[36]>(::socket(AF_INET, SOCK_DGRAM, 0), SOL_SOCKET, SO_MEMINFO);
     }},
    {"ip_ints",
     [] {
       for (const int option : {IP_TOS, IP_TTL, IP_HDRINCL, IP_RECVTTL, IP_PKTINFO, IP_MTU_DISCOVER,
                                IP_RECVERR, IP_FREEBIND, IP_TRANSPARENT, IP_MULTICAST_TTL, IP_MULTICAST_LOOP,
                                IP_BIND_ADDRESS_NO_PORT, IP_MULTICAST_ALL, 999})
         set(SOL_IP, option, 1);
     }},
    {"ip_memberships",
     [] {
       ip_mreq two{{htonl(0xe0000001)}, {htonl(0x7f000001)}};
       ip_mreqn three{{htonl(0xe0000001)}, {htonl(0x7f000001)}, 1};
       ip_mreq_source source{{htonl(0xe0000001)}, {htonl(0x7f000001)}, {htonl(0x0a000001)}};
       set(SOL_IP, IP_ADD_MEMBERSHIP, two);
       set(SOL_IP, IP_DROP_MEMBERSHIP, three);
       set(SOL_IP, IP_MULTICAST_IF, in_addr{htonl(0x7f000001)});
       set(SOL_IP, IP_MULTICAST_IF, three);
       set(SOL_IP, IP_ADD_SOURCE_MEMBERSHIP, source);
       call(SYS_setsockopt, -1, SOL_IP, IP_ADD_MEMBERSHIP, low, 7);
       call(SYS_setsockopt, -1, SOL_IP, IP_ADD_MEMBERSHIP, nowhere, 8);
       group_req group{1, {AF_INET}};
       set(SOL_IP, MCAST_JOIN_GROUP, group);
       get<in_addr>(::socket(AF_INET, SOCK_DGRAM, 0), SOL_IP, IP_MULTICAST_IF);
       get<int>(::socket(AF_INET, SOCK_DGRAM, 0), SOL_IP, IP_TTL);
       get<char>(::socket(AF_INET, SOCK_DGRAM, 0), SOL_IP, IP_MULTICAST_TTL);
     }},
    {"ipv6",
     [] {
       for (const int option : {IPV6_V6ONLY, IPV6_UNICAST_HOPS, IPV6_MULTICAST_HOPS, IPV6_RECVPKTINFO,
                                IPV6_TCLASS, IPV6_RECVERR, IPV6_MTU_DISCOVER, IPV6_AUTOFLOWLABEL, 999})
         set(SOL_IPV6, option, 1);
       ipv6_mreq group{{{{0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}}, 1};
       set(SOL_IPV6, IPV6_ADD_MEMBERSHIP, group);
       group.ipv6mr_interface = 0;
       set(SOL_IPV6, IPV6_JOIN_ANYCAST, group);
       set(SOL_IPV6, IPV6_DROP_MEMBERSHIP, group);
       call(SYS_setsockopt, -1, SOL_IPV6, IPV6_ADD_MEMBERSHIP, low, 16);
       set(SOL_IPV6, IPV6_MULTICAST_IF, 1);
     }},
    {"tcp",
     [] {
       for (const int option :
            {TCP_NODELAY, TCP_MAXSEG, TCP_CORK, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_SYNCNT,
             TCP_DEFER_ACCEPT, TCP_QUICKACK, TCP_USER_TIMEOUT, TCP_FASTOPEN, TCP_FASTOPEN_CONNECT, 999})
         set(SOL_TCP, option, 1);
       call(SYS_setsockopt, -1, SOL_TCP, TCP_CONGESTION, "cubic", 5);
       call(SYS_setsockopt, -1, SOL_TCP, TCP_ULP, "tls", 3);
       get<char[16]>(tcp(), SOL_TCP, TCP_CONGESTION);
       get<int>(tcp(), SOL_TCP, TCP_MAXSEG);
     }},
    {"tcp_info",
     [] {
       const int s = tcp();
       get<char[20]>(s, SOL_TCP, TCP_INFO);
       get<char[4]>(s, SOL_TCP, TCP_INFO);
     }},
    {"udp_raw_icmp",
     [] {
       set(IPPROTO_UDP, 1, 1);
       set(IPPROTO_UDP, 103, 1400);
       set(IPPROTO_UDP, 104, 1);
       set(SOL_RAW, 1, 0x1234);
       set(SOL_ICMPV6, 1, std::uint64_t{0x1234});
       call(SYS_setsockopt, -1, SOL_ICMPV6, 1, in_low(std::uint64_t{0xffffffff00000000}), 32);
     }},
    {"packet",
     [] {
       packet_mreq group{1, PACKET_MR_PROMISC, 6, {1, 2, 3, 4, 5, 6}};
       set(SOL_PACKET, PACKET_ADD_MEMBERSHIP, group);
       group = {77, 99, 9, {1, 2, 3, 4, 5, 6, 7, 8}};
       set(SOL_PACKET, PACKET_DROP_MEMBERSHIP, group);
       set(SOL_PACKET, PACKET_RX_RING, tpacket_req{4096, 2, 2048, 4});
       set(SOL_PACKET, PACKET_TX_RING, tpacket_req3{4096, 2, 2048, 4, 60, 0, 1});
       set(SOL_PACKET, PACKET_VERSION, 2);
       set(SOL_PACKET, PACKET_FANOUT, 0x10001);
       set(SOL_PACKET, PACKET_AUXDATA, 1);
       const int s = ::socket(AF_PACKET, SOCK_RAW, 0);
       get<tpacket_stats>(s, SOL_PACKET, PACKET_STATISTICS);
       get<int>(s, SOL_PACKET, PACKET_VERSION);
     }},
    {"netlink",
     [] {
       for (const int option :
            {NETLINK_ADD_MEMBERSHIP, NETLINK_DROP_MEMBERSHIP, NETLINK_PKTINFO, NETLINK_BROADCAST_ERROR,
             NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK, NETLINK_CAP_ACK, 99})
         set(SOL_NETLINK, option, 1);
       const int s = ::socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
       const sockaddr_nl own{AF_NETLINK, 0, 0x700101, 0};
       ::bind(s, reinterpret_cast<const sockaddr*>(&own), sizeof own);
       ::setsockopt(s, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, at_end(1), 4);
       get<std::uint64_t>(s, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS);
       get<int>(s, SOL_NETLINK, NETLINK_EXT_ACK);
     }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
