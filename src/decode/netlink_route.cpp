// NETLINK_ROUTE: links, addresses, routes, neighbours.
#include "flag_tables.hpp"
#include "ioctl_tables.hpp"
#include "netlink.hpp"
#include "netlink_tables.hpp"
#include "network.hpp"
#include "network_tables.hpp"

namespace ptop::decode {
namespace {

Decoded show_interface(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_interface(context, static_cast<std::uint32_t>(value));
}
Decoded show_table(Context&, const Member&, std::uint64_t value, const Instance&) {
  const Decoded known = make_symbol(value, route_tables);
  return std::get<Symbol>(known.what).name.empty() ? make_unsigned(value, Base::hex) : known;
}

constexpr Member link_members[] = {
    u8("ifi_family").symbol(address_families), pad(1),
    u16("ifi_type").symbol(hardware_types),    s32("ifi_index").shown_by(show_interface),
    u32("ifi_flags").flags(interface_flags),   u32("ifi_change").hex()};
constexpr Structure link_layout{link_members};
constexpr Member address_members[] = {
    u8("ifa_family").symbol(address_families), u8("ifa_prefixlen"), u8("ifa_flags").flags(address_flags),
    u8("ifa_scope").symbol(route_scopes), u32("ifa_index").shown_by(show_interface)};
constexpr Structure address_layout{address_members};
constexpr Member route_members[] = {u8("rtm_family").symbol(address_families),
                                    u8("rtm_dst_len"),
                                    u8("rtm_src_len"),
                                    u8("rtm_tos").hex(),
                                    u8("rtm_table").shown_by(show_table),
                                    u8("rtm_protocol").symbol(route_protocols),
                                    u8("rtm_scope").symbol(route_scopes),
                                    u8("rtm_type").symbol(route_kinds),
                                    u32("rtm_flags").flags(route_flags)};
constexpr Structure route_layout{route_members};
constexpr Member neighbour_members[] = {
    u8("ndm_family").symbol(address_families),   pad(3),
    s32("ndm_ifindex").shown_by(show_interface), u16("ndm_state").flags(neighbour_states),
    u8("ndm_flags").flags(neighbour_flags),      u8("ndm_type").symbol(route_kinds)};
constexpr Structure neighbour_layout{neighbour_members};

// struct rtnl_link_stats and its 64 bit form; newer kernels append.
template <Member (*number)(std::string_view)>
constexpr auto statistics_members() {
  return std::array{number("rx_packets"),
                    number("tx_packets"),
                    number("rx_bytes"),
                    number("tx_bytes"),
                    number("rx_errors"),
                    number("tx_errors"),
                    number("rx_dropped"),
                    number("tx_dropped"),
                    number("multicast"),
                    number("collisions"),
                    number("rx_length_errors"),
                    number("rx_over_errors"),
                    number("rx_crc_errors"),
                    number("rx_frame_errors"),
                    number("rx_fifo_errors"),
                    number("rx_missed_errors"),
                    number("tx_aborted_errors"),
                    number("tx_carrier_errors"),
                    number("tx_fifo_errors"),
                    number("tx_heartbeat_errors"),
                    number("tx_window_errors"),
                    number("rx_compressed"),
                    number("tx_compressed"),
                    number("rx_nohandler"),
                    number("rx_otherhost_dropped")};
}
constexpr auto statistics64_members = statistics_members<u64>();
constexpr Structure statistics64{statistics64_members};
constexpr auto statistics32_members = statistics_members<u32>();
constexpr Structure statistics32{std::span(statistics32_members).first<24>()};
constexpr Member map_members[] = {
    u64("mem_start").hex(), u64("mem_end").hex(), u64("base_addr").hex(), u16("irq"), u8("dma"), u8("port")};
constexpr Structure link_map{map_members};
constexpr Member address_cache_members[] = {u32("ifa_prefered"), u32("ifa_valid"), u32("cstamp"),
                                            u32("tstamp")};
constexpr Structure address_cache{address_cache_members};
constexpr Member neighbour_cache_members[] = {u32("ndm_confirmed"), u32("ndm_used"), u32("ndm_updated"),
                                              u32("ndm_refcnt")};
constexpr Structure neighbour_cache{neighbour_cache_members};
constexpr Member route_cache_members[] = {u32("rta_clntref"), u32("rta_lastuse"), u32("rta_expires"),
                                          u32("rta_error"),   u32("rta_used"),    u32("rta_id").hex(),
                                          u32("rta_ts"),      u32("rta_tsage")};
constexpr Structure route_cache{route_cache_members};
constexpr Member inet6_cache_members[] = {u32("max_reasm_len"), u32("tstamp"), u32("reachable_time"),
                                          u32("retrans_time")};
constexpr Structure inet6_cache{inet6_cache_members};

// An array of numbers whose places have names: [[DEVCONF_FORWARDING]=0, …].
template <class T>
Decoded named_numbers(const NetlinkPart& part, const Table& names, std::string_view suffix,
                      std::uint64_t first) {
  return make_list(part.context, part.address, part.length / sizeof(T), sizeof(T),
                   [&](std::uint64_t at) -> Decoded {
                     const auto value = part.context.object<T>(at);
                     if (!value) return {};
                     const std::uint64_t index = (at - part.address) / sizeof(T);
                     const Decoded known = make_symbol(index + first, names);
                     const Symbol& symbol = std::get<Symbol>(known.what);
                     const auto bits = static_cast<std::uint64_t>(*value);
                     if (symbol.name.empty())
                       return make_word(part.arena(), bits, "[{} /* {} */]={}", index, names.family, *value);
                     return make_word(part.arena(), bits, "[{}{}]={}", symbol.name, suffix, *value);
                   });
}
Decoded show_inet_settings(const NetlinkPart& part, const NetlinkAttribute& a) {
  return named_numbers<std::int32_t>(part, *a.table, "-1", 1);
}
Decoded show_inet6_settings(const NetlinkPart& part, const NetlinkAttribute& a) {
  return named_numbers<std::int32_t>(part, *a.table, "", 0);
}
Decoded show_counters(const NetlinkPart& part, const NetlinkAttribute& a) {
  return named_numbers<std::uint64_t>(part, *a.table, "", 0);
}

constexpr NetlinkAttribute inet_link[] = {{1, show_inet_settings, &inet_settings}};
constexpr NetlinkAttributes inet_link_set{&inet_link_attributes, inet_link};
Decoded show_token(const NetlinkPart& part, const NetlinkAttribute&) {
  constexpr std::uint32_t af_inet6 = 10;
  return make_network_address({part.context, part.address, part.length, af_inet6});
}
constexpr NetlinkAttribute inet6_more[] = {
    {1, show_flags_attribute, &inet6_interface_flags},
    {2, show_inet6_settings, &inet6_settings},
    {3, show_counters, &ip_counters},
    {5, show_structure_attribute, nullptr, &inet6_cache},
    {6, show_counters, &icmp6_counters},
    {7, show_token},
    {8, show_small_symbol_attribute, &inet6_address_modes},
};
constexpr NetlinkAttributes inet6_set{&inet6_link_attributes, inet6_more};
constexpr NetlinkAttribute by_family[] = {{2, show_nested_attribute, nullptr, nullptr, &inet_link_set},
                                          {10, show_nested_attribute, nullptr, nullptr, &inet6_set}};
constexpr NetlinkAttributes by_family_set{&address_families, by_family};
constexpr NetlinkAttribute tun[] = {
    {1, show_u32_attribute}, {2, show_u32_attribute}, {3, show_small_symbol_attribute, &tun_kinds},
    {4, show_u8_attribute},  {5, show_u8_attribute},  {6, show_u8_attribute},
    {7, show_u8_attribute},  {8, show_u32_attribute}, {9, show_u32_attribute},
};
constexpr NetlinkAttributes tun_set{&tun_attributes, tun};
// What IFLA_INFO_DATA has hangs on IFLA_INFO_KIND, which the kernel puts before it.
Decoded show_link_data(const NetlinkPart& part, const NetlinkAttribute&) {
  return part.kind == "tun" ? make_attributes(part, tun_set) : Decoded{};
}
constexpr NetlinkAttribute link_info[] = {
    {1, show_text_attribute}, {2, show_link_data}, {4, show_text_attribute}};
constexpr NetlinkAttributes link_info_set{&link_info_attributes, link_info};
Decoded show_link_info(const NetlinkPart& part, const NetlinkAttribute&) {
  constexpr std::size_t head = 4;
  NetlinkPart inner = part;
  const auto kind = part.length > head ? part.context.string(part.address + head,
                                                             static_cast<std::size_t>(part.length - head))
                                       : std::nullopt;
  const auto type = part.context.object<std::uint16_t>(part.address + 2);
  if (kind && type == std::uint16_t{1}) inner.kind = kind->bytes;
  return make_attributes(inner, link_info_set);
}
constexpr NetlinkAttribute xdp[] = {
    {1, show_s32_attribute}, {2, show_small_symbol_attribute, &xdp_attached}, {4, show_u32_attribute}};
constexpr NetlinkAttributes xdp_set{&xdp_attributes, xdp};

constexpr NetlinkAttribute link[] = {
    {1, show_hardware_attribute},                                   // IFLA_ADDRESS
    {2, show_hardware_attribute},                                   // IFLA_BROADCAST
    {3, show_text_attribute},                                       // IFLA_IFNAME
    {4, show_u32_attribute},                                        // IFLA_MTU
    {5, show_u32_attribute},                                        // IFLA_LINK
    {6, show_text_attribute},                                       // IFLA_QDISC
    {7, show_structure_attribute, nullptr, &statistics32},          // IFLA_STATS
    {8, show_u32_attribute},                                        // IFLA_COST
    {10, show_u32_attribute},                                       // IFLA_MASTER
    {13, show_u32_attribute},                                       // IFLA_TXQLEN
    {14, show_structure_attribute, nullptr, &link_map},             // IFLA_MAP
    {15, show_u32_attribute},                                       // IFLA_WEIGHT
    {16, show_u8_attribute},                                        // IFLA_OPERSTATE
    {17, show_u8_attribute},                                        // IFLA_LINKMODE
    {18, show_link_info},                                           // IFLA_LINKINFO
    {19, show_u32_attribute},                                       // IFLA_NET_NS_PID
    {20, show_text_attribute},                                      // IFLA_IFALIAS
    {21, show_u32_attribute},                                       // IFLA_NUM_VF
    {23, show_structure_attribute, nullptr, &statistics64},         // IFLA_STATS64
    {26, show_nested_attribute, nullptr, nullptr, &by_family_set},  // IFLA_AF_SPEC
    {27, show_u32_attribute},                                       // IFLA_GROUP
    {28, show_u32_attribute},                                       // IFLA_NET_NS_FD
    {29, show_flags_attribute, &extended_filters},                  // IFLA_EXT_MASK
    {30, show_u32_attribute},                                       // IFLA_PROMISCUITY
    {31, show_u32_attribute},                                       // IFLA_NUM_TX_QUEUES
    {32, show_u32_attribute},                                       // IFLA_NUM_RX_QUEUES
    {33, show_u8_attribute},                                        // IFLA_CARRIER
    {35, show_u32_attribute},                                       // IFLA_CARRIER_CHANGES
    {37, show_s32_attribute},                                       // IFLA_LINK_NETNSID
    {38, show_text_attribute},                                      // IFLA_PHYS_PORT_NAME
    {39, show_u8_attribute},                                        // IFLA_PROTO_DOWN
    {40, show_u32_attribute},                                       // IFLA_GSO_MAX_SEGS
    {41, show_u32_attribute},                                       // IFLA_GSO_MAX_SIZE
    {43, show_nested_attribute, nullptr, nullptr, &xdp_set},        // IFLA_XDP
    {47, show_u32_attribute},                                       // IFLA_CARRIER_UP_COUNT
    {48, show_u32_attribute},                                       // IFLA_CARRIER_DOWN_COUNT
    {50, show_u32_attribute},                                       // IFLA_MIN_MTU
    {51, show_u32_attribute},                                       // IFLA_MAX_MTU
    {54, show_hardware_attribute},                                  // IFLA_PERM_ADDRESS
    {56, show_text_attribute},                                      // IFLA_PARENT_DEV_NAME
    {57, show_text_attribute},                                      // IFLA_PARENT_DEV_BUS_NAME
    {58, show_u32_attribute},                                       // IFLA_GRO_MAX_SIZE
    {59, show_u32_attribute},                                       // IFLA_TSO_MAX_SIZE
    {60, show_u32_attribute},                                       // IFLA_TSO_MAX_SEGS
    {61, show_u32_attribute},                                       // IFLA_ALLMULTI
};
constexpr NetlinkAttribute address[] = {
    {1, show_address_attribute}, {2, show_address_attribute},
    {3, show_text_attribute},    {4, show_address_attribute},
    {5, show_address_attribute}, {6, show_structure_attribute, nullptr, &address_cache},
    {7, show_address_attribute}, {8, show_flags_attribute, &address_flags},
    {9, show_u32_attribute},     {10, show_s32_attribute},
};
constexpr NetlinkAttribute metrics[] = {
    {1, show_u32_attribute}, {2, show_u32_attribute}, {3, show_u32_attribute},  {4, show_u32_attribute},
    {7, show_u32_attribute}, {8, show_u32_attribute}, {10, show_u32_attribute}, {16, show_text_attribute}};
constexpr NetlinkAttributes metrics_set{&route_metrics, metrics};
constexpr NetlinkAttribute route[] = {
    {1, show_address_attribute},                                 // RTA_DST
    {2, show_address_attribute},                                 // RTA_SRC
    {3, show_interface_attribute},                               // RTA_IIF
    {4, show_interface_attribute},                               // RTA_OIF
    {5, show_address_attribute},                                 // RTA_GATEWAY
    {6, show_u32_attribute},                                     // RTA_PRIORITY
    {7, show_address_attribute},                                 // RTA_PREFSRC
    {8, show_nested_attribute, nullptr, nullptr, &metrics_set},  // RTA_METRICS
    {11, show_u32_attribute},                                    // RTA_FLOW
    {12, show_structure_attribute, nullptr, &route_cache},       // RTA_CACHEINFO
    {15, show_table_attribute},                                  // RTA_TABLE
    {16, show_u32_attribute},                                    // RTA_MARK
    {20, show_u8_attribute},                                     // RTA_PREF
    {23, show_u32_attribute},                                    // RTA_EXPIRES
    {25, show_u32_attribute},                                    // RTA_UID
};
constexpr NetlinkAttribute neighbour[] = {
    {1, show_address_attribute},
    {2, show_hardware_attribute},
    {3, show_structure_attribute, nullptr, &neighbour_cache},
    {4, show_u32_attribute},
    {5, show_u16_attribute},
    {8, show_interface_attribute},
    {9, show_interface_attribute},
    {10, show_s32_attribute},
};

struct Kind {
  std::uint16_t first;  // RTM_NEW…; RTM_DEL…, RTM_GET… and RTM_SET… follow
  const Structure* layout;
  std::string_view family;
  NetlinkAttributes attributes;
};
constexpr Kind kinds[] = {
    {16, &link_layout, "ifi_family", {&link_attributes, link}},
    {20, &address_layout, "ifa_family", {&address_attributes, address}},
    {24, &route_layout, "rtm_family", {&route_attributes, route}},
    {28, &neighbour_layout, "ndm_family", {&neighbour_attributes, neighbour}},
};

}  // namespace

Decoded show_table_attribute(const NetlinkPart& part, const NetlinkAttribute&) {
  const auto value = part.length >= 4 ? part.context.object<std::uint32_t>(part.address) : std::nullopt;
  if (!value) return {};
  const Decoded known = make_symbol(*value, route_tables);
  return std::get<Symbol>(known.what).name.empty() ? make_unsigned(*value, Base::hex) : known;
}

NetlinkBody make_layout_body(const NetlinkPart& whole, const Structure& layout, std::string_view family,
                             const NetlinkAttributes& attributes) {
  const auto value = whole.length > 0 ? whole.context.object<std::uint8_t>(whole.address) : std::nullopt;
  if (!value) return {};
  NetlinkPart part = whole;
  part.family = *value;
  const std::uint64_t size = size_of(layout, part.context.abi());
  if (part.length < size)
    return {RecordBuilder(part.arena(), 1).add(family, make_symbol(*value, address_families)).done(true), {}};
  return {make_structure(part.context, layout, part.address), make_attributes(part.after(size), attributes)};
}

NetlinkBody make_family_body(const NetlinkPart& part) {
  const auto family = part.length > 0 ? part.context.object<std::uint8_t>(part.address) : std::nullopt;
  if (!family) return {};
  RecordBuilder record(part.arena(), 2);
  record.add("family", make_symbol(*family, address_families));
  if (part.length > 1) record.add("data", make_bytes(part.context, part.address + 1, part.length - 1, true));
  return {record.done(), {}};
}

NetlinkBody make_route_body(const NetlinkPart& part, std::uint16_t type) {
  constexpr std::uint16_t rules = 32, queues = 36, filters = 44;  // RTM_NEWRULE, RTM_NEWQDISC, RTM_NEWTFILTER
  const std::uint16_t first = type & ~3;
  for (const Kind& kind : kinds) {
    if (kind.first == first) return make_layout_body(part, *kind.layout, kind.family, kind.attributes);
  }
  if (first == rules) return make_rule_body(part);
  if (first >= queues && first <= filters) return make_traffic_body(part);
  return make_family_body(part);
}

}  // namespace ptop::decode
