// The decoders too odd for a row, one group per family file, and the conditions under which an argument
// exists.
#pragma once

#include "argument.hpp"

namespace ptop::decode {

#define PTOP_DECODER(name) Decoded name(Context&, const Argument&, std::uint64_t)

// file.cpp
PTOP_DECODER(decode_stat);
PTOP_DECODER(decode_statx);
PTOP_DECODER(decode_open_how);
PTOP_DECODER(decode_fcntl_argument);
PTOP_DECODER(decode_fd_pair);
PTOP_DECODER(decode_dirents);
PTOP_DECODER(decode_dirents64);
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
PTOP_DECODER(decode_wait_status);
PTOP_DECODER(decode_rusage);
PTOP_DECODER(decode_rlimit);
PTOP_DECODER(decode_arch_prctl_argument);
PTOP_DECODER(decode_prctl_argument);
PTOP_DECODER(decode_utsname);
PTOP_DECODER(decode_int_pointer);
PTOP_DECODER(decode_long_pointer);
// signal.cpp
PTOP_DECODER(decode_signal);
PTOP_DECODER(decode_signal_set);
PTOP_DECODER(decode_sigaction);
PTOP_DECODER(decode_sigaltstack);
// siginfo.cpp
PTOP_DECODER(decode_siginfo_pointer);
// time.cpp
PTOP_DECODER(decode_timespec);
PTOP_DECODER(decode_timespec_pair);
PTOP_DECODER(decode_time_left);
PTOP_DECODER(decode_timeval);
PTOP_DECODER(decode_itimerval);
PTOP_DECODER(decode_itimerspec);
PTOP_DECODER(decode_futex_timeout);
// poll.cpp
PTOP_DECODER(decode_pollfds);
PTOP_DECODER(decode_epoll_event);
PTOP_DECODER(decode_epoll_events);
// net.cpp
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
// bpf_filter.cpp
PTOP_DECODER(decode_seccomp_argument);
PTOP_DECODER(decode_seccomp_flags);
// ipc.cpp
PTOP_DECODER(decode_ipc_key);
PTOP_DECODER(decode_ipc_flags);

// Results that are no plain numbers, and what they say beside.
Decoded decode_fcntl_result(Context&);
Decoded decode_ioctl_result(Context&);
std::span<const Field> detail_of_ioctl(Context&);
std::span<const Field> detail_of_fcntl(Context&);
std::span<const Field> detail_of_poll(Context&);
std::span<const Field> detail_of_recvmmsg(Context&);
std::span<const Field> detail_of_sigtimedwait(Context&);

#undef PTOP_DECODER

using Args = std::array<std::uint64_t, 6>;
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
bool prctl_has_more(const Args&);
bool reboot_has_argument(const Args&);
bool futex_has_timeout(const Args&);
bool futex_has_second(const Args&);
bool futex_has_val3(const Args&);

}  // namespace ptop::decode
