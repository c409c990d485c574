// NETLINK_ROUTE: rules of routing, and traffic control: queues, classes, filters.
#include "flag_tables.hpp"
#include "netlink.hpp"
#include "netlink_tables.hpp"
#include "network.hpp"

namespace ptop::decode {
namespace {

Decoded show_interface(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_interface(context, static_cast<std::uint32_t>(value));
}

// struct fib_rule_hdr
constexpr Member rule_members[] = {u8("family").symbol(address_families),
                                   u8("dst_len"),
                                   u8("src_len"),
                                   u8("tos").hex(),
                                   u8("table").symbol(route_tables),
                                   pad(2),
                                   u8("action").symbol(rule_actions),
                                   u32("flags").flags(rule_flags)};
constexpr Structure rule_layout{rule_members};
constexpr Member uid_members[] = {u32("start"), u32("end")};
constexpr Structure uid_range{uid_members};
constexpr Member port_members[] = {u16("start"), u16("end")};
constexpr Structure port_range{port_members};

// A number in network order.
Decoded show_big_endian(const NetlinkPart& part, const NetlinkAttribute&) {
  const auto value = part.length >= 8 ? part.context.object<std::uint64_t>(part.address) : std::nullopt;
  return value ? make_unsigned(__builtin_bswap64(*value)) : Decoded{};
}

constexpr NetlinkAttribute rule_known[] = {
    {1, show_address_attribute},
    {2, show_address_attribute},
    {3, show_text_attribute},
    {4, show_u32_attribute},
    {6, show_u32_attribute},
    {10, show_u32_attribute},
    {11, show_u32_attribute},
    {12, show_big_endian},
    {13, show_u32_attribute},
    {14, show_u32_attribute},
    {15, show_table_attribute},
    {16, show_u32_attribute},
    {17, show_text_attribute},
    {19, show_u8_attribute},
    {20, show_structure_attribute, nullptr, &uid_range},
    {21, show_small_symbol_attribute, &route_protocols},
    {22, show_small_symbol_attribute, &inet_protocols},
    {23, show_structure_attribute, nullptr, &port_range},
    {24, show_structure_attribute, nullptr, &port_range},
};
constexpr NetlinkAttributes rule_set{&rule_attributes, rule_known};

// struct tcmsg
constexpr Member traffic_members[] = {u8("tcm_family").symbol(address_families),
                                      pad(3),
                                      s32("tcm_ifindex").shown_by(show_interface),
                                      u32("tcm_handle"),
                                      u32("tcm_parent"),
                                      u32("tcm_info")};
constexpr Structure traffic_layout{traffic_members};
// linux/gen_stats.h, linux/pkt_sched.h
constexpr Member basic_members[] = {u64("bytes"), u32("packets")};
constexpr Structure basic{basic_members};
constexpr Member rate_members[] = {u32("bps"), u32("pps")};
constexpr Structure rate{rate_members};
constexpr Member rate64_members[] = {u64("bps"), u64("pps")};
constexpr Structure rate64{rate64_members};
constexpr Member queue_members[] = {u32("qlen"), u32("backlog"), u32("drops"), u32("requeues"),
                                    u32("overlimits")};
constexpr Structure queue{queue_members};
constexpr Member totals_members[] = {u64("bytes"), u32("packets"), u32("drops"), u32("overlimits"),
                                     u32("bps"),   u32("pps"),     u32("qlen"),  u32("backlog")};
constexpr Structure totals{totals_members};
constexpr Member estimator_members[] = {s8("interval"), u8("ewma_log")};
constexpr Structure estimator{estimator_members};

constexpr NetlinkAttribute statistics_known[] = {
    {1, show_structure_attribute, nullptr, &basic}, {2, show_structure_attribute, nullptr, &rate},
    {3, show_structure_attribute, nullptr, &queue}, {5, show_structure_attribute, nullptr, &rate64},
    {7, show_structure_attribute, nullptr, &basic}, {8, show_u64_attribute},
};
constexpr NetlinkAttributes statistics_set{&traffic_statistics, statistics_known};
constexpr NetlinkAttribute traffic_known[] = {
    {1, show_text_attribute},
    {3, show_structure_attribute, nullptr, &totals},
    {5, show_structure_attribute, nullptr, &estimator},
    {6, show_u32_attribute},
    {7, show_nested_attribute, nullptr, nullptr, &statistics_set},
    {11, show_u32_attribute},
    {12, show_u8_attribute},
    {13, show_u32_attribute},
    {14, show_u32_attribute},
    {15, show_u32_attribute},
};
constexpr NetlinkAttributes traffic_set{&traffic_attributes, traffic_known};

}  // namespace

NetlinkBody make_rule_body(const NetlinkPart& part) {
  return make_layout_body(part, rule_layout, "family", rule_set);
}
NetlinkBody make_traffic_body(const NetlinkPart& part) {
  return make_layout_body(part, traffic_layout, "tcm_family", traffic_set);
}

}  // namespace ptop::decode
