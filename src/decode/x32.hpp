// The x32 table as the lookup functions see it.
#pragma once

#include <span>

#include "ptop/decode/syscall_table.hpp"

namespace ptop::decode {

/// Numbers without __X32_SYSCALL_BIT.
std::span<const SyscallRow> x32_syscalls();

}  // namespace ptop::decode
