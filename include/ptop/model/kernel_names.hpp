// Names of what /proc gives as numbers and masks.
#pragma once

#include <cstdint>
#include <string_view>

#include "ptop/model/value.hpp"

namespace ptop::model {

/// "CAP_CHOWN"…, ascending; see capabilities(7). "CAP_63" for one this build does not know.
WordList capability_names(std::uint64_t mask);
/// "SIGHUP"…, ascending; bit 0 is signal 1.
WordList signal_names(std::uint64_t mask);
/// "SCHED_OTHER"…, see sched(7); empty for a policy this build does not know.
std::string_view policy_name(std::uint32_t policy);
/// "disabled", "strict", "filter"; empty for another number. See proc_pid_status(5).
std::string_view seccomp_mode_name(std::uint32_t mode);

}  // namespace ptop::model
