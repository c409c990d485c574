// sendmsg, recvmsg and their many-message forms: names, vectors, control messages.
#include "calls.hpp"

#include <arpa/inet.h>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <initializer_list>
#include <vector>

namespace {

struct Control {
  std::vector<char> bytes;
  template <class T>
  Control& add(int level, int type, const T& value) {
    return add_bytes(level, type, &value, sizeof value);
  }
  Control& add_bytes(int level, int type, const void* data, std::size_t size) {
    const std::size_t at = bytes.size();
    bytes.resize(at + CMSG_SPACE(size));
    cmsghdr head{CMSG_LEN(size), level, type};
    std::memcpy(&bytes[at], &head, sizeof head);
    std::memcpy(&bytes[at + CMSG_LEN(0)], data, size);
    return *this;
  }
};

msghdr message_of(iovec* iov, std::size_t n) {
  msghdr m{};
  m.msg_iov = iov, m.msg_iovlen = n;
  return m;
}

/// Sent where there is no descriptor: the kernel looks at nothing of it.
void send(const Control& control, std::size_t cut = 0) {
  iovec one{const_cast<char*>("x"), 1};
  msghdr m = message_of(&one, 1);
  char* const at = low + low_size - control.bytes.size();
  m.msg_control = std::memcpy(at, control.bytes.data(), control.bytes.size());
  m.msg_controllen = control.bytes.size() - cut;
  call(SYS_sendmsg, -1, in_low(m), 0);
}

struct Pair {
  int a, b;
};
Pair pair(int type) {
  int ends[2];
  ::socketpair(AF_UNIX, type, 0, ends);
  return {ends[0], ends[1]};
}

/// A socket that sends to itself.
int to_itself(int port) {
  const int s = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in a{};
  a.sin_family = AF_INET, a.sin_port = htons(static_cast<std::uint16_t>(port)),
  a.sin_addr.s_addr = htonl(0x7f000001);
  ::bind(s, reinterpret_cast<sockaddr*>(&a), sizeof a);
  ::connect(s, reinterpret_cast<sockaddr*>(&a), sizeof a);
  return s;
}
void receive(int s, int flags = 0) {
  alignas(8) static char data[64], name[128], control[512];
  std::memset(data, 0, sizeof data);
  iovec one{data, 16};
  msghdr m = message_of(&one, 1);
  m.msg_name = name, m.msg_namelen = sizeof name, m.msg_control = control, m.msg_controllen = sizeof control;
  call(SYS_recvmsg, s, in_low(m), flags);
}

constexpr Case list[] = {
    {"plain",
     [] {
       const Pair p = pair(SOCK_STREAM);
       iovec two[] = {{const_cast<char*>("hel\0lo"), 6}, {const_cast<char*>(" world"), 6}};
       msghdr m = message_of(two, 2);
       call(SYS_sendmsg, p.a, in_low(m), MSG_NOSIGNAL);
       receive(p.b);
     }},
    {"short_read_of_two",
     [] {
       const Pair p = pair(SOCK_STREAM);
       ::write(p.a, "abcde", 5);
       iovec two[] = {{low + 1024, 3}, {low + 1040, 100}};
       call(SYS_recvmsg, p.b, in_low(message_of(two, 2)), MSG_DONTWAIT);
       call(SYS_recvmsg, p.b, in_low(message_of(two, 2)), MSG_DONTWAIT);
     }},
    {"truncated",
     [] {
       const Pair p = pair(SOCK_DGRAM);
       ::write(p.a, "0123456789012345678901234567890", 31);
       receive(p.b);
     }},
    {"name",
     [] {
       sockaddr_in a{};
       a.sin_family = AF_INET, a.sin_port = htons(9), a.sin_addr.s_addr = htonl(0x7f000001);
       iovec one{const_cast<char*>("x"), 1};
       msghdr m = message_of(&one, 1);
       m.msg_name = &a, m.msg_namelen = sizeof a, m.msg_flags = MSG_OOB;
       call(SYS_sendmsg, -1, in_low(m), MSG_DONTWAIT | MSG_MORE);
       m.msg_name = nowhere;
       call(SYS_sendmsg, -1, in_low(m), 0);
       m.msg_name = nullptr;
       call(SYS_sendmsg, -1, in_low(m), 0);
     }},
    {"received_name",
     [] {
       const int s = to_itself(20124);
       ::write(s, "abc", 3);
       receive(s);
     }},
    {"unreadable",
     [] {
       call(SYS_sendmsg, -1, nullptr, 0);
       call(SYS_sendmsg, -1, nowhere, 0);
       call(SYS_sendmsg, -1, low + low_size - 50, 0);
       call(SYS_recvmsg, -1, nullptr, 0);
       call(SYS_recvmsg, -1, nowhere, MSG_PEEK);
       msghdr m{};
       m.msg_iov = static_cast<iovec*>(nowhere), m.msg_iovlen = 2, m.msg_control = nowhere,
       m.msg_controllen = 24;
       call(SYS_sendmsg, -1, in_low(m), 0);
       call(SYS_recvmsg, -1, in_low(m), 0);
       m.msg_iov = nullptr, m.msg_control = nullptr;
       call(SYS_sendmsg, -1, in_low(m), 0);
       m.msg_iovlen = 0, m.msg_controllen = 0;
       call(SYS_sendmsg, -1, in_low(m), 0);
       m.msg_control = low, m.msg_controllen = 8;
       call(SYS_sendmsg, -1, in_low(m), 0);
     }},
    {"rights",
     [] {
       const Pair p = pair(SOCK_STREAM);
       const int fds[] = {::open("/dev/null", O_RDONLY), p.a, ::open("/dev/zero", O_RDONLY)};
       Control c;
       c.add(SOL_SOCKET, SCM_RIGHTS, fds);
       iovec one{const_cast<char*>("x"), 1};
       msghdr m = message_of(&one, 1);
       m.msg_control = c.bytes.data(), m.msg_controllen = c.bytes.size();
       call(SYS_sendmsg, p.a, in_low(m), 0);
       receive(p.b, MSG_CMSG_CLOEXEC);
     }},
    {"rights_without_room",
     [] {
       const Pair p = pair(SOCK_STREAM);
       const int fds[] = {::open("/dev/null", O_RDONLY), p.a};
       Control c;
       c.add(SOL_SOCKET, SCM_RIGHTS, fds);
       iovec one{const_cast<char*>("x"), 1};
       msghdr m = message_of(&one, 1);
       m.msg_control = c.bytes.data(), m.msg_controllen = c.bytes.size();
       ::sendmsg(p.a, &m, 0);
       one.iov_base = low + 1024, m.msg_control = low + 512, m.msg_controllen = CMSG_LEN(4);
       call(SYS_recvmsg, p.b, in_low(m), 0);
     }},
    {"credentials",
     [] {
       const Pair p = pair(SOCK_DGRAM);
       const int on = 1;
       ::setsockopt(p.b, SOL_SOCKET, SO_PASSCRED, &on, sizeof on);
       const ucred who{::getpid(), ::getuid(), ::getgid()};
       Control c;
       c.add(SOL_SOCKET, SCM_CREDENTIALS, who);
       iovec one{const_cast<char*>("x"), 1};
       msghdr m = message_of(&one, 1);
       m.msg_control = c.bytes.data(), m.msg_controllen = c.bytes.size();
       call(SYS_sendmsg, p.a, in_low(m), 0);
       receive(p.b);
     }},
    {"socket_control",
     [] {
       send(Control().add(SOL_SOCKET, SCM_RIGHTS, -1));
       send(Control().add_bytes(SOL_SOCKET, SCM_RIGHTS, "", 0));
       send(Control().add_bytes(SOL_SOCKET, SCM_RIGHTS, "abcdefg", 7));
       send(Control().add_bytes(SOL_SOCKET, SCM_CREDENTIALS, "abcdefgh", 8));
       send(Control().add_bytes(SOL_SOCKET, 3, "label", 6));
       send(Control().add(SOL_SOCKET, SO_TIMESTAMP, timeval{1, 2}));
       send(Control().add(SOL_SOCKET, SO_TIMESTAMPNS, timespec{1, 2}));
       const timespec three[] = {{1, 2}, {3, 4}, {5, 6}};
       send(Control().add(SOL_SOCKET, SO_TIMESTAMPING, three));
       send(Control().add(SOL_SOCKET, 63, timeval{1, 2}));
       send(Control().add(SOL_SOCKET, 64, timespec{1, 2}));
       send(Control().add(SOL_SOCKET, 65, three));
       send(Control().add_bytes(SOL_SOCKET, SO_TIMESTAMP, "abcdefgh", 8));
       send(Control().add(SOL_SOCKET, 0x1234, 5));
       send(Control().add_bytes(SOL_SOCKET, 0x1234, "", 0));
     }},
    {"socket_control_since_5_10",
     [] {
       send(Control().add(SOL_SOCKET, 4, 0));
       send(Control().add(SOL_SOCKET, SO_MARK, 5));
       send(Control().add(SOL_SOCKET, SO_RXQ_OVFL, 5));
     }},
    {"ip_control",
     [] {
       in_pktinfo info{1, {htonl(0x7f000001)}, {htonl(0x08080808)}};
       send(Control().add(SOL_IP, IP_PKTINFO, info));
       info.ipi_ifindex = 9999;
       send(Control().add(SOL_IP, IP_PKTINFO, info));
       send(Control().add(SOL_IP, IP_TTL, 64));
       send(Control().add(SOL_IP, IP_TOS, std::uint8_t{0x10}));
       send(Control().add(SOL_IP, IP_TOS, 0x10));
       send(Control().add(SOL_IP, IP_CHECKSUM, 0x10));
       send(Control().add_bytes(SOL_IP, IP_OPTIONS, "\1\2\3\4\5\6\7\10", 8));
       send(Control().add_bytes(SOL_IP, IP_RECVOPTS, "\1\2\3\4", 4));
       send(Control().add_bytes(SOL_IP, IP_RETOPTS, "\1\2\3\4", 4));
       sockaddr_in a{};
       a.sin_family = AF_INET, a.sin_port = htons(9), a.sin_addr.s_addr = htonl(0x7f000001);
       send(Control().add(SOL_IP, IP_ORIGDSTADDR, a));
       struct {
         sock_extended_err error;
         sockaddr_in from;
       } failed{{ECONNREFUSED, SO_EE_ORIGIN_ICMP, 3, 3, 0, 77, 88}, a};
       send(Control().add(SOL_IP, IP_RECVERR, failed));
       send(Control().add(SOL_IP, IP_RECVERR, failed.error));
       send(Control().add(SOL_IP, 0x1234, 5));
       send(Control().add(SOL_IP, IP_TTL, std::uint8_t{1}));
     }},
    {"ipv6_control",
     [] {
       in6_pktinfo info{{{{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}}, 1};
       send(Control().add(SOL_IPV6, IPV6_PKTINFO, info));
       send(Control().add(SOL_IPV6, IPV6_HOPLIMIT, 64));
       send(Control().add(SOL_IPV6, IPV6_TCLASS, 3));
     }},
    {"control_of_other_levels",
     [] {
       send(Control().add(6, 36, 3));
       send(Control().add(17, 103, std::uint16_t{1200}));
       send(Control().add(9999, 3, 3));
     }},
    {"several_control_messages",
     [] {
       send(Control().add(SOL_SOCKET, SCM_RIGHTS, 0).add(SOL_IP, IP_TTL, 64).add(9999, 1, std::uint64_t{5}));
       send(Control().add(SOL_IP, IP_TTL, 64).add(SOL_IP, IP_TTL, 64), 4);
       send(Control().add(SOL_IP, IP_TTL, 64).add(SOL_IP, IP_TTL, 64), 12);
       send(Control().add(SOL_IP, IP_TTL, 64).add(SOL_IP, IP_TTL, 64), 20);
       Control c;
       c.add(SOL_IP, IP_TTL, 64).add(SOL_IP, IP_TTL, 65);
       const std::size_t wrong = 3;
       std::memcpy(c.bytes.data(), &wrong, sizeof wrong);
       send(c);
       const std::size_t huge = 1ULL << 40;
       std::memcpy(c.bytes.data(), &huge, sizeof huge);
       send(c);
     }},
    {"received_ttl_and_time",
     [] {
       const int s = to_itself(20125), on = 1;
       ::setsockopt(s, SOL_IP, IP_RECVTTL, &on, sizeof on);
       ::setsockopt(s, SOL_IP, IP_PKTINFO, &on, sizeof on);
       ::write(s, "abc", 3);
       receive(s);
     }},
    {"error_queue", [] { receive(to_itself(20126), MSG_ERRQUEUE); }},
    {"sendmmsg",
     [] {
       const Pair p = pair(SOCK_DGRAM);
       iovec one{const_cast<char*>("first"), 5},
           two[] = {{const_cast<char*>("sec"), 3}, {const_cast<char*>("ond"), 3}};
       mmsghdr m[] = {{message_of(&one, 1), 77}, {message_of(two, 2), 88}};
       call(SYS_sendmmsg, p.a, in_low(m), 2, MSG_DONTWAIT);
       call(SYS_sendmmsg, p.a, in_low(m), 1, 0);
       call(SYS_sendmmsg, p.a, in_low(m), 0, 0);
       call(SYS_sendmmsg, -1, in_low(m), 2, 0);
       call(SYS_sendmmsg, -1, nowhere, 2, 0);
       call(SYS_sendmmsg, -1, nullptr, 2, 0);
       call(SYS_sendmmsg, -1, at_end(m[0]), 2, 0);
     }},
    {"recvmmsg",
     [] {
       const Pair p = pair(SOCK_DGRAM);
       ::write(p.a, "first", 5), ::write(p.a, "second", 6);
       iovec one{low + 2048, 16}, two{low + 2100, 16}, three{low + 2200, 16};
       mmsghdr m[] = {{message_of(&one, 1), 77}, {message_of(&two, 1), 88}, {message_of(&three, 1), 99}};
       call(SYS_recvmmsg, p.b, in_low(m), 3, MSG_DONTWAIT, nullptr);
       call(SYS_recvmmsg, p.b, in_low(m), 3, MSG_DONTWAIT, nullptr);
       call(SYS_recvmmsg, -1, in_low(m), 3, MSG_WAITFORONE, in_low(timespec{1, 2}, 1024));
       call(SYS_recvmmsg, p.b, in_low(m), 0, 0, nowhere);
     }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
