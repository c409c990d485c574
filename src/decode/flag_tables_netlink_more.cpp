// Tables of constants: rules and traffic control of rtnetlink, sockets of netlink and packets, batches of
// netfilter.
#include "netlink_tables.hpp"

namespace ptop::decode {

// linux/fib_rules.h
constexpr FlagName rule_actions_rows[] = {
    {0, "FR_ACT_UNSPEC"},    {1, "FR_ACT_TO_TBL"},      {2, "FR_ACT_GOTO"},
    {3, "FR_ACT_NOP"},       {4, "FR_ACT_RES3"},        {5, "FR_ACT_RES4"},
    {6, "FR_ACT_BLACKHOLE"}, {7, "FR_ACT_UNREACHABLE"}, {8, "FR_ACT_PROHIBIT"}};
constinit const Table rule_actions = table<rule_actions_rows>("FR_ACT_???");

// linux/fib_rules.h
constexpr FlagName rule_flags_rows[] = {{1, "FIB_RULE_PERMANENT"},     {2, "FIB_RULE_INVERT"},
                                        {4, "FIB_RULE_UNRESOLVED"},    {8, "FIB_RULE_IIF_DETACHED"},
                                        {16, "FIB_RULE_OIF_DETACHED"}, {0x10000, "FIB_RULE_FIND_SADDR"}};
constinit const Table rule_flags = table<rule_flags_rows>("FIB_RULE_???");

// linux/fib_rules.h
constexpr FlagName rule_attributes_rows[] = {{0, "FRA_UNSPEC"},
                                             {1, "FRA_DST"},
                                             {2, "FRA_SRC"},
                                             {3, "FRA_IIFNAME"},
                                             {4, "FRA_GOTO"},
                                             {5, "FRA_UNUSED2"},
                                             {6, "FRA_PRIORITY"},
                                             {7, "FRA_UNUSED3"},
                                             {8, "FRA_UNUSED4"},
                                             {9, "FRA_UNUSED5"},
                                             {10, "FRA_FWMARK"},
                                             {11, "FRA_FLOW"},
                                             {12, "FRA_TUN_ID"},
                                             {13, "FRA_SUPPRESS_IFGROUP"},
                                             {14, "FRA_SUPPRESS_PREFIXLEN"},
                                             {15, "FRA_TABLE"},
                                             {16, "FRA_FWMASK"},
                                             {17, "FRA_OIFNAME"},
                                             {18, "FRA_PAD"},
                                             {19, "FRA_L3MDEV"},
                                             {20, "FRA_UID_RANGE"},
                                             {21, "FRA_PROTOCOL"},
                                             {22, "FRA_IP_PROTO"},
                                             {23, "FRA_SPORT_RANGE"},
                                             {24, "FRA_DPORT_RANGE"}};
constinit const Table rule_attributes = table<rule_attributes_rows>("FRA_???");

// linux/rtnetlink.h
constexpr FlagName traffic_attributes_rows[] = {{0, "TCA_UNSPEC"},
                                                {1, "TCA_KIND"},
                                                {2, "TCA_OPTIONS"},
                                                {3, "TCA_STATS"},
                                                {4, "TCA_XSTATS"},
                                                {5, "TCA_RATE"},
                                                {6, "TCA_FCNT"},
                                                {7, "TCA_STATS2"},
                                                {8, "TCA_STAB"},
                                                {9, "TCA_PAD"},
                                                {10, "TCA_DUMP_INVISIBLE"},
                                                {11, "TCA_CHAIN"},
                                                {12, "TCA_HW_OFFLOAD"},
                                                {13, "TCA_INGRESS_BLOCK"},
                                                {14, "TCA_EGRESS_BLOCK"},
                                                {15, "TCA_DUMP_FLAGS"}};
constinit const Table traffic_attributes = table<traffic_attributes_rows>("TCA_???");

// linux/gen_stats.h
constexpr FlagName traffic_statistics_rows[] = {
    {0, "TCA_STATS_UNSPEC"}, {1, "TCA_STATS_BASIC"},    {2, "TCA_STATS_RATE_EST"},
    {3, "TCA_STATS_QUEUE"},  {4, "TCA_STATS_APP"},      {5, "TCA_STATS_RATE_EST64"},
    {6, "TCA_STATS_PAD"},    {7, "TCA_STATS_BASIC_HW"}, {8, "TCA_STATS_PKT64"}};
constinit const Table traffic_statistics = table<traffic_statistics_rows>("TCA_STATS_???");

// linux/if_link.h
constexpr FlagName tun_attributes_rows[] = {{0, "IFLA_TUN_UNSPEC"},     {1, "IFLA_TUN_OWNER"},
                                            {2, "IFLA_TUN_GROUP"},      {3, "IFLA_TUN_TYPE"},
                                            {4, "IFLA_TUN_PI"},         {5, "IFLA_TUN_VNET_HDR"},
                                            {6, "IFLA_TUN_PERSIST"},    {7, "IFLA_TUN_MULTI_QUEUE"},
                                            {8, "IFLA_TUN_NUM_QUEUES"}, {9, "IFLA_TUN_NUM_DISABLED_QUEUES"}};
constinit const Table tun_attributes = table<tun_attributes_rows>("IFLA_TUN_???");

// linux/if_tun.h
constexpr FlagName tun_kinds_rows[] = {{1, "IFF_TUN"}, {2, "IFF_TAP"}};
constinit const Table tun_kinds = table<tun_kinds_rows>("IFF_???");

// linux/inet_diag.h
constexpr FlagName inet_diag_request_attributes_rows[] = {{0, "INET_DIAG_REQ_NONE"},
                                                          {1, "INET_DIAG_REQ_BYTECODE"},
                                                          {2, "INET_DIAG_REQ_SK_BPF_STORAGES"},
                                                          {3, "INET_DIAG_REQ_PROTOCOL"}};
constinit const Table inet_diag_request_attributes =
    table<inet_diag_request_attributes_rows>("INET_DIAG_REQ_???");

// linux/netlink_diag.h
constexpr FlagName netlink_diag_shows_rows[] = {
    {1, "NDIAG_SHOW_MEMINFO"}, {2, "NDIAG_SHOW_GROUPS"}, {4, "NDIAG_SHOW_RING_CFG"}, {8, "NDIAG_SHOW_FLAGS"}};
constinit const Table netlink_diag_shows = table<netlink_diag_shows_rows>("NDIAG_SHOW_???");

// linux/netlink_diag.h
constexpr FlagName netlink_diag_attributes_rows[] = {{0, "NETLINK_DIAG_MEMINFO"},
                                                     {1, "NETLINK_DIAG_GROUPS"},
                                                     {2, "NETLINK_DIAG_RX_RING"},
                                                     {3, "NETLINK_DIAG_TX_RING"},
                                                     {4, "NETLINK_DIAG_FLAGS"}};
constinit const Table netlink_diag_attributes = table<netlink_diag_attributes_rows>("NETLINK_DIAG_???");

// linux/netlink_diag.h
constexpr FlagName netlink_diag_flags_rows[] = {
    {1, "NDIAG_FLAG_CB_RUNNING"}, {2, "NDIAG_FLAG_PKTINFO"},          {4, "NDIAG_FLAG_BROADCAST_ERROR"},
    {8, "NDIAG_FLAG_NO_ENOBUFS"}, {16, "NDIAG_FLAG_LISTEN_ALL_NSID"}, {32, "NDIAG_FLAG_CAP_ACK"}};
constinit const Table netlink_diag_flags = table<netlink_diag_flags_rows>("NDIAG_FLAG_???");

// linux/packet_diag.h
constexpr FlagName packet_diag_shows_rows[] = {{1, "PACKET_SHOW_INFO"},     {2, "PACKET_SHOW_MCLIST"},
                                               {4, "PACKET_SHOW_RING_CFG"}, {8, "PACKET_SHOW_FANOUT"},
                                               {16, "PACKET_SHOW_MEMINFO"}, {32, "PACKET_SHOW_FILTER"}};
constinit const Table packet_diag_shows = table<packet_diag_shows_rows>("PACKET_SHOW_???");

// linux/packet_diag.h
constexpr FlagName packet_diag_attributes_rows[] = {{0, "PACKET_DIAG_INFO"},    {1, "PACKET_DIAG_MCLIST"},
                                                    {2, "PACKET_DIAG_RX_RING"}, {3, "PACKET_DIAG_TX_RING"},
                                                    {4, "PACKET_DIAG_FANOUT"},  {5, "PACKET_DIAG_UID"},
                                                    {6, "PACKET_DIAG_MEMINFO"}, {7, "PACKET_DIAG_FILTER"}};
constinit const Table packet_diag_attributes = table<packet_diag_attributes_rows>("PACKET_DIAG_???");

// linux/packet_diag.h
constexpr FlagName packet_diag_flags_rows[] = {
    {1, "PDI_RUNNING"}, {2, "PDI_AUXDATA"}, {4, "PDI_ORIGDEV"}, {8, "PDI_VNETHDR"}, {16, "PDI_LOSS"}};
constinit const Table packet_diag_flags = table<packet_diag_flags_rows>("PDI_???");

// linux/if_packet.h
constexpr FlagName packet_versions_rows[] = {{0, "TPACKET_V1"}, {1, "TPACKET_V2"}, {2, "TPACKET_V3"}};
constinit const Table packet_versions = table<packet_versions_rows>("TPACKET_???");

// linux/netfilter/nfnetlink.h
constexpr FlagName netfilter_batch_rows[] = {{16, "NFNL_MSG_BATCH_BEGIN"}, {17, "NFNL_MSG_BATCH_END"}};
constinit const Table netfilter_batch = table<netfilter_batch_rows>("NFNL_MSG_???");

// Attributes whose names hang on the message, and that are shown by number.
constinit const Table nameless_attributes{{}, {}};

}  // namespace ptop::decode
