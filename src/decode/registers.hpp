// Registers as ptrace(2) reads and writes them, in the layout of the caller's ABI.
#pragma once

#include "argument.hpp"

namespace ptop::decode {

/// PTRACE_GETREGS, PTRACE_SETREGS
Decoded decode_registers(Context&, const Argument&, std::uint64_t);
/// PTRACE_GETFPREGS, PTRACE_SETFPREGS
Decoded decode_floating_registers(Context&, const Argument&, std::uint64_t);
/// PTRACE_SETREGSET: an iovec; its kind is the call's third argument.
Decoded decode_register_set(Context&, const Argument&, std::uint64_t);
/// PTRACE_GETREGSET: the kernel writes how much there was.
Decoded decode_register_set_out(Context&, const Argument&, std::uint64_t);

}  // namespace ptop::decode
