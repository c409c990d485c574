// Names of signals and error numbers, the kernel's spelling.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ptop {

/// "SIGTERM"; real-time signals as "SIGRT_n" counted from 32, as strace does; "SIG_n" outside 1…64.
std::string signal_name(int signal);
/// What it is, in a few words: "terminated", "segmentation fault". Empty when unknown.
std::string_view signal_text(int signal);
/// Takes "TERM", "SIGTERM", "term", "15", "SIGRT_3", "RTMIN+1".
std::optional<int> parse_signal(std::string_view text);
/// The signals of a mask as in proc_pid_status(5) SigBlk: bit 0 is signal 1. Ascending.
std::vector<int> signals_in_mask(std::uint64_t mask);

/// "ENOENT"; also the kernel-internal ERESTARTSYS (512) and relatives; "" when unknown.
std::string_view errno_name(int error_number);
/// "No such file or directory", never localised; "" when unknown.
std::string_view errno_text(int error_number);

}  // namespace ptop
