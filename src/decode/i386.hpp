// The i386 table as the lookup functions see it, and the calls that are several in one.
#pragma once

#include <span>

#include "ptop/decode/decoder.hpp"
#include "ptop/decode/syscall_table.hpp"

namespace ptop::decode::i386 {

std::span<const SyscallRow> syscalls();
std::span<const SyscallRow> inner_syscalls();

/// Of socketcall(2), ipc(2), and the old select(2) and mmap(2), which find their arguments in memory: the
/// call that it is, with the arguments of that one. Left as it is when its number is none or they cannot be
/// read.
void find_inner(Call& call, MemoryReader& memory);

}  // namespace ptop::decode::i386
