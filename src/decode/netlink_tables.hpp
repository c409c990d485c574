// Tables of constants of netlink: flag_tables_netlink.cpp, flag_tables_route.cpp.
#pragma once

#include "flag_table.hpp"

namespace ptop::decode {

extern const Table netlink_types;
extern const Table netlink_flags;
extern const Table netlink_get_flags;
extern const Table netlink_new_flags;
extern const Table netlink_delete_flags;
extern const Table netlink_ack_flags;
extern const Table netlink_ack_attributes;
extern const Table netlink_policy_attributes;
extern const Table netlink_attribute_types;
extern const Table sock_diag_types;
extern const Table generic_types;
extern const Table nft_messages;
extern const Table audit_types;
extern const Table netfilter_subsystems;
extern const Table tcp_states;
extern const Table tcp_state_bits;
extern const Table inet_diag_extensions;
extern const Table inet_diag_attributes;
extern const Table inet_diag_request_attributes;
extern const Table unix_diag_shows;
extern const Table unix_diag_attributes;
extern const Table netlink_diag_shows;
extern const Table netlink_diag_attributes;
extern const Table netlink_diag_flags;
extern const Table packet_diag_shows;
extern const Table packet_diag_attributes;
extern const Table packet_diag_flags;
extern const Table packet_versions;
extern const Table route_types;
extern const Table extended_filters;
extern const Table link_attributes;
extern const Table link_info_attributes;
extern const Table xdp_attributes;
extern const Table xdp_attached;
extern const Table inet_link_attributes;
extern const Table inet6_link_attributes;
extern const Table inet6_interface_flags;
extern const Table inet6_address_modes;
extern const Table inet_settings;
extern const Table inet6_settings;
extern const Table ip_counters;
extern const Table icmp6_counters;
extern const Table address_attributes;
extern const Table address_flags;
extern const Table route_scopes;
extern const Table route_tables;
extern const Table route_protocols;
extern const Table route_kinds;
extern const Table route_flags;
extern const Table route_attributes;
extern const Table route_metrics;
extern const Table neighbour_attributes;
extern const Table neighbour_states;
extern const Table neighbour_flags;
extern const Table rule_actions;
extern const Table rule_flags;
extern const Table rule_attributes;
extern const Table traffic_attributes;
extern const Table traffic_statistics;
extern const Table tun_attributes;
extern const Table tun_kinds;
extern const Table nameless_attributes;
extern const Table netfilter_batch;

}  // namespace ptop::decode
