// Tables of constants of sockets, beside those of flag_tables.hpp.
#pragma once

#include "flag_table.hpp"

namespace ptop::decode {

// flag_tables_link.cpp
extern const Table ethernet_protocols;
extern const Table hardware_types;
extern const Table packet_types;
extern const Table vsock_cids;
extern const Table vsock_flags;
extern const Table bluetooth_protocols;
extern const Table hci_channels;
extern const Table l2cap_psms;
extern const Table l2cap_cids;
extern const Table bluetooth_address_types;
extern const Table can_protocols;
extern const Table caif_protocols;
extern const Table isdn_protocols;
extern const Table phonet_protocols;
extern const Table smc_protocols;
extern const Table kcm_protocols;
extern const Table control_types;
extern const Table ip_control_types;
extern const Table ipv6_control_types;

// flag_tables_sockopt.cpp
extern const Table ip_options;
extern const Table ipv6_options;
extern const Table tcp_options;
extern const Table udp_options;
extern const Table raw_options;
extern const Table packet_options;
extern const Table netlink_options;

// flag_tables_sockopt_other.cpp
extern const Table sctp_options;
extern const Table tls_options;
extern const Table xdp_options;
extern const Table alg_options;
extern const Table tipc_options;
extern const Table dccp_options;
extern const Table bluetooth_options;
extern const Table kcm_options;
extern const Table ipx_options;
extern const Table ax25_options;
extern const Table irda_options;
extern const Table llc_options;
extern const Table rxrpc_options;
extern const Table pppol2tp_options;
extern const Table pnpipe_options;
extern const Table rds_options;
extern const Table iucv_options;
extern const Table caif_options;
extern const Table nfc_options;
extern const Table packet_memberships;
extern const Table txrehash_modes;
extern const Table icmp_types;

// flag_tables_filter.cpp
extern const Table bpf_classes;
extern const Table bpf_sizes;
extern const Table bpf_modes;
extern const Table bpf_sources;
extern const Table bpf_alu_operations;
extern const Table bpf_jump_operations;
extern const Table bpf_return_values;
extern const Table bpf_misc_operations;
extern const Table bpf_packet_data;
extern const Table seccomp_actions;
extern const Table seccomp_filter_flags;
extern const Table crypto_flags;

}  // namespace ptop::decode
