// NETLINK_SOCK_DIAG: sockets of netlink and of packets, as ss(8) asks for them.
#include "flag_tables.hpp"
#include "netlink.hpp"
#include "netlink_tables.hpp"
#include "network.hpp"
#include "network_tables.hpp"

namespace ptop::decode {
namespace {

Decoded show_interface(Context& context, const Member&, std::uint64_t value, const Instance&) {
  return make_interface(context, static_cast<std::uint32_t>(value));
}
Decoded show_protocol(Context&, const Member&, std::uint64_t value, const Instance&) {
  constexpr std::uint64_t all = 0xff;
  return value == all ? Decoded{Symbol{static_cast<std::int64_t>(value), "NDIAG_PROTO_ALL", {}}}
                      : make_symbol(value, netlink_protocols);
}

// linux/netlink_diag.h. The states are those of TCP: a netlink socket is connected, or closed.
constexpr Member netlink_request_members[] = {u8("sdiag_family").symbol(address_families),
                                              u8("sdiag_protocol").shown_by(show_protocol),
                                              pad(2),
                                              u32("ndiag_ino"),
                                              u32("ndiag_show").flags(netlink_diag_shows),
                                              u32("ndiag_cookie").times(2)};
constexpr Structure netlink_request{netlink_request_members};
constexpr Member netlink_answer_members[] = {u8("ndiag_family").symbol(address_families),
                                             u8("ndiag_type").symbol(socket_types),
                                             u8("ndiag_protocol").symbol(netlink_protocols),
                                             u8("ndiag_state").symbol(tcp_states),
                                             u32("ndiag_portid"),
                                             u32("ndiag_dst_portid"),
                                             u32("ndiag_dst_group"),
                                             u32("ndiag_ino"),
                                             u32("ndiag_cookie").times(2)};
constexpr Structure netlink_answer{netlink_answer_members};
constexpr Member netlink_ring_members[] = {u32("ndr_block_size"), u32("ndr_block_nr"), u32("ndr_frame_size"),
                                           u32("ndr_frame_nr")};
constexpr Structure netlink_ring{netlink_ring_members};

// A bit for each group, in words.
Decoded show_groups(const NetlinkPart& part, const NetlinkAttribute&) {
  if (part.length < 8) return {};
  return make_list(part.context, part.address, part.length / 8, 8, [&](std::uint64_t at) -> Decoded {
    const auto value = part.context.object<std::uint64_t>(at);
    return value ? make_word(part.arena(), *value, "{:#018x}", *value) : Decoded{};
  });
}
constexpr NetlinkAttribute netlink_known[] = {
    {0, show_socket_memory},
    {1, show_groups},
    {2, show_structure_attribute, nullptr, &netlink_ring},
    {3, show_structure_attribute, nullptr, &netlink_ring},
    {4, show_flags_attribute, &netlink_diag_flags},
};
constexpr NetlinkAttributes netlink_set{&netlink_diag_attributes, netlink_known};

// linux/packet_diag.h
constexpr Member packet_request_members[] = {
    u8("sdiag_family").symbol(address_families), u8("sdiag_protocol").hex(),  pad(2), u32("pdiag_ino"),
    u32("pdiag_show").flags(packet_diag_shows),  u32("pdiag_cookie").times(2)};
constexpr Structure packet_request{packet_request_members};
constexpr Member packet_answer_members[] = {
    u8("pdiag_family").symbol(address_families), u8("pdiag_type").symbol(socket_types),
    u16("pdiag_num").symbol(ethernet_protocols), u32("pdiag_ino"), u32("pdiag_cookie").times(2)};
constexpr Structure packet_answer{packet_answer_members};
constexpr Member info_members[] = {u32("pdi_index").shown_by(show_interface),
                                   u32("pdi_version").symbol(packet_versions),
                                   u32("pdi_reserve"),
                                   u32("pdi_copy_thresh"),
                                   u32("pdi_tstamp"),
                                   u32("pdi_flags").flags(packet_diag_flags)};
constexpr Structure info{info_members};
constexpr Member packet_ring_members[] = {
    u32("pdr_block_size"), u32("pdr_block_nr"),    u32("pdr_frame_size"), u32("pdr_frame_nr"),
    u32("pdr_retire_tmo"), u32("pdr_sizeof_priv"), u32("pdr_features")};
constexpr Structure packet_ring{packet_ring_members};

Decoded show_filter(const NetlinkPart& part, const NetlinkAttribute&) {
  constexpr std::uint64_t size = 8;  // struct sock_filter
  return part.length < size ? Decoded{}
                            : make_filter(part.context, part.address, part.length / size, FilterOf::socket);
}
constexpr NetlinkAttribute packet_known[] = {
    {0, show_structure_attribute, nullptr, &info},
    {2, show_structure_attribute, nullptr, &packet_ring},
    {3, show_structure_attribute, nullptr, &packet_ring},
    {4, show_u32_attribute},
    {5, show_u32_attribute},
    {6, show_socket_memory},
    {7, show_filter},
};
constexpr NetlinkAttributes packet_set{&packet_diag_attributes, packet_known};

}  // namespace

NetlinkBody make_netlink_diagnosis(const NetlinkPart& part, bool request) {
  return request ? make_layout_body(part, netlink_request, "sdiag_family", {&nameless_attributes, {}})
                 : make_layout_body(part, netlink_answer, "ndiag_family", netlink_set);
}
NetlinkBody make_packet_diagnosis(const NetlinkPart& part, bool request) {
  return request ? make_layout_body(part, packet_request, "sdiag_family", {&nameless_attributes, {}})
                 : make_layout_body(part, packet_answer, "pdiag_family", packet_set);
}

}  // namespace ptop::decode
