// Tables of constants behind the arguments of ioctl(2): flag_tables_ioctl.cpp, flag_tables_terminal.cpp.
#pragma once

#include "flag_table.hpp"

namespace ptop::decode {

extern const Table terminal_input_flags;
extern const Table terminal_output_flags;
extern const Table terminal_control_flags;
extern const Table terminal_local_flags;
extern const Table line_disciplines;
extern const Table modem_lines;
extern const Table flow_actions;
extern const Table flush_queues;
extern const Table file_attributes;
extern const Table file_xflags;
extern const Table fiemap_flags;
extern const Table fiemap_extent_flags;
extern const Table partition_operations;
extern const Table interface_flags;
extern const Table loop_crypt;
extern const Table loop_flags;
extern const Table input_axes;
extern const Table input_kinds;
extern const Table input_effects;
extern const Table console_modes;
extern const Table keyboard_modes;
extern const Table keyboard_leds;
extern const Table userfaultfd_features;
extern const Table userfaultfd_register_modes;
extern const Table userfaultfd_copy_modes;
extern const Table userfaultfd_zeropage_modes;
extern const Table userfaultfd_requests;
extern const Table perf_ioctl_flags;
extern const Table seccomp_response_flags;
extern const Table seccomp_addfd_flags;
extern const Table namespace_kinds;
extern const Table kvm_capabilities;
extern const Table kvm_memory_flags;
extern const Table scsi_directions;
extern const Table scsi_flags;
extern const Table scsi_info;
extern const Table scsi_resets;
extern const Table bsg_protocols;
extern const Table bsg_subprotocols;
extern const Table bsg_flags;
extern const Table btrfs_objects;
extern const Table btrfs_item_types;
extern const Table btrfs_subvolume_flags;
extern const Table btrfs_quota_limits;
extern const Table btrfs_inherit_flags;
extern const Table btrfs_scrub_flags;
extern const Table btrfs_replace_modes;
extern const Table btrfs_replace_states;
extern const Table btrfs_replace_commands;
extern const Table btrfs_replace_results;
extern const Table btrfs_checksums;
extern const Table btrfs_system_flags;
extern const Table btrfs_features;
extern const Table btrfs_features_ro;
extern const Table btrfs_features_incompat;
extern const Table btrfs_balance_profiles;
extern const Table btrfs_space_flags;
extern const Table btrfs_balance_filters;
extern const Table btrfs_balance_flags;
extern const Table btrfs_balance_states;
extern const Table btrfs_balance_commands;
extern const Table btrfs_defragment_flags;
extern const Table btrfs_compressions;
extern const Table btrfs_quota_commands;
extern const Table btrfs_send_flags;
extern const Table btrfs_logical_flags;
extern const Table btrfs_statistics_flags;
extern const Table btrfs_statistics;

}  // namespace ptop::decode
