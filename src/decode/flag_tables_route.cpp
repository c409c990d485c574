// Tables of constants: routes, links and neighbours.
#include "netlink_tables.hpp"

namespace ptop::decode {

// linux/rtnetlink.h
constexpr FlagName route_types_rows[] = {{16, "RTM_NEWLINK"},
                                         {17, "RTM_DELLINK"},
                                         {18, "RTM_GETLINK"},
                                         {19, "RTM_SETLINK"},
                                         {20, "RTM_NEWADDR"},
                                         {21, "RTM_DELADDR"},
                                         {22, "RTM_GETADDR"},
                                         {24, "RTM_NEWROUTE"},
                                         {25, "RTM_DELROUTE"},
                                         {26, "RTM_GETROUTE"},
                                         {28, "RTM_NEWNEIGH"},
                                         {29, "RTM_DELNEIGH"},
                                         {30, "RTM_GETNEIGH"},
                                         {32, "RTM_NEWRULE"},
                                         {33, "RTM_DELRULE"},
                                         {34, "RTM_GETRULE"},
                                         {36, "RTM_NEWQDISC"},
                                         {37, "RTM_DELQDISC"},
                                         {38, "RTM_GETQDISC"},
                                         {40, "RTM_NEWTCLASS"},
                                         {41, "RTM_DELTCLASS"},
                                         {42, "RTM_GETTCLASS"},
                                         {44, "RTM_NEWTFILTER"},
                                         {45, "RTM_DELTFILTER"},
                                         {46, "RTM_GETTFILTER"},
                                         {48, "RTM_NEWACTION"},
                                         {49, "RTM_DELACTION"},
                                         {50, "RTM_GETACTION"},
                                         {52, "RTM_NEWPREFIX"},
                                         {58, "RTM_GETMULTICAST"},
                                         {62, "RTM_GETANYCAST"},
                                         {64, "RTM_NEWNEIGHTBL"},
                                         {66, "RTM_GETNEIGHTBL"},
                                         {67, "RTM_SETNEIGHTBL"},
                                         {68, "RTM_NEWNDUSEROPT"},
                                         {72, "RTM_NEWADDRLABEL"},
                                         {73, "RTM_DELADDRLABEL"},
                                         {74, "RTM_GETADDRLABEL"},
                                         {78, "RTM_GETDCB"},
                                         {79, "RTM_SETDCB"},
                                         {80, "RTM_NEWNETCONF"},
                                         {81, "RTM_DELNETCONF"},
                                         {82, "RTM_GETNETCONF"},
                                         {84, "RTM_NEWMDB"},
                                         {85, "RTM_DELMDB"},
                                         {86, "RTM_GETMDB"},
                                         {88, "RTM_NEWNSID"},
                                         {89, "RTM_DELNSID"},
                                         {90, "RTM_GETNSID"},
                                         {92, "RTM_NEWSTATS"},
                                         {94, "RTM_GETSTATS"},
                                         {95, "RTM_SETSTATS"},
                                         {96, "RTM_NEWCACHEREPORT"},
                                         {100, "RTM_NEWCHAIN"},
                                         {101, "RTM_DELCHAIN"},
                                         {102, "RTM_GETCHAIN"},
                                         {104, "RTM_NEWNEXTHOP"},
                                         {105, "RTM_DELNEXTHOP"},
                                         {106, "RTM_GETNEXTHOP"},
                                         {108, "RTM_NEWLINKPROP"},
                                         {109, "RTM_DELLINKPROP"},
                                         {110, "RTM_GETLINKPROP"},
                                         {112, "RTM_NEWVLAN"},
                                         {113, "RTM_DELVLAN"},
                                         {114, "RTM_GETVLAN"},
                                         {116, "RTM_NEWNEXTHOPBUCKET"},
                                         {117, "RTM_DELNEXTHOPBUCKET"},
                                         {118, "RTM_GETNEXTHOPBUCKET"},
                                         {120, "RTM_NEWTUNNEL"},
                                         {121, "RTM_DELTUNNEL"},
                                         {122, "RTM_GETTUNNEL"}};
constinit const Table route_types = table<route_types_rows>("RTM_???");

// linux/rtnetlink.h
constexpr FlagName extended_filters_rows[] = {{1, "RTEXT_FILTER_VF"},
                                              {2, "RTEXT_FILTER_BRVLAN"},
                                              {4, "RTEXT_FILTER_BRVLAN_COMPRESSED"},
                                              {8, "RTEXT_FILTER_SKIP_STATS"},
                                              {0x10, "RTEXT_FILTER_MRP"},
                                              {0x20, "RTEXT_FILTER_CFM_CONFIG"},
                                              {0x40, "RTEXT_FILTER_CFM_STATUS"},
                                              {0x80, "RTEXT_FILTER_MST"}};
constinit const Table extended_filters = table<extended_filters_rows>("RTEXT_FILTER_???");

// linux/if_link.h
constexpr FlagName link_attributes_rows[] = {{0, "IFLA_UNSPEC"},
                                             {1, "IFLA_ADDRESS"},
                                             {2, "IFLA_BROADCAST"},
                                             {3, "IFLA_IFNAME"},
                                             {4, "IFLA_MTU"},
                                             {5, "IFLA_LINK"},
                                             {6, "IFLA_QDISC"},
                                             {7, "IFLA_STATS"},
                                             {8, "IFLA_COST"},
                                             {9, "IFLA_PRIORITY"},
                                             {10, "IFLA_MASTER"},
                                             {11, "IFLA_WIRELESS"},
                                             {12, "IFLA_PROTINFO"},
                                             {13, "IFLA_TXQLEN"},
                                             {14, "IFLA_MAP"},
                                             {15, "IFLA_WEIGHT"},
                                             {16, "IFLA_OPERSTATE"},
                                             {17, "IFLA_LINKMODE"},
                                             {18, "IFLA_LINKINFO"},
                                             {19, "IFLA_NET_NS_PID"},
                                             {20, "IFLA_IFALIAS"},
                                             {21, "IFLA_NUM_VF"},
                                             {22, "IFLA_VFINFO_LIST"},
                                             {23, "IFLA_STATS64"},
                                             {26, "IFLA_AF_SPEC"},
                                             {27, "IFLA_GROUP"},
                                             {28, "IFLA_NET_NS_FD"},
                                             {29, "IFLA_EXT_MASK"},
                                             {30, "IFLA_PROMISCUITY"},
                                             {31, "IFLA_NUM_TX_QUEUES"},
                                             {32, "IFLA_NUM_RX_QUEUES"},
                                             {33, "IFLA_CARRIER"},
                                             {34, "IFLA_PHYS_PORT_ID"},
                                             {35, "IFLA_CARRIER_CHANGES"},
                                             {36, "IFLA_PHYS_SWITCH_ID"},
                                             {37, "IFLA_LINK_NETNSID"},
                                             {38, "IFLA_PHYS_PORT_NAME"},
                                             {39, "IFLA_PROTO_DOWN"},
                                             {40, "IFLA_GSO_MAX_SEGS"},
                                             {41, "IFLA_GSO_MAX_SIZE"},
                                             {42, "IFLA_PAD"},
                                             {43, "IFLA_XDP"},
                                             {44, "IFLA_EVENT"},
                                             {45, "IFLA_NEW_NETNSID"},
                                             {46, "IFLA_IF_NETNSID"},
                                             {47, "IFLA_CARRIER_UP_COUNT"},
                                             {48, "IFLA_CARRIER_DOWN_COUNT"},
                                             {49, "IFLA_NEW_IFINDEX"},
                                             {50, "IFLA_MIN_MTU"},
                                             {51, "IFLA_MAX_MTU"},
                                             {52, "IFLA_PROP_LIST"},
                                             {53, "IFLA_ALT_IFNAME"},
                                             {54, "IFLA_PERM_ADDRESS"},
                                             {55, "IFLA_PROTO_DOWN_REASON"},
                                             {56, "IFLA_PARENT_DEV_NAME"},
                                             {57, "IFLA_PARENT_DEV_BUS_NAME"},
                                             {58, "IFLA_GRO_MAX_SIZE"},
                                             {59, "IFLA_TSO_MAX_SIZE"},
                                             {60, "IFLA_TSO_MAX_SEGS"},
                                             {61, "IFLA_ALLMULTI"}};
constinit const Table link_attributes = table<link_attributes_rows>("IFLA_???");

// linux/if_link.h
constexpr FlagName link_info_attributes_rows[] = {{0, "IFLA_INFO_UNSPEC"},     {1, "IFLA_INFO_KIND"},
                                                  {2, "IFLA_INFO_DATA"},       {3, "IFLA_INFO_XSTATS"},
                                                  {4, "IFLA_INFO_SLAVE_KIND"}, {5, "IFLA_INFO_SLAVE_DATA"}};
constinit const Table link_info_attributes = table<link_info_attributes_rows>("IFLA_INFO_???");

// linux/if_link.h
constexpr FlagName xdp_attributes_rows[] = {
    {0, "IFLA_XDP_UNSPEC"},      {1, "IFLA_XDP_FD"},         {2, "IFLA_XDP_ATTACHED"},
    {3, "IFLA_XDP_FLAGS"},       {4, "IFLA_XDP_PROG_ID"},    {5, "IFLA_XDP_DRV_PROG_ID"},
    {6, "IFLA_XDP_SKB_PROG_ID"}, {7, "IFLA_XDP_HW_PROG_ID"}, {8, "IFLA_XDP_EXPECTED_FD"}};
constinit const Table xdp_attributes = table<xdp_attributes_rows>("IFLA_XDP_???");

// linux/if_link.h
constexpr FlagName xdp_attached_rows[] = {{0, "XDP_ATTACHED_NONE"},
                                          {1, "XDP_ATTACHED_DRV"},
                                          {2, "XDP_ATTACHED_SKB"},
                                          {3, "XDP_ATTACHED_HW"},
                                          {4, "XDP_ATTACHED_MULTI"}};
constinit const Table xdp_attached = table<xdp_attached_rows>("XDP_ATTACHED_???");

// linux/if_link.h
constexpr FlagName inet_link_attributes_rows[] = {{0, "IFLA_INET_UNSPEC"}, {1, "IFLA_INET_CONF"}};
constinit const Table inet_link_attributes = table<inet_link_attributes_rows>("IFLA_INET_???");

// linux/if_link.h
constexpr FlagName inet6_link_attributes_rows[] = {
    {0, "IFLA_INET6_UNSPEC"},     {1, "IFLA_INET6_FLAGS"}, {2, "IFLA_INET6_CONF"},
    {3, "IFLA_INET6_STATS"},      {4, "IFLA_INET6_MCAST"}, {5, "IFLA_INET6_CACHEINFO"},
    {6, "IFLA_INET6_ICMP6STATS"}, {7, "IFLA_INET6_TOKEN"}, {8, "IFLA_INET6_ADDR_GEN_MODE"},
    {9, "IFLA_INET6_RA_MTU"}};
constinit const Table inet6_link_attributes = table<inet6_link_attributes_rows>("IFLA_INET6_???");

// kernel: include/net/if_inet6.h
constexpr FlagName inet6_interface_flags_rows[] = {{0x80, "IF_RA_OTHERCONF"},
                                                   {0x40, "IF_RA_MANAGED"},
                                                   {0x20, "IF_RA_RCVD"},
                                                   {0x10, "IF_RS_SENT"},
                                                   {0x80000000, "IF_READY"}};
constinit const Table inet6_interface_flags = table<inet6_interface_flags_rows>("IF_???");

// linux/if_link.h
constexpr FlagName inet6_address_modes_rows[] = {{0, "IN6_ADDR_GEN_MODE_EUI64"},
                                                 {1, "IN6_ADDR_GEN_MODE_NONE"},
                                                 {2, "IN6_ADDR_GEN_MODE_STABLE_PRIVACY"},
                                                 {3, "IN6_ADDR_GEN_MODE_RANDOM"}};
constinit const Table inet6_address_modes = table<inet6_address_modes_rows>("IN6_ADDR_GEN_MODE_???");

// linux/ip.h
constexpr FlagName inet_settings_rows[] = {{1, "IPV4_DEVCONF_FORWARDING"},
                                           {2, "IPV4_DEVCONF_MC_FORWARDING"},
                                           {3, "IPV4_DEVCONF_PROXY_ARP"},
                                           {4, "IPV4_DEVCONF_ACCEPT_REDIRECTS"},
                                           {5, "IPV4_DEVCONF_SECURE_REDIRECTS"},
                                           {6, "IPV4_DEVCONF_SEND_REDIRECTS"},
                                           {7, "IPV4_DEVCONF_SHARED_MEDIA"},
                                           {8, "IPV4_DEVCONF_RP_FILTER"},
                                           {9, "IPV4_DEVCONF_ACCEPT_SOURCE_ROUTE"},
                                           {10, "IPV4_DEVCONF_BOOTP_RELAY"},
                                           {11, "IPV4_DEVCONF_LOG_MARTIANS"},
                                           {12, "IPV4_DEVCONF_TAG"},
                                           {13, "IPV4_DEVCONF_ARPFILTER"},
                                           {14, "IPV4_DEVCONF_MEDIUM_ID"},
                                           {15, "IPV4_DEVCONF_NOXFRM"},
                                           {16, "IPV4_DEVCONF_NOPOLICY"},
                                           {17, "IPV4_DEVCONF_FORCE_IGMP_VERSION"},
                                           {18, "IPV4_DEVCONF_ARP_ANNOUNCE"},
                                           {19, "IPV4_DEVCONF_ARP_IGNORE"},
                                           {20, "IPV4_DEVCONF_PROMOTE_SECONDARIES"},
                                           {21, "IPV4_DEVCONF_ARP_ACCEPT"},
                                           {22, "IPV4_DEVCONF_ARP_NOTIFY"},
                                           {23, "IPV4_DEVCONF_ACCEPT_LOCAL"},
                                           {24, "IPV4_DEVCONF_SRC_VMARK"},
                                           {25, "IPV4_DEVCONF_PROXY_ARP_PVLAN"},
                                           {26, "IPV4_DEVCONF_ROUTE_LOCALNET"},
                                           {27, "IPV4_DEVCONF_IGMPV2_UNSOLICITED_REPORT_INTERVAL"},
                                           {28, "IPV4_DEVCONF_IGMPV3_UNSOLICITED_REPORT_INTERVAL"},
                                           {29, "IPV4_DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN"},
                                           {30, "IPV4_DEVCONF_DROP_UNICAST_IN_L2_MULTICAST"},
                                           {31, "IPV4_DEVCONF_DROP_GRATUITOUS_ARP"},
                                           {32, "IPV4_DEVCONF_BC_FORWARDING"},
                                           {33, "IPV4_DEVCONF_ARP_EVICT_NOCARRIER"}};
constinit const Table inet_settings = table<inet_settings_rows>("IPV4_DEVCONF_???");

// linux/ipv6.h
constexpr FlagName inet6_settings_rows[] = {{0, "DEVCONF_FORWARDING"},
                                            {1, "DEVCONF_HOPLIMIT"},
                                            {2, "DEVCONF_MTU6"},
                                            {3, "DEVCONF_ACCEPT_RA"},
                                            {4, "DEVCONF_ACCEPT_REDIRECTS"},
                                            {5, "DEVCONF_AUTOCONF"},
                                            {6, "DEVCONF_DAD_TRANSMITS"},
                                            {7, "DEVCONF_RTR_SOLICITS"},
                                            {8, "DEVCONF_RTR_SOLICIT_INTERVAL"},
                                            {9, "DEVCONF_RTR_SOLICIT_DELAY"},
                                            {10, "DEVCONF_USE_TEMPADDR"},
                                            {11, "DEVCONF_TEMP_VALID_LFT"},
                                            {12, "DEVCONF_TEMP_PREFERED_LFT"},
                                            {13, "DEVCONF_REGEN_MAX_RETRY"},
                                            {14, "DEVCONF_MAX_DESYNC_FACTOR"},
                                            {15, "DEVCONF_MAX_ADDRESSES"},
                                            {16, "DEVCONF_FORCE_MLD_VERSION"},
                                            {17, "DEVCONF_ACCEPT_RA_DEFRTR"},
                                            {18, "DEVCONF_ACCEPT_RA_PINFO"},
                                            {19, "DEVCONF_ACCEPT_RA_RTR_PREF"},
                                            {20, "DEVCONF_RTR_PROBE_INTERVAL"},
                                            {21, "DEVCONF_ACCEPT_RA_RT_INFO_MAX_PLEN"},
                                            {22, "DEVCONF_PROXY_NDP"},
                                            {23, "DEVCONF_OPTIMISTIC_DAD"},
                                            {24, "DEVCONF_ACCEPT_SOURCE_ROUTE"},
                                            {25, "DEVCONF_MC_FORWARDING"},
                                            {26, "DEVCONF_DISABLE_IPV6"},
                                            {27, "DEVCONF_ACCEPT_DAD"},
                                            {28, "DEVCONF_FORCE_TLLAO"},
                                            {29, "DEVCONF_NDISC_NOTIFY"},
                                            {30, "DEVCONF_MLDV1_UNSOLICITED_REPORT_INTERVAL"},
                                            {31, "DEVCONF_MLDV2_UNSOLICITED_REPORT_INTERVAL"},
                                            {32, "DEVCONF_SUPPRESS_FRAG_NDISC"},
                                            {33, "DEVCONF_ACCEPT_RA_FROM_LOCAL"},
                                            {34, "DEVCONF_USE_OPTIMISTIC"},
                                            {35, "DEVCONF_ACCEPT_RA_MTU"},
                                            {36, "DEVCONF_STABLE_SECRET"},
                                            {37, "DEVCONF_USE_OIF_ADDRS_ONLY"},
                                            {38, "DEVCONF_ACCEPT_RA_MIN_HOP_LIMIT"},
                                            {39, "DEVCONF_IGNORE_ROUTES_WITH_LINKDOWN"},
                                            {40, "DEVCONF_DROP_UNICAST_IN_L2_MULTICAST"},
                                            {41, "DEVCONF_DROP_UNSOLICITED_NA"},
                                            {42, "DEVCONF_KEEP_ADDR_ON_DOWN"},
                                            {43, "DEVCONF_RTR_SOLICIT_MAX_INTERVAL"},
                                            {44, "DEVCONF_SEG6_ENABLED"},
                                            {45, "DEVCONF_SEG6_REQUIRE_HMAC"},
                                            {46, "DEVCONF_ENHANCED_DAD"},
                                            {47, "DEVCONF_ADDR_GEN_MODE"},
                                            {48, "DEVCONF_DISABLE_POLICY"},
                                            {49, "DEVCONF_ACCEPT_RA_RT_INFO_MIN_PLEN"},
                                            {50, "DEVCONF_NDISC_TCLASS"},
                                            {51, "DEVCONF_RPL_SEG_ENABLED"},
                                            {52, "DEVCONF_RA_DEFRTR_METRIC"},
                                            {53, "DEVCONF_IOAM6_ENABLED"},
                                            {54, "DEVCONF_IOAM6_ID"},
                                            {55, "DEVCONF_IOAM6_ID_WIDE"},
                                            {56, "DEVCONF_NDISC_EVICT_NOCARRIER"},
                                            {57, "DEVCONF_ACCEPT_UNTRACKED_NA"},
                                            {58, "DEVCONF_ACCEPT_RA_MIN_LFT"}};
constinit const Table inet6_settings = table<inet6_settings_rows>("DEVCONF_???");

// linux/snmp.h
constexpr FlagName ip_counters_rows[] = {{0, "IPSTATS_MIB_NUM"},
                                         {1, "IPSTATS_MIB_INPKTS"},
                                         {2, "IPSTATS_MIB_INOCTETS"},
                                         {3, "IPSTATS_MIB_INDELIVERS"},
                                         {4, "IPSTATS_MIB_OUTFORWDATAGRAMS"},
                                         {5, "IPSTATS_MIB_OUTPKTS"},
                                         {6, "IPSTATS_MIB_OUTOCTETS"},
                                         {7, "IPSTATS_MIB_INHDRERRORS"},
                                         {8, "IPSTATS_MIB_INTOOBIGERRORS"},
                                         {9, "IPSTATS_MIB_INNOROUTES"},
                                         {10, "IPSTATS_MIB_INADDRERRORS"},
                                         {11, "IPSTATS_MIB_INUNKNOWNPROTOS"},
                                         {12, "IPSTATS_MIB_INTRUNCATEDPKTS"},
                                         {13, "IPSTATS_MIB_INDISCARDS"},
                                         {14, "IPSTATS_MIB_OUTDISCARDS"},
                                         {15, "IPSTATS_MIB_OUTNOROUTES"},
                                         {16, "IPSTATS_MIB_REASMTIMEOUT"},
                                         {17, "IPSTATS_MIB_REASMREQDS"},
                                         {18, "IPSTATS_MIB_REASMOKS"},
                                         {19, "IPSTATS_MIB_REASMFAILS"},
                                         {20, "IPSTATS_MIB_FRAGOKS"},
                                         {21, "IPSTATS_MIB_FRAGFAILS"},
                                         {22, "IPSTATS_MIB_FRAGCREATES"},
                                         {23, "IPSTATS_MIB_INMCASTPKTS"},
                                         {24, "IPSTATS_MIB_OUTMCASTPKTS"},
                                         {25, "IPSTATS_MIB_INBCASTPKTS"},
                                         {26, "IPSTATS_MIB_OUTBCASTPKTS"},
                                         {27, "IPSTATS_MIB_INMCASTOCTETS"},
                                         {28, "IPSTATS_MIB_OUTMCASTOCTETS"},
                                         {29, "IPSTATS_MIB_INBCASTOCTETS"},
                                         {30, "IPSTATS_MIB_OUTBCASTOCTETS"},
                                         {31, "IPSTATS_MIB_CSUMERRORS"},
                                         {32, "IPSTATS_MIB_NOECTPKTS"},
                                         {33, "IPSTATS_MIB_ECT1PKTS"},
                                         {34, "IPSTATS_MIB_ECT0PKTS"},
                                         {35, "IPSTATS_MIB_CEPKTS"},
                                         {36, "IPSTATS_MIB_REASM_OVERLAPS"}};
constinit const Table ip_counters = table<ip_counters_rows>("IPSTATS_MIB_???");

// linux/snmp.h
constexpr FlagName icmp6_counters_rows[] = {{0, "ICMP6_MIB_NUM"},          {1, "ICMP6_MIB_INMSGS"},
                                            {2, "ICMP6_MIB_INERRORS"},     {3, "ICMP6_MIB_OUTMSGS"},
                                            {4, "ICMP6_MIB_OUTERRORS"},    {5, "ICMP6_MIB_CSUMERRORS"},
                                            {6, "ICMP6_MIB_RATELIMITHOST"}};
constinit const Table icmp6_counters = table<icmp6_counters_rows>("ICMP6_MIB_???");

// linux/if_addr.h
constexpr FlagName address_attributes_rows[] = {
    {0, "IFA_UNSPEC"},    {1, "IFA_ADDRESS"},     {2, "IFA_LOCAL"},           {3, "IFA_LABEL"},
    {4, "IFA_BROADCAST"}, {5, "IFA_ANYCAST"},     {6, "IFA_CACHEINFO"},       {7, "IFA_MULTICAST"},
    {8, "IFA_FLAGS"},     {9, "IFA_RT_PRIORITY"}, {10, "IFA_TARGET_NETNSID"}, {11, "IFA_PROTO"}};
constinit const Table address_attributes = table<address_attributes_rows>("IFA_???");

// linux/if_addr.h
constexpr FlagName address_flags_rows[] = {
    {0x1, "IFA_F_SECONDARY"},       {0x2, "IFA_F_NODAD"},        {0x4, "IFA_F_OPTIMISTIC"},
    {0x8, "IFA_F_DADFAILED"},       {0x10, "IFA_F_HOMEADDRESS"}, {0x20, "IFA_F_DEPRECATED"},
    {0x40, "IFA_F_TENTATIVE"},      {0x80, "IFA_F_PERMANENT"},   {0x100, "IFA_F_MANAGETEMPADDR"},
    {0x200, "IFA_F_NOPREFIXROUTE"}, {0x400, "IFA_F_MCAUTOJOIN"}, {0x800, "IFA_F_STABLE_PRIVACY"}};
constinit const Table address_flags = table<address_flags_rows>("IFA_F_???");

// linux/rtnetlink.h
constexpr FlagName route_scopes_rows[] = {{0, "RT_SCOPE_UNIVERSE"},
                                          {200, "RT_SCOPE_SITE"},
                                          {253, "RT_SCOPE_LINK"},
                                          {254, "RT_SCOPE_HOST"},
                                          {255, "RT_SCOPE_NOWHERE"}};
constinit const Table route_scopes = table<route_scopes_rows>("RT_SCOPE_???");

// linux/rtnetlink.h
constexpr FlagName route_tables_rows[] = {{0, "RT_TABLE_UNSPEC"},
                                          {252, "RT_TABLE_COMPAT"},
                                          {253, "RT_TABLE_DEFAULT"},
                                          {254, "RT_TABLE_MAIN"},
                                          {255, "RT_TABLE_LOCAL"}};
constinit const Table route_tables = table<route_tables_rows>("RT_TABLE_???");

// linux/rtnetlink.h
constexpr FlagName route_protocols_rows[] = {
    {0, "RTPROT_UNSPEC"}, {1, "RTPROT_REDIRECT"}, {2, "RTPROT_KERNEL"},    {3, "RTPROT_BOOT"},
    {4, "RTPROT_STATIC"}, {8, "RTPROT_GATED"},    {9, "RTPROT_RA"},        {10, "RTPROT_MRT"},
    {11, "RTPROT_ZEBRA"}, {12, "RTPROT_BIRD"},    {13, "RTPROT_DNROUTED"}, {14, "RTPROT_XORP"},
    {15, "RTPROT_NTK"},   {16, "RTPROT_DHCP"},    {17, "RTPROT_MROUTED"},  {18, "RTPROT_KEEPALIVED"},
    {42, "RTPROT_BABEL"}, {99, "RTPROT_OPENR"},   {186, "RTPROT_BGP"},     {187, "RTPROT_ISIS"},
    {188, "RTPROT_OSPF"}, {189, "RTPROT_RIP"},    {192, "RTPROT_EIGRP"}};
constinit const Table route_protocols = table<route_protocols_rows>("RTPROT_???");

// linux/rtnetlink.h
constexpr FlagName route_kinds_rows[] = {{0, "RTN_UNSPEC"},    {1, "RTN_UNICAST"},     {2, "RTN_LOCAL"},
                                         {3, "RTN_BROADCAST"}, {4, "RTN_ANYCAST"},     {5, "RTN_MULTICAST"},
                                         {6, "RTN_BLACKHOLE"}, {7, "RTN_UNREACHABLE"}, {8, "RTN_PROHIBIT"},
                                         {9, "RTN_THROW"},     {10, "RTN_NAT"},        {11, "RTN_XRESOLVE"}};
constinit const Table route_kinds = table<route_kinds_rows>("RTN_???");

// linux/rtnetlink.h
constexpr FlagName route_flags_rows[] = {{0x1, "RTNH_F_DEAD"},        {0x2, "RTNH_F_PERVASIVE"},
                                         {0x4, "RTNH_F_ONLINK"},      {0x8, "RTNH_F_OFFLOAD"},
                                         {0x10, "RTNH_F_LINKDOWN"},   {0x20, "RTNH_F_UNRESOLVED"},
                                         {0x40, "RTNH_F_TRAP"},       {0x100, "RTM_F_NOTIFY"},
                                         {0x200, "RTM_F_CLONED"},     {0x400, "RTM_F_EQUALIZE"},
                                         {0x800, "RTM_F_PREFIX"},     {0x1000, "RTM_F_LOOKUP_TABLE"},
                                         {0x2000, "RTM_F_FIB_MATCH"}, {0x4000, "RTM_F_OFFLOAD"},
                                         {0x8000, "RTM_F_TRAP"},      {0x20000000, "RTM_F_OFFLOAD_FAILED"}};
constinit const Table route_flags = table<route_flags_rows>("RTM_F_???");

// linux/rtnetlink.h
constexpr FlagName route_attributes_rows[] = {
    {0, "RTA_UNSPEC"},      {1, "RTA_DST"},        {2, "RTA_SRC"},
    {3, "RTA_IIF"},         {4, "RTA_OIF"},        {5, "RTA_GATEWAY"},
    {6, "RTA_PRIORITY"},    {7, "RTA_PREFSRC"},    {8, "RTA_METRICS"},
    {9, "RTA_MULTIPATH"},   {10, "RTA_PROTOINFO"}, {11, "RTA_FLOW"},
    {12, "RTA_CACHEINFO"},  {13, "RTA_SESSION"},   {14, "RTA_MP_ALGO"},
    {15, "RTA_TABLE"},      {16, "RTA_MARK"},      {17, "RTA_MFC_STATS"},
    {18, "RTA_VIA"},        {19, "RTA_NEWDST"},    {20, "RTA_PREF"},
    {21, "RTA_ENCAP_TYPE"}, {22, "RTA_ENCAP"},     {23, "RTA_EXPIRES"},
    {24, "RTA_PAD"},        {25, "RTA_UID"},       {26, "RTA_TTL_PROPAGATE"},
    {27, "RTA_IP_PROTO"},   {28, "RTA_SPORT"},     {29, "RTA_DPORT"},
    {30, "RTA_NH_ID"}};
constinit const Table route_attributes = table<route_attributes_rows>("RTA_???");

// linux/rtnetlink.h
constexpr FlagName route_metrics_rows[] = {
    {0, "RTAX_UNSPEC"},     {1, "RTAX_LOCK"},      {2, "RTAX_MTU"},
    {3, "RTAX_WINDOW"},     {4, "RTAX_RTT"},       {5, "RTAX_RTTVAR"},
    {6, "RTAX_SSTHRESH"},   {7, "RTAX_CWND"},      {8, "RTAX_ADVMSS"},
    {9, "RTAX_REORDERING"}, {10, "RTAX_HOPLIMIT"}, {11, "RTAX_INITCWND"},
    {12, "RTAX_FEATURES"},  {13, "RTAX_RTO_MIN"},  {14, "RTAX_INITRWND"},
    {15, "RTAX_QUICKACK"},  {16, "RTAX_CC_ALGO"},  {17, "RTAX_FASTOPEN_NO_COOKIE"}};
constinit const Table route_metrics = table<route_metrics_rows>("RTAX_???");

// linux/neighbour.h
constexpr FlagName neighbour_attributes_rows[] = {{0, "NDA_UNSPEC"},
                                                  {1, "NDA_DST"},
                                                  {2, "NDA_LLADDR"},
                                                  {3, "NDA_CACHEINFO"},
                                                  {4, "NDA_PROBES"},
                                                  {5, "NDA_VLAN"},
                                                  {6, "NDA_PORT"},
                                                  {7, "NDA_VNI"},
                                                  {8, "NDA_IFINDEX"},
                                                  {9, "NDA_MASTER"},
                                                  {10, "NDA_LINK_NETNSID"},
                                                  {11, "NDA_SRC_VNI"},
                                                  {12, "NDA_PROTOCOL"},
                                                  {13, "NDA_NH_ID"},
                                                  {14, "NDA_FDB_EXT_ATTRS"},
                                                  {15, "NDA_FLAGS_EXT"},
                                                  {16, "NDA_NDM_STATE_MASK"},
                                                  {17, "NDA_NDM_FLAGS_MASK"}};
constinit const Table neighbour_attributes = table<neighbour_attributes_rows>("NDA_???");

// linux/neighbour.h
constexpr FlagName neighbour_states_rows[] = {
    {0x0, "NUD_NONE"},    {0x1, "NUD_INCOMPLETE"}, {0x2, "NUD_REACHABLE"},
    {0x4, "NUD_STALE"},   {0x8, "NUD_DELAY"},      {0x10, "NUD_PROBE"},
    {0x20, "NUD_FAILED"}, {0x40, "NUD_NOARP"},     {0x80, "NUD_PERMANENT"}};
constinit const Table neighbour_states = table<neighbour_states_rows>("NUD_???");

// linux/neighbour.h
constexpr FlagName neighbour_flags_rows[] = {
    {0x1, "NTF_USE"},        {0x2, "NTF_SELF"},    {0x4, "NTF_MASTER"}, {0x8, "NTF_PROXY"},
    {0x20, "NTF_OFFLOADED"}, {0x40, "NTF_STICKY"}, {0x80, "NTF_ROUTER"}};
constinit const Table neighbour_flags = table<neighbour_flags_rows>("NTF_???");

}  // namespace ptop::decode
