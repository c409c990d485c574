// Tables of constants: sockets.
// Values are written out where the C library hides or changes the kernel's.
#include "flag_tables.hpp"

namespace ptop::decode {

// linux/socket.h: AF_*
constexpr FlagName address_families_rows[] = {
    {0, "AF_UNSPEC"},    {1, "AF_UNIX"},        {2, "AF_INET"},     {3, "AF_AX25"},     {4, "AF_IPX"},
    {5, "AF_APPLETALK"}, {6, "AF_NETROM"},      {7, "AF_BRIDGE"},   {8, "AF_ATMPVC"},   {9, "AF_X25"},
    {10, "AF_INET6"},    {11, "AF_ROSE"},       {12, "AF_DECnet"},  {13, "AF_NETBEUI"}, {14, "AF_SECURITY"},
    {15, "AF_KEY"},      {16, "AF_NETLINK"},    {17, "AF_PACKET"},  {18, "AF_ASH"},     {19, "AF_ECONET"},
    {20, "AF_ATMSVC"},   {21, "AF_RDS"},        {22, "AF_SNA"},     {23, "AF_IRDA"},    {24, "AF_PPPOX"},
    {25, "AF_WANPIPE"},  {26, "AF_LLC"},        {27, "AF_IB"},      {28, "AF_MPLS"},    {29, "AF_CAN"},
    {30, "AF_TIPC"},     {31, "AF_BLUETOOTH"},  {32, "AF_IUCV"},    {33, "AF_RXRPC"},   {34, "AF_ISDN"},
    {35, "AF_PHONET"},   {36, "AF_IEEE802154"}, {37, "AF_CAIF"},    {38, "AF_ALG"},     {39, "AF_NFC"},
    {40, "AF_VSOCK"},    {41, "AF_KCM"},        {42, "AF_QIPCRTR"}, {43, "AF_SMC"},     {44, "AF_XDP"},
    {45, "AF_MCTP"}};
constinit const Table address_families = table<address_families_rows>("AF_???");

// linux/net.h: SYS_*
constexpr FlagName socket_calls_rows[] = {
    {1, "SYS_SOCKET"},    {2, "SYS_BIND"},        {3, "SYS_CONNECT"},     {4, "SYS_LISTEN"},
    {5, "SYS_ACCEPT"},    {6, "SYS_GETSOCKNAME"}, {7, "SYS_GETPEERNAME"}, {8, "SYS_SOCKETPAIR"},
    {9, "SYS_SEND"},      {10, "SYS_RECV"},       {11, "SYS_SENDTO"},     {12, "SYS_RECVFROM"},
    {13, "SYS_SHUTDOWN"}, {14, "SYS_SETSOCKOPT"}, {15, "SYS_GETSOCKOPT"}, {16, "SYS_SENDMSG"},
    {17, "SYS_RECVMSG"},  {18, "SYS_ACCEPT4"},    {19, "SYS_RECVMMSG"},   {20, "SYS_SENDMMSG"}};
constinit const Table socket_calls = table<socket_calls_rows>("SYS_???");

// linux/net.h
constexpr FlagName socket_types_rows[] = {
    {1, "SOCK_STREAM", 0xf},  {2, "SOCK_DGRAM", 0xf},     {3, "SOCK_RAW", 0xf},
    {4, "SOCK_RDM", 0xf},     {5, "SOCK_SEQPACKET", 0xf}, {6, "SOCK_DCCP", 0xf},
    {10, "SOCK_PACKET", 0xf}, {02000000, "SOCK_CLOEXEC"}, {04000, "SOCK_NONBLOCK"}};
constinit const Table socket_types = table<socket_types_rows>("SOCK_???");

// linux/net.h
constexpr FlagName socket_flags_rows[] = {{02000000, "SOCK_CLOEXEC"}, {04000, "SOCK_NONBLOCK"}};
constinit const Table socket_flags = table<socket_flags_rows>("SOCK_???");

// linux/in.h
constexpr FlagName inet_protocols_rows[] = {
    {0, "IPPROTO_IP"},       {1, "IPPROTO_ICMP"},      {2, "IPPROTO_IGMP"},    {4, "IPPROTO_IPIP"},
    {6, "IPPROTO_TCP"},      {8, "IPPROTO_EGP"},       {12, "IPPROTO_PUP"},    {17, "IPPROTO_UDP"},
    {22, "IPPROTO_IDP"},     {29, "IPPROTO_TP"},       {33, "IPPROTO_DCCP"},   {41, "IPPROTO_IPV6"},
    {43, "IPPROTO_ROUTING"}, {44, "IPPROTO_FRAGMENT"}, {46, "IPPROTO_RSVP"},   {47, "IPPROTO_GRE"},
    {50, "IPPROTO_ESP"},     {51, "IPPROTO_AH"},       {58, "IPPROTO_ICMPV6"}, {59, "IPPROTO_NONE"},
    {60, "IPPROTO_DSTOPTS"}, {92, "IPPROTO_MTP"},      {94, "IPPROTO_BEETPH"}, {98, "IPPROTO_ENCAP"},
    {103, "IPPROTO_PIM"},    {108, "IPPROTO_COMP"},    {115, "IPPROTO_L2TP"},  {132, "IPPROTO_SCTP"},
    {135, "IPPROTO_MH"},     {136, "IPPROTO_UDPLITE"}, {137, "IPPROTO_MPLS"},  {143, "IPPROTO_ETHERNET"},
    {255, "IPPROTO_RAW"},    {262, "IPPROTO_MPTCP"}};
constinit const Table inet_protocols = table<inet_protocols_rows>("IPPROTO_???");

// kernel: include/linux/socket.h
constexpr FlagName message_flags_rows[] = {{1, "MSG_OOB"},
                                           {2, "MSG_PEEK"},
                                           {4, "MSG_DONTROUTE"},
                                           {8, "MSG_CTRUNC"},
                                           {0x10, "MSG_PROBE"},
                                           {0x20, "MSG_TRUNC"},
                                           {0x40, "MSG_DONTWAIT"},
                                           {0x80, "MSG_EOR"},
                                           {0x100, "MSG_WAITALL"},
                                           {0x200, "MSG_FIN"},
                                           {0x400, "MSG_SYN"},
                                           {0x800, "MSG_CONFIRM"},
                                           {0x1000, "MSG_RST"},
                                           {0x2000, "MSG_ERRQUEUE"},
                                           {0x4000, "MSG_NOSIGNAL"},
                                           {0x8000, "MSG_MORE"},
                                           {0x10000, "MSG_WAITFORONE"},
                                           {0x20000, "MSG_SENDPAGE_NOTLAST"},
                                           {0x40000, "MSG_BATCH"},
                                           {0x80000, "MSG_NO_SHARED_FRAGS"},
                                           {0x4000000, "MSG_ZEROCOPY"},
                                           {0x20000000, "MSG_FASTOPEN"},
                                           {0x40000000, "MSG_CMSG_CLOEXEC"},
                                           {0x80000000, "MSG_CMSG_COMPAT"}};
constinit const Table message_flags = table<message_flags_rows>("MSG_???");

// kernel: include/linux/socket.h
constexpr FlagName socket_levels_rows[] = {
    {0, "SOL_IP"},        {1, "SOL_SOCKET"},  {6, "SOL_TCP"},        {17, "SOL_UDP"},
    {41, "SOL_IPV6"},     {58, "SOL_ICMPV6"}, {132, "SOL_SCTP"},     {136, "SOL_UDPLITE"},
    {255, "SOL_RAW"},     {256, "SOL_IPX"},   {257, "SOL_AX25"},     {258, "SOL_ATALK"},
    {259, "SOL_NETROM"},  {260, "SOL_ROSE"},  {261, "SOL_DECNET"},   {262, "SOL_X25"},
    {263, "SOL_PACKET"},  {264, "SOL_ATM"},   {265, "SOL_AAL"},      {266, "SOL_IRDA"},
    {267, "SOL_NETBEUI"}, {268, "SOL_LLC"},   {269, "SOL_DCCP"},     {270, "SOL_NETLINK"},
    {271, "SOL_TIPC"},    {272, "SOL_RXRPC"}, {273, "SOL_PPPOL2TP"}, {274, "SOL_BLUETOOTH"},
    {275, "SOL_PNPIPE"},  {276, "SOL_RDS"},   {277, "SOL_IUCV"},     {278, "SOL_CAIF"},
    {279, "SOL_ALG"},     {280, "SOL_NFC"},   {281, "SOL_KCM"},      {282, "SOL_TLS"},
    {283, "SOL_XDP"},     {284, "SOL_MPTCP"}, {285, "SOL_MCTP"},     {286, "SOL_SMC"},
    {287, "SOL_VSOCK"}};
constinit const Table socket_levels = table<socket_levels_rows>("SOL_??");

// asm-generic/socket.h
constexpr FlagName socket_options_rows[] = {{1, "SO_DEBUG"},
                                            {2, "SO_REUSEADDR"},
                                            {3, "SO_TYPE"},
                                            {4, "SO_ERROR"},
                                            {5, "SO_DONTROUTE"},
                                            {6, "SO_BROADCAST"},
                                            {7, "SO_SNDBUF"},
                                            {8, "SO_RCVBUF"},
                                            {9, "SO_KEEPALIVE"},
                                            {10, "SO_OOBINLINE"},
                                            {11, "SO_NO_CHECK"},
                                            {12, "SO_PRIORITY"},
                                            {13, "SO_LINGER"},
                                            {14, "SO_BSDCOMPAT"},
                                            {15, "SO_REUSEPORT"},
                                            {16, "SO_PASSCRED"},
                                            {17, "SO_PEERCRED"},
                                            {18, "SO_RCVLOWAT"},
                                            {19, "SO_SNDLOWAT"},
                                            {20, "SO_RCVTIMEO_OLD"},
                                            {21, "SO_SNDTIMEO_OLD"},
                                            {22, "SO_SECURITY_AUTHENTICATION"},
                                            {23, "SO_SECURITY_ENCRYPTION_TRANSPORT"},
                                            {24, "SO_SECURITY_ENCRYPTION_NETWORK"},
                                            {25, "SO_BINDTODEVICE"},
                                            {26, "SO_ATTACH_FILTER"},
                                            {27, "SO_DETACH_FILTER"},
                                            {28, "SO_PEERNAME"},
                                            {29, "SO_TIMESTAMP_OLD"},
                                            {30, "SO_ACCEPTCONN"},
                                            {31, "SO_PEERSEC"},
                                            {32, "SO_SNDBUFFORCE"},
                                            {33, "SO_RCVBUFFORCE"},
                                            {34, "SO_PASSSEC"},
                                            {35, "SO_TIMESTAMPNS_OLD"},
                                            {36, "SO_MARK"},
                                            {37, "SO_TIMESTAMPING_OLD"},
                                            {38, "SO_PROTOCOL"},
                                            {39, "SO_DOMAIN"},
                                            {40, "SO_RXQ_OVFL"},
                                            {41, "SO_WIFI_STATUS"},
                                            {42, "SO_PEEK_OFF"},
                                            {43, "SO_NOFCS"},
                                            {44, "SO_LOCK_FILTER"},
                                            {45, "SO_SELECT_ERR_QUEUE"},
                                            {46, "SO_BUSY_POLL"},
                                            {47, "SO_MAX_PACING_RATE"},
                                            {48, "SO_BPF_EXTENSIONS"},
                                            {49, "SO_INCOMING_CPU"},
                                            {50, "SO_ATTACH_BPF"},
                                            {51, "SO_ATTACH_REUSEPORT_CBPF"},
                                            {52, "SO_ATTACH_REUSEPORT_EBPF"},
                                            {53, "SO_CNX_ADVICE"},
                                            {55, "SO_MEMINFO"},
                                            {56, "SO_INCOMING_NAPI_ID"},
                                            {57, "SO_COOKIE"},
                                            {59, "SO_PEERGROUPS"},
                                            {60, "SO_ZEROCOPY"},
                                            {61, "SO_TXTIME"},
                                            {62, "SO_BINDTOIFINDEX"},
                                            {63, "SO_TIMESTAMP_NEW"},
                                            {64, "SO_TIMESTAMPNS_NEW"},
                                            {65, "SO_TIMESTAMPING_NEW"},
                                            {66, "SO_RCVTIMEO_NEW"},
                                            {67, "SO_SNDTIMEO_NEW"},
                                            {68, "SO_DETACH_REUSEPORT_BPF"},
                                            {69, "SO_PREFER_BUSY_POLL"},
                                            {70, "SO_BUSY_POLL_BUDGET"},
                                            {71, "SO_NETNS_COOKIE"},
                                            {72, "SO_BUF_LOCK"},
                                            {73, "SO_RESERVE_MEM"},
                                            {74, "SO_TXREHASH"},
                                            {75, "SO_RCVMARK"}};
constinit const Table socket_options = table<socket_options_rows>("SO_???");

// linux/netlink.h
constexpr FlagName netlink_protocols_rows[] = {
    {0, "NETLINK_ROUTE"},       {2, "NETLINK_USERSOCK"},       {3, "NETLINK_FIREWALL"},
    {4, "NETLINK_SOCK_DIAG"},   {5, "NETLINK_NFLOG"},          {6, "NETLINK_XFRM"},
    {7, "NETLINK_SELINUX"},     {8, "NETLINK_ISCSI"},          {9, "NETLINK_AUDIT"},
    {10, "NETLINK_FIB_LOOKUP"}, {11, "NETLINK_CONNECTOR"},     {12, "NETLINK_NETFILTER"},
    {13, "NETLINK_IP6_FW"},     {14, "NETLINK_DNRTMSG"},       {15, "NETLINK_KOBJECT_UEVENT"},
    {16, "NETLINK_GENERIC"},    {18, "NETLINK_SCSITRANSPORT"}, {19, "NETLINK_ECRYPTFS"},
    {20, "NETLINK_RDMA"},       {21, "NETLINK_CRYPTO"},        {22, "NETLINK_SMC"}};
constinit const Table netlink_protocols = table<netlink_protocols_rows>("NETLINK_???");

// sys/socket.h
constexpr FlagName shutdown_how_rows[] = {{0, "SHUT_RD"}, {1, "SHUT_WR"}, {2, "SHUT_RDWR"}};
constinit const Table shutdown_how = table<shutdown_how_rows>("SHUT_???");

}  // namespace ptop::decode
