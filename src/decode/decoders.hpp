// The decoders too odd for a row, one group per family file, and the conditions under which an argument
// exists.
#pragma once

#include "argument.hpp"

namespace ptop::decode {

#define PTOP_DECODER(name) Decoded name(Context&, const Argument&, std::uint64_t)

// file.cpp
PTOP_DECODER(decode_attribute);
PTOP_DECODER(decode_attribute_out);
PTOP_DECODER(decode_attribute_names);
PTOP_DECODER(decode_offset);
PTOP_DECODER(decode_offset64);
PTOP_DECODER(decode_high_and_low);
PTOP_DECODER(decode_page_offset);
PTOP_DECODER(decode_stat);
PTOP_DECODER(decode_stat64);
PTOP_DECODER(decode_old_stat);
PTOP_DECODER(decode_statx);
PTOP_DECODER(decode_open_how);
Decoded make_open_how(Context& context, std::uint64_t address, std::uint64_t size);
PTOP_DECODER(decode_fcntl_argument);
PTOP_DECODER(decode_fcntl64_command);
PTOP_DECODER(decode_fcntl64_argument);
PTOP_DECODER(decode_fd_pair);
PTOP_DECODER(decode_dirents);
PTOP_DECODER(decode_dirents64);
PTOP_DECODER(decode_old_dirent);
PTOP_DECODER(decode_file_mode);
PTOP_DECODER(decode_device);
PTOP_DECODER(decode_iovec);
PTOP_DECODER(decode_iovec_out);
// ioctl.cpp
PTOP_DECODER(decode_ioctl_request);
PTOP_DECODER(decode_ioctl_argument);
// process.cpp
PTOP_DECODER(decode_clone_flags);
PTOP_DECODER(decode_clone_args);
PTOP_DECODER(decode_tid_pointer);
PTOP_DECODER(decode_waited);
PTOP_DECODER(decode_wait_status);
PTOP_DECODER(decode_rusage);
PTOP_DECODER(decode_rlimit);
PTOP_DECODER(decode_rlimit64);
PTOP_DECODER(decode_arch_prctl_argument);
PTOP_DECODER(decode_prctl_argument);
PTOP_DECODER(decode_utsname);
PTOP_DECODER(decode_old_utsname);
PTOP_DECODER(decode_oldest_utsname);
PTOP_DECODER(decode_int_pointer);
PTOP_DECODER(decode_long_pointer);
PTOP_DECODER(decode_int64_pointer);
PTOP_DECODER(decode_id16_pointer);
// signal.cpp
PTOP_DECODER(decode_pending_signals);
PTOP_DECODER(decode_restored_mask);
PTOP_DECODER(decode_restored_old_mask);
PTOP_DECODER(decode_old_sigaction);
PTOP_DECODER(decode_old_signal_set);
PTOP_DECODER(decode_signal_mask);
PTOP_DECODER(decode_handler);
PTOP_DECODER(decode_signal);
PTOP_DECODER(decode_signal_set);
PTOP_DECODER(decode_sigaction);
PTOP_DECODER(decode_sigaltstack);
// siginfo.cpp
PTOP_DECODER(decode_siginfo_pointer);
// time.cpp
PTOP_DECODER(decode_timezone);
PTOP_DECODER(decode_tms);
PTOP_DECODER(decode_utimbuf);
PTOP_DECODER(decode_timex);
PTOP_DECODER(decode_sigevent);
PTOP_DECODER(decode_timeval_pair);
PTOP_DECODER(decode_time_pointer);
PTOP_DECODER(decode_clock);
PTOP_DECODER(decode_timespec);
PTOP_DECODER(decode_timespec_pair);
PTOP_DECODER(decode_time_left);
PTOP_DECODER(decode_timeval);
PTOP_DECODER(decode_itimerval);
PTOP_DECODER(decode_itimerspec);
PTOP_DECODER(decode_futex_timeout);
// poll.cpp
PTOP_DECODER(decode_fd_set);
PTOP_DECODER(decode_set_and_size);
PTOP_DECODER(decode_pollfds);
PTOP_DECODER(decode_epoll_event);
Decoded make_epoll_event(Context& context, std::uint64_t address);
PTOP_DECODER(decode_epoll_events);
// net.cpp
PTOP_DECODER(decode_socket_call);
PTOP_DECODER(decode_socket_type);
PTOP_DECODER(decode_protocol);
// sockaddr.cpp
PTOP_DECODER(decode_sockaddr);
PTOP_DECODER(decode_sockaddr_out);
PTOP_DECODER(decode_length_pointer);
// sockopt.cpp
PTOP_DECODER(decode_socket_option);
PTOP_DECODER(decode_got_socket_option);
PTOP_DECODER(decode_option_value);
PTOP_DECODER(decode_option_value_out);
// message.cpp
PTOP_DECODER(decode_sent);
PTOP_DECODER(decode_received);
PTOP_DECODER(decode_sent_message);
PTOP_DECODER(decode_received_message);
PTOP_DECODER(decode_sent_messages);
PTOP_DECODER(decode_received_messages);
// perf.cpp
PTOP_DECODER(decode_perf_attributes);
// bpf.cpp
PTOP_DECODER(decode_bpf_attributes);
Decoded decode_bpf_result(Context& context);
// bpf_filter.cpp
PTOP_DECODER(decode_seccomp_argument);
PTOP_DECODER(decode_seccomp_flags);
// ipc.cpp
PTOP_DECODER(decode_ipc_command);
PTOP_DECODER(decode_shmctl_argument);
PTOP_DECODER(decode_semctl_argument);
PTOP_DECODER(decode_semctl_pointer);
PTOP_DECODER(decode_msgctl_argument);
PTOP_DECODER(decode_semaphore_operations);
PTOP_DECODER(decode_message);
PTOP_DECODER(decode_mq_attributes);
PTOP_DECODER(decode_new_mq_attributes);
PTOP_DECODER(decode_ipc_key);
PTOP_DECODER(decode_ipc_flags);
// vector.cpp
PTOP_DECODER(decode_iovec_addresses);
// stat.cpp
PTOP_DECODER(decode_statfs);
PTOP_DECODER(decode_statfs64);
// creds.cpp
PTOP_DECODER(decode_capability_header);
PTOP_DECODER(decode_capabilities);
PTOP_DECODER(decode_groups);
PTOP_DECODER(decode_groups16);
PTOP_DECODER(decode_thread_area);
PTOP_DECODER(decode_personality);
PTOP_DECODER(decode_pointer_pointer);
PTOP_DECODER(decode_size_pointer);
PTOP_DECODER(decode_segments);
PTOP_DECODER(decode_kcmp_first);
PTOP_DECODER(decode_kcmp_second);
// sched.cpp
PTOP_DECODER(decode_sched_param);
PTOP_DECODER(decode_priority_target);
PTOP_DECODER(decode_io_priority_target);
PTOP_DECODER(decode_sched_attributes);
PTOP_DECODER(decode_sched_attributes_out);
PTOP_DECODER(decode_cpu_mask);
PTOP_DECODER(decode_cpu_mask_out);
PTOP_DECODER(decode_io_priority);
// memory.cpp
PTOP_DECODER(decode_map_flags);
PTOP_DECODER(decode_memfd_flags);
PTOP_DECODER(decode_node_mask);
PTOP_DECODER(decode_policy_pointer);
PTOP_DECODER(decode_residence);
PTOP_DECODER(decode_page_addresses);
PTOP_DECODER(decode_page_nodes);
PTOP_DECODER(decode_page_states);
PTOP_DECODER(decode_cachestat_range);
PTOP_DECODER(decode_cachestat);
// futex.cpp
PTOP_DECODER(decode_futex_val3);
PTOP_DECODER(decode_futex_waiters);
Decoded make_futex_waiters(Context& context, std::uint64_t address, std::uint64_t count);
PTOP_DECODER(decode_futex_pair);
// aio.cpp
PTOP_DECODER(decode_aio_block);
PTOP_DECODER(decode_aio_blocks);
PTOP_DECODER(decode_aio_event);
PTOP_DECODER(decode_aio_events);
// io_uring.cpp
PTOP_DECODER(decode_ring_params);
PTOP_DECODER(decode_ring_argument);
std::span<const Field> beside_ring_enter(Context& context);
// keys.cpp
PTOP_DECODER(decode_key_serial);
PTOP_DECODER(decode_keyctl_argument);
// mount.cpp
PTOP_DECODER(decode_fanotify_flags);
PTOP_DECODER(decode_mount_flags);
PTOP_DECODER(decode_mount_type);
PTOP_DECODER(decode_mount_data);
PTOP_DECODER(decode_fsconfig_key);
PTOP_DECODER(decode_fsconfig_value);
PTOP_DECODER(decode_fsconfig_aux);
PTOP_DECODER(decode_mount_attributes);
PTOP_DECODER(decode_handle_out);
PTOP_DECODER(decode_handle);
PTOP_DECODER(decode_quota_command);
PTOP_DECODER(decode_quota_id);
PTOP_DECODER(decode_quota_data);
// ptrace_call.cpp
PTOP_DECODER(decode_ptrace_request);
PTOP_DECODER(decode_ptrace_address);
PTOP_DECODER(decode_ptrace_data);
// system.cpp
PTOP_DECODER(decode_sysinfo);
PTOP_DECODER(decode_log_action);
PTOP_DECODER(decode_log_buffer);
PTOP_DECODER(decode_log_length);
PTOP_DECODER(decode_swap_flags);
PTOP_DECODER(decode_host_name);
PTOP_DECODER(decode_kexec_segments);
PTOP_DECODER(decode_kexec_flags);
PTOP_DECODER(decode_kernel_command_line);
PTOP_DECODER(decode_ruleset);
PTOP_DECODER(decode_landlock_rule);
// attributes.cpp
PTOP_DECODER(decode_attribute_arguments);
PTOP_DECODER(decode_attribute_arguments_out);
PTOP_DECODER(decode_file_attributes);
PTOP_DECODER(decode_statmount_request);
PTOP_DECODER(decode_listmount_request);
PTOP_DECODER(decode_statmount);
PTOP_DECODER(decode_mount_numbers);
PTOP_DECODER(decode_lsm_numbers);
PTOP_DECODER(decode_security_contexts);
PTOP_DECODER(decode_security_context);
PTOP_DECODER(decode_sysfs_first);
PTOP_DECODER(decode_sysfs_second);
bool sysfs_has_first(const std::array<std::uint64_t, 6>&);
bool sysfs_has_second(const std::array<std::uint64_t, 6>&);
PTOP_DECODER(decode_ustat);

// Results that are no plain numbers, and what they say beside.
Decoded decode_fcntl_result(Context&);
Decoded decode_handler_result(Context&);
Decoded decode_attached_address(Context&);
std::span<const Field> detail_of_signal(Context&);
std::span<const Field> detail_of_signal_mask(Context&);
std::span<const Field> detail_of_old_signal_mask(Context&);
std::span<const Field> detail_of_thread_area(Context&);
Decoded decode_ioctl_result(Context&);
std::span<const Field> detail_of_ioctl(Context&);
std::span<const Field> detail_of_fcntl(Context&);
std::span<const Field> detail_of_poll(Context&);
std::span<const Field> detail_of_ppoll(Context&);
std::span<const Field> detail_of_select(Context&);
std::span<const Field> detail_of_pselect6(Context&);
std::span<const Field> detail_of_membarrier(Context&);
std::span<const Field> detail_of_prctl(Context&);
std::span<const Field> detail_of_personality(Context&);
std::span<const Field> detail_of_scheduler(Context&);
std::span<const Field> detail_of_io_priority(Context&);
Decoded decode_membarrier_result(Context&);
Decoded decode_prctl_result(Context&);
std::span<const Field> detail_of_recvmmsg(Context&);
std::span<const Field> detail_of_time(Context&);
std::span<const Field> detail_of_adjtimex(Context&);
std::span<const Field> detail_of_sigtimedwait(Context&);

#undef PTOP_DECODER

using Args = std::array<std::uint64_t, 6>;
bool keyctl_has_second(const Args&);
bool keyctl_has_third(const Args&);
bool keyctl_has_fourth(const Args&);
bool keyctl_has_fifth(const Args&);
bool quota_has_id(const Args&);
bool quota_has_address(const Args&);
bool quota_fd_has_id(const Args&);
bool quota_fd_has_address(const Args&);
bool ptrace_has_pid(const Args&);
bool ptrace_has_address(const Args&);
bool ptrace_has_data(const Args&);
bool log_has_buffer(const Args&);
bool open_creates(const Args&);
bool openat_creates(const Args&);
bool mknod_makes_device(const Args&);
bool mknodat_makes_device(const Args&);
bool fcntl_has_argument(const Args&);
bool ioctl_has_argument(const Args&);
bool mremap_is_fixed(const Args&);
bool clone_sets_parent_tid(const Args&);
bool clone_sets_tls(const Args&);
bool clone_uses_child_tid(const Args&);
bool prctl_has_second(const Args&);
bool prctl_has_third(const Args&);
bool prctl_has_fourth(const Args&);
bool prctl_has_fifth(const Args&);
bool arch_prctl_has_argument(const Args&);
bool kcmp_has_first(const Args&);
bool membarrier_has_cpu(const Args&);
bool futex_has_value(const Args&);
bool reboot_has_argument(const Args&);
bool futex_has_timeout(const Args&);
bool futex_has_second(const Args&);
bool futex_has_val3(const Args&);

}  // namespace ptop::decode
