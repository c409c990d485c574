// The table of system calls, for people and programs: ptrace-fork --list-syscalls and --explain.
#pragma once

#include <string_view>

#include "ptop/base/result.hpp"
#include "ptop/decode/syscall_set.hpp"
#include "ptop/decode/syscall_table.hpp"
#include "ptop/render/output.hpp"

namespace ptop::render {

/// A line for each call of the set, and one that counts them by decoding depth.
void write_syscalls(LineOutput& out, decode::Arch arch, const decode::SyscallSet& wanted);
/// One document, schema ptop.syscalls/1.
void write_syscalls_json(LineOutput& out, decode::Arch arch, const decode::SyscallSet& wanted);
/// What it does, its arguments, its result. Errors: `malformed`, one line with the nearest known name.
Result<void> explain_syscall(LineOutput& out, decode::Arch arch, std::string_view name);
/// The same as such a document with one call.
Result<void> explain_syscall_json(LineOutput& out, decode::Arch arch, std::string_view name);

}  // namespace ptop::render
