// The x86-64 table as the lookup functions see it.
#pragma once

#include <span>

#include "ptop/decode/syscall_table.hpp"

namespace ptop::decode {

std::span<const SyscallRow> x86_64_syscalls();

}  // namespace ptop::decode
