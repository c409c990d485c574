// Tables of constants. Each names the header it comes from; unless said otherwise under include/uapi.
#pragma once

#include "flag_table.hpp"

namespace ptop::decode {

// files and descriptors: flag_tables_file.cpp
extern const Table open_flags;
extern const Table descriptor_flags;
extern const Table access_modes;
extern const Table at_flags;
extern const Table faccessat_flags;
extern const Table at_statx_flags;
extern const Table statx_masks;
extern const Table statx_attributes;
extern const Table file_types;
extern const Table whence;
extern const Table fcntl_commands;
extern const Table fd_flags;
extern const Table lock_types;
extern const Table seals;
extern const Table flock_operations;
extern const Table xattr_flags;
extern const Table fallocate_modes;
extern const Table fadvise_advice;
extern const Table sync_file_range_flags;
extern const Table rename_flags;
extern const Table splice_flags;
extern const Table rwf_flags;
extern const Table close_range_flags;
extern const Table memfd_flags;
extern const Table memfd_secret_flags;
extern const Table inotify_masks;
extern const Table inotify_init_flags;
extern const Table fanotify_init_flags;
extern const Table fanotify_mark_flags;
extern const Table fanotify_masks;
extern const Table mount_flags;
extern const Table umount_flags;
extern const Table open_tree_flags;
extern const Table move_mount_flags;
extern const Table fsopen_flags;
extern const Table fsmount_flags;
extern const Table mount_attributes;
extern const Table fspick_flags;
extern const Table fsconfig_commands;
extern const Table resolve_flags;
extern const Table name_to_handle_flags;
extern const Table swap_flags;

// memory: flag_tables_memory.cpp
extern const Table protections;
extern const Table map_flags;
extern const Table mremap_flags;
extern const Table msync_flags;
extern const Table madvise_advice;
extern const Table mlockall_flags;
extern const Table mlock_flags;
extern const Table pkey_rights;
extern const Table memory_policies;
extern const Table mbind_flags;
extern const Table move_pages_flags;
extern const Table get_mempolicy_flags;
extern const Table membarrier_commands;
extern const Table membarrier_flags;
extern const Table rseq_flags;

// processes and their resources: flag_tables_process.cpp
extern const Table clone_names;
extern const Table unshare_flags;
extern const Table setns_flags;
extern const Table wait_options;
extern const Table waitid_types;
extern const Table resources;
extern const Table rusage_who;
extern const Table prctl_options;
extern const Table arch_prctl_options;
extern const Table ptrace_requests;
extern const Table schedulers;
extern const Table priority_who;
extern const Table ioprio_who;
extern const Table pidfd_open_flags;
extern const Table pidfd_signal_flags;
extern const Table futex_operations;
extern const Table futex_flags;

// the whole machine, and security: flag_tables_machine.cpp
extern const Table seccomp_operations;
extern const Table random_flags;
extern const Table kcmp_types;
extern const Table perf_flags;
extern const Table keyctl_operations;
extern const Table landlock_flags;
extern const Table landlock_rules;
extern const Table reboot_magics;
extern const Table reboot_commands;
extern const Table module_init_flags;
extern const Table module_delete_flags;
extern const Table kexec_file_flags;
extern const Table userfaultfd_flags;
extern const Table syslog_actions;

// sockets: flag_tables_network.cpp
extern const Table socket_calls;
extern const Table address_families;
extern const Table socket_types;
extern const Table socket_flags;
extern const Table inet_protocols;
extern const Table message_flags;
extern const Table socket_levels;
extern const Table socket_options;
extern const Table netlink_protocols;
extern const Table shutdown_how;

// signals: flag_tables_signal.cpp
extern const Table signal_names;
extern const Table sigprocmask_how;
extern const Table sigaction_flags;
extern const Table altstack_flags;
extern const Table si_codes;
extern const Table ill_codes;
extern const Table fpe_codes;
extern const Table segv_codes;
extern const Table bus_codes;
extern const Table trap_codes;
extern const Table cld_codes;
extern const Table poll_codes;
extern const Table sys_codes;
extern const Table audit_architectures;

// clocks, timers and polling: flag_tables_time.cpp
extern const Table clocks;
extern const Table timer_flags;
extern const Table itimers;
extern const Table timerfd_flags;
extern const Table epoll_operations;
extern const Table epoll_flags;
extern const Table epoll_events;
extern const Table poll_events;
extern const Table eventfd_flags;
extern const Table signalfd_flags;
extern const Table io_uring_enter_flags;
extern const Table io_uring_register_operations;

// System V IPC: flag_tables_ipc.cpp
extern const Table ipc_private;
extern const Table shmat_flags;
extern const Table ipc_get_flags;
extern const Table shmget_flags;
extern const Table shmctl_commands;
extern const Table semctl_commands;
extern const Table msgctl_commands;
extern const Table message_queue_flags;

// prctl(2) and capabilities: flag_tables_prctl.cpp
extern const Table capabilities;
extern const Table dumpable_settings;
extern const Table xfeatures;
extern const Table unaligned_actions;
extern const Table fpemu_modes;
extern const Table fp_exceptions;
extern const Table fp_modes;
extern const Table timing_modes;
extern const Table endian_modes;
extern const Table seccomp_modes;
extern const Table tsc_modes;
extern const Table secure_bits;
extern const Table mce_kill_actions;
extern const Table mce_kill_policies;
extern const Table mm_fields;
extern const Table ambient_actions;
extern const Table sve_flags;
extern const Table sme_flags;
extern const Table speculation_features;
extern const Table speculation_states;
extern const Table speculation_settings;
extern const Table pac_keys;
extern const Table pac_enabled_keys;
extern const Table tagged_address_flags;
extern const Table mte_modes;
extern const Table dispatch_modes;
extern const Table sched_core_commands;
extern const Table pid_types;
extern const Table vma_settings;
extern const Table mdwe_flags;

// limits of the machine, rings, keys, quotas: flag_tables_system.cpp
extern const Table personalities;
extern const Table personality_flags;
extern const Table ioprio_classes;
extern const Table sched_flags;
extern const Table capability_versions;
extern const Table log_levels;
extern const Table kexec_flags;
extern const Table kexec_architectures;
extern const Table aio_commands;
extern const Table aio_flags;
extern const Table ring_setup_flags;
extern const Table ring_features;
extern const Table ring_operations;
extern const Table ring_operation_flags;
extern const Table ring_restrictions;
extern const Table ring_entry_flags;
extern const Table landlock_fs_access;
extern const Table landlock_net_access;
extern const Table landlock_scopes;
extern const Table landlock_restrict_flags;
extern const Table quota_commands;
extern const Table quota_types;
extern const Table quota_formats;
extern const Table quota_fields;
extern const Table quota_info_fields;
extern const Table quota_info_flags;
extern const Table quota_xfs_flags;
extern const Table key_serials;
extern const Table key_defaults;
extern const Table key_permissions;
extern const Table key_move_flags;
extern const Table key_capabilities0;
extern const Table key_capabilities1;
extern const Table lsm_attributes;

// file systems, owners, clocks, waiting, tracing: flag_tables_more.cpp
extern const Table statfs_types;
extern const Table statfs_flags;
extern const Table owner_types;
extern const Table notify_flags;
extern const Table rw_hints;
extern const Table directory_types;
extern const Table sigevent_kinds;
extern const Table timex_modes;
extern const Table timex_states;
extern const Table timex_results;
extern const Table futex_wake_operations;
extern const Table futex_wake_comparisons;
extern const Table futex_waiter_flags;
extern const Table semaphore_flags;
extern const Table ptrace_option_names;
extern const Table ptrace_peek_flags;
extern const Table register_sets;
extern const Table ptrace_stop_kinds;
extern const Table mempolicy_bits;
extern const Table mount_propagations;
extern const Table file_extended_flags;
extern const Table statmount_masks;
extern const Table lsm_modules;

}  // namespace ptop::decode
