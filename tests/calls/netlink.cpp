// Messages of netlink sockets: headers, routes and links, questions about sockets.
#include "calls.hpp"

#include <linux/genetlink.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/neighbour.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <vector>

namespace {

struct Message {
  std::vector<char> bytes;
  Message(int type, int flags) : bytes(sizeof(nlmsghdr)) {
    const nlmsghdr head{0, static_cast<std::uint16_t>(type), static_cast<std::uint16_t>(flags), 7, 0};
    std::memcpy(bytes.data(), &head, sizeof head);
  }
  template <class T>
  Message& body(const T& value) {
    return add(&value, sizeof value);
  }
  template <class T>
  Message& attribute(int type, const T& value) {
    return attribute(type, &value, sizeof value);
  }
  Message& attribute(int type, const void* data, std::size_t size) {
    const nlattr head{static_cast<std::uint16_t>(size + sizeof head), static_cast<std::uint16_t>(type)};
    add(&head, sizeof head), add(data, size);
    bytes.resize((bytes.size() + 3) & ~std::size_t{3});
    return *this;
  }
  Message& add(const void* data, std::size_t size) {
    bytes.insert(bytes.end(), static_cast<const char*>(data), static_cast<const char*>(data) + size);
    return *this;
  }
  const std::vector<char>& done(int length = -1) {
    const auto size =
        static_cast<std::uint32_t>(length < 0 ? bytes.size() : static_cast<std::size_t>(length));
    std::memcpy(bytes.data(), &size, sizeof size);
    return bytes;
  }
};

/// Bound: the protocol of others is in no list.
int open_netlink(int protocol) {
  const int s = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
  static std::uint32_t port = 0x700000;  // the kernel's own choice is another one each time
  const sockaddr_nl own{AF_NETLINK, 0, ++port, 0};
  ::bind(s, reinterpret_cast<const sockaddr*>(&own), sizeof own);
  return s;
}
/// Shown, but not taken: the address is none.
void send(int protocol, const std::vector<char>& bytes) {
  std::memcpy(low + low_size - bytes.size(), bytes.data(), bytes.size());
  call(SYS_sendto, open_netlink(protocol), low + low_size - bytes.size(), bytes.size(), MSG_OOB, nullptr, 0);
}
void route(Message message) { send(NETLINK_ROUTE, message.done()); }

constexpr Case list[] = {
    {"headers",
     [] {
       send(NETLINK_ROUTE, Message(NLMSG_NOOP, 0).done());
       send(NETLINK_ROUTE, Message(NLMSG_DONE, NLM_F_MULTI).body(0).done());
       send(NETLINK_ROUTE, Message(9, 0x8000).body(0).done());
       send(NETLINK_ROUTE, Message(RTM_GETLINK, NLM_F_REQUEST | NLM_F_ACK | NLM_F_DUMP).done());
       send(NETLINK_ROUTE, Message(RTM_GETLINK, NLM_F_REQUEST).done(4));
       send(NETLINK_ROUTE, Message(RTM_GETLINK, NLM_F_REQUEST).done(400));
       send(NETLINK_ROUTE, Message(0x7777, 0xffff).body(5).done());
       send(NETLINK_ROUTE, {'a', 'b', 'c'});
     }},
    {"not_bound",
     [] {
       const auto bytes = Message(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP).body(5).done();
       const int s = ::socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
       call(SYS_sendto, s, bytes.data(), bytes.size(), MSG_OOB, nullptr, 0);
     }},
    {"flags",
     [] {
       send(NETLINK_ROUTE, Message(RTM_NEWLINK, 0xf00 | 5).done());
       send(NETLINK_ROUTE, Message(RTM_DELLINK, 0xf00 | 5).done());
       send(NETLINK_ROUTE, Message(RTM_GETLINK, 0x100 | 5).done());
       send(NETLINK_ROUTE, Message(RTM_SETLINK, 0xf00 | 5).done());
     }},
    {"errors",
     [] {
       nlmsgerr error{-ENOENT, {20, RTM_GETLINK, NLM_F_REQUEST, 7, 0}};
       send(NETLINK_ROUTE, Message(NLMSG_ERROR, NLM_F_CAPPED).body(error).done());
       error.error = 0;
       send(NETLINK_ROUTE, Message(NLMSG_ERROR, 0).body(error).done());
       send(NETLINK_ROUTE, Message(NLMSG_ERROR, 0).body(5).done());
     }},
    {"errors_with_more",
     [] {
       const nlmsgerr error{-ENOENT, {20, RTM_GETLINK, NLM_F_REQUEST, 7, 0}};
       const auto answer = [&](int flags) {
         return Message(NLMSG_ERROR, flags | NLM_F_ACK_TLVS).body(error);
       };
       send(NETLINK_ROUTE, answer(NLM_F_CAPPED).attribute(NLMSGERR_ATTR_MSG, "No such thing").done());
       send(NETLINK_ROUTE, answer(0).attribute(NLMSGERR_ATTR_OFFS, 20).done());
       send(NETLINK_ROUTE, answer(NLM_F_CAPPED)
                               .attribute(NLMSGERR_ATTR_MSG, "more\n")
                               .attribute(NLMSGERR_ATTR_OFFS, 20)
                               .attribute(NLMSGERR_ATTR_COOKIE, "\1\2\3", 4)
                               .attribute(NLMSGERR_ATTR_COOKIE, 0x123456789ULL)
                               .attribute(NLMSGERR_ATTR_COOKIE, "123456789012345678901", 21)
                               .attribute(NLMSGERR_ATTR_OFFS, "ab", 2)
                               .attribute(99, 7)
                               .done());
       send(NETLINK_ROUTE, Message(NLMSG_ERROR, NLM_F_ACK_TLVS).body(error).body(5).done());
     }},
    {"errors_of_long_messages",
     [] {
       const nlmsgerr error{-EINVAL, {40, RTM_GETLINK, NLM_F_REQUEST, 7, 0}};
       const ifinfomsg link{AF_UNSPEC, 0, 1, 1, 0x10043, 0xffffffff};
       send(NETLINK_ROUTE, Message(NLMSG_ERROR, NLM_F_ACK_TLVS)
                               .body(error)
                               .body(link)
                               .attribute(IFLA_MTU, "ab", 2)
                               .attribute(NLMSGERR_ATTR_OFFS, 20)
                               .done());
       send(NETLINK_ROUTE,
            Message(NLMSG_ERROR, NLM_F_CAPPED).body(error).body(link).attribute(IFLA_MTU, "ab", 2).done());
     }},
    {"done_with_more",
     [] {
       send(NETLINK_ROUTE, Message(NLMSG_DONE, NLM_F_MULTI | NLM_F_ACK_TLVS)
                               .body(0)
                               .attribute(NLMSGERR_ATTR_MSG, "said")
                               .done());
     }},
    {"error_policies",
     [] {
       const nlmsgerr error{-ERANGE, {20, RTM_GETLINK, NLM_F_REQUEST, 7, 0}};
       Message policy(0, 0);
       policy.bytes.clear();
       policy.attribute(NL_POLICY_TYPE_ATTR_TYPE, NL_ATTR_TYPE_U32)
           .attribute(NL_POLICY_TYPE_ATTR_MIN_VALUE_U, 1ULL)
           .attribute(NL_POLICY_TYPE_ATTR_MAX_VALUE_U, 9ULL);
       send(NETLINK_ROUTE,
            Message(NLMSG_ERROR, NLM_F_CAPPED | NLM_F_ACK_TLVS)
                .body(error)
                .attribute(NLMSGERR_ATTR_POLICY | NLA_F_NESTED, policy.bytes.data(), policy.bytes.size())
                .done());
     }},
    {"several",
     [] {
       auto bytes = Message(RTM_GETADDR, NLM_F_REQUEST).body(ifaddrmsg{AF_INET}).done();
       const auto second = Message(NLMSG_DONE, 0).body(0).done();
       bytes.insert(bytes.end(), second.begin(), second.end());
       send(NETLINK_ROUTE, bytes);
     }},
    {"addresses_of_all",
     [] {
       struct {
         nlmsghdr head;
         rtgenmsg body;
       } ask{{sizeof ask, RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP, 7, 0}, {AF_UNSPEC}};
       ask.head.nlmsg_len = 17;
       const int s = open_netlink(NETLINK_ROUTE);
       call(SYS_sendto, s, in_low(ask), 20, MSG_OOB, nullptr, 0);
     }},
    {"link",
     [] {
       route(Message(RTM_GETLINK, NLM_F_REQUEST)
                 .body(ifinfomsg{AF_UNSPEC, 0, 1, 1, 0x10043, 0xffffffff})
                 .attribute(IFLA_EXT_MASK, 1));
       route(Message(RTM_NEWLINK, NLM_F_REQUEST)
                 .body(ifinfomsg{AF_UNSPEC, 0, 1, 999, 0, 0})
                 .attribute(IFLA_IFNAME, "lo")
                 .attribute(IFLA_MTU, 1500)
                 .attribute(IFLA_ADDRESS, "\1\2\3\4\5", 6)
                 .attribute(IFLA_QDISC, "noqueue", 8)
                 .attribute(IFLA_OPERSTATE, 'a')
                 .attribute(IFLA_LINK, 1)
                 .attribute(IFLA_CARRIER, '\1')
                 .attribute(999, 7)
                 .attribute(IFLA_MTU, "ab", 2)
                 .attribute(IFLA_GROUP, nullptr, 0));
       rtnl_link_stats64 s{};
       s.rx_packets = 1, s.tx_bytes = 2;
       route(Message(RTM_NEWLINK, 0).body(ifinfomsg{}).attribute(IFLA_STATS64, s));
     }},
    {"link_info",
     [] {
       struct {
         nlattr head;
         char kind[8];
       } info{{12, IFLA_INFO_KIND}, "bridge"};
       route(Message(RTM_NEWLINK, 0).body(ifinfomsg{}).attribute(IFLA_LINKINFO | NLA_F_NESTED, info));
       route(Message(RTM_NEWLINK, 0).body(ifinfomsg{}).attribute(IFLA_LINKINFO, info));
     }},
    {"address",
     [] {
       const ifa_cacheinfo cache{1, 2, 3, 4};
       route(Message(RTM_NEWADDR, 0)
                 .body(ifaddrmsg{AF_INET, 8, IFA_F_PERMANENT, RT_SCOPE_HOST, 1})
                 .attribute(IFA_ADDRESS, htonl(0x7f000001))
                 .attribute(IFA_LOCAL, htonl(0x7f000001))
                 .attribute(IFA_LABEL, "lo")
                 .attribute(IFA_FLAGS, 0x80)
                 .attribute(IFA_CACHEINFO, cache));
       route(Message(RTM_NEWADDR, 0)
                 .body(ifaddrmsg{AF_INET6, 64, 0, RT_SCOPE_LINK, 1})
                 .attribute(IFA_ADDRESS, in6addr_loopback));
       route(Message(RTM_GETADDR, NLM_F_REQUEST).body(std::uint8_t{AF_INET}));
     }},
    {"route",
     [] {
       const rtmsg r{AF_INET,           24,          0,           0, RT_TABLE_MAIN, RTPROT_BOOT,
                     RT_SCOPE_UNIVERSE, RTN_UNICAST, RTM_F_NOTIFY};
       route(Message(RTM_NEWROUTE, NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL)
                 .body(r)
                 .attribute(RTA_DST, htonl(0x0a000000))
                 .attribute(RTA_GATEWAY, htonl(0x0a000001))
                 .attribute(RTA_OIF, 1)
                 .attribute(RTA_PRIORITY, 100)
                 .attribute(RTA_TABLE, 254)
                 .attribute(RTA_PREFSRC, htonl(0x0a000002)));
       route(Message(RTM_GETROUTE, NLM_F_REQUEST)
                 .body(rtmsg{AF_INET6, 0, 0, 0, 99})
                 .attribute(RTA_DST, in6addr_loopback));
     }},
    {"neighbour",
     [] {
       route(Message(RTM_NEWNEIGH, 0)
                 .body(ndmsg{AF_INET, 0, 0, 1, NUD_REACHABLE, NTF_ROUTER, RTN_UNICAST})
                 .attribute(NDA_DST, htonl(0x0a000001))
                 .attribute(NDA_LLADDR, "\1\2\3\4\5", 6)
                 .attribute(NDA_PROBES, 3)
                 .attribute(NDA_CACHEINFO, nda_cacheinfo{1, 2, 3, 4}));
     }},
    {"unix_sockets",
     [] {
       const unix_diag_req q{AF_UNIX, 0, 0, 0xfff, 0, UDIAG_SHOW_NAME | UDIAG_SHOW_PEER, {0, 0}};
       send(NETLINK_SOCK_DIAG, Message(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP).body(q).done());
       send(NETLINK_SOCK_DIAG, Message(SOCK_DIAG_BY_FAMILY, 0)
                                   .body(unix_diag_msg{AF_UNIX, SOCK_STREAM, 10, 0, 77, {1, 2}})
                                   .attribute(UNIX_DIAG_NAME, "/a")
                                   .attribute(UNIX_DIAG_PEER, 78)
                                   .attribute(UNIX_DIAG_SHUTDOWN, '\2')
                                   .attribute(UNIX_DIAG_RQLEN, unix_diag_rqlen{1, 2})
                                   .done());
       const std::uint32_t memory[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
       send(NETLINK_SOCK_DIAG, Message(SOCK_DIAG_BY_FAMILY, 0)
                                   .body(unix_diag_msg{AF_UNIX, SOCK_STREAM, 10, 0, 77, {1, 2}})
                                   .attribute(UNIX_DIAG_ICONS, memory, 12)
                                   .attribute(UNIX_DIAG_MEMINFO, memory)
                                   .attribute(UNIX_DIAG_MEMINFO, memory, 7)
                                   .attribute(UNIX_DIAG_SHUTDOWN, '\3')
                                   .attribute(UNIX_DIAG_SHUTDOWN, '\7')
                                   .attribute(UNIX_DIAG_UID, 1000)
                                   .done());
     }},
    {"inet_sockets",
     [] {
       inet_diag_req_v2 q{
           AF_INET, IPPROTO_TCP, 1 << (INET_DIAG_INFO - 1),
           0,       0xfff,       {htons(80), htons(81), {htonl(0x7f000001)}, {htonl(0x08080808)}, 1, {1, 2}}};
       send(NETLINK_SOCK_DIAG, Message(SOCK_DIAG_BY_FAMILY, NLM_F_REQUEST | NLM_F_DUMP).body(q).done());
       inet_diag_msg m{AF_INET, 1, 2, 3, q.id, 4, 5, 6, 7, 8};
       send(NETLINK_SOCK_DIAG, Message(SOCK_DIAG_BY_FAMILY, 0)
                                   .body(m)
                                   .attribute(INET_DIAG_MEMINFO, inet_diag_meminfo{1, 2, 3, 4})
                                   .attribute(INET_DIAG_CONG, "cubic")
                                   .attribute(INET_DIAG_TOS, '\1')
                                   .attribute(INET_DIAG_SHUTDOWN, '\1')
                                   .done());
       send(NETLINK_SOCK_DIAG, Message(SOCK_DIAG_BY_FAMILY, 0)
                                   .body(m)
                                   .attribute(INET_DIAG_VEGASINFO, tcpvegas_info{1, 2, 3, 4})
                                   .attribute(INET_DIAG_DCTCPINFO, tcp_dctcp_info{1, 2, 3, 4, 5})
                                   .attribute(INET_DIAG_BBRINFO, tcp_bbr_info{1, 2, 3, 4, 5})
                                   .attribute(INET_DIAG_BBRINFO, "short", 6)
                                   .attribute(INET_DIAG_VEGASINFO, "longer than it should be", 24)
                                   .attribute(INET_DIAG_PROTOCOL, '\6')
                                   .done());
     }},
    {"generic",
     [] {
       send(NETLINK_GENERIC, Message(GENL_ID_CTRL, NLM_F_REQUEST | NLM_F_ACK)
                                 .body(genlmsghdr{CTRL_CMD_GETFAMILY, 1, 0})
                                 .attribute(CTRL_ATTR_FAMILY_NAME, "nl80211")
                                 .done());
     }},
    {"audit", [] { send(NETLINK_AUDIT, Message(1000, NLM_F_REQUEST | NLM_F_ACK).body(5).done()); }},
    {"netfilter",
     [] {
       send(NETLINK_NETFILTER, Message(NFNL_SUBSYS_NFTABLES << 8 | 1, NLM_F_REQUEST | 0x300)
                                   .body(nfgenmsg{AF_INET, 0, htons(5)})
                                   .done());
     }},
    {"uevent", [] { send(NETLINK_KOBJECT_UEVENT, Message(1000, NLM_F_REQUEST).body(5).done()); }},
    {"other_socket",
     [] {
       call(SYS_sendto, ::socket(AF_UNIX, SOCK_DGRAM, 0), Message(RTM_GETLINK, 1).done().data(), 16, 0,
            nullptr, 0);
     }},
};

}  // namespace

const std::span<const Case> cases{list};

int main(int argc, char** argv) { return main_of(argc, argv); }
