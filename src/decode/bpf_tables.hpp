// The tables of bpf(2) and perf_event_open(2).
#pragma once

#include "flag_table.hpp"

namespace ptop::decode {

extern const Table bpf_commands;
extern const Table bpf_map_types;
extern const Table bpf_map_flags;
extern const Table bpf_program_types;
extern const Table bpf_program_flags;
extern const Table bpf_lookup_flags;
extern const Table bpf_update_flags;
extern const Table bpf_attach_types;
extern const Table bpf_attach_flags;
extern const Table bpf_query_flags;
extern const Table bpf_statistics;
extern const Table bpf_descriptor_types;
extern const Table bpf_test_flags;
extern const Table bpf_file_flags;
extern const Table bpf_kprobe_flags;
extern const Table bpf_uprobe_flags;
extern const Table bpf_netfilter_flags;
extern const Table bpf_link_types;
extern const Table bpf_registers;
extern const Table extended_classes;
extern const Table extended_modes;
extern const Table extended_arithmetic;
extern const Table extended_jumps;
extern const Table perf_types;
extern const Table perf_attribute_sizes;
extern const Table perf_hardware_events;
extern const Table perf_software_events;
extern const Table perf_caches;
extern const Table perf_cache_operations;
extern const Table perf_cache_results;
extern const Table perf_sample_types;
extern const Table perf_read_formats;
extern const Table perf_branch_types;
extern const Table breakpoint_types;

}  // namespace ptop::decode
