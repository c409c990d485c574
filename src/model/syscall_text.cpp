// The line of /proc/<pid>/syscall with the names of the system-call table.
#include "ptop/model/syscall_text.hpp"

#include <fmt/format.h>

#include "ptop/decode/call_shape.hpp"

namespace ptop::model {
namespace {

/// The kernel prints the numbers of the task's own ABI and does not say which that is. A 64-bit program has
/// its stack at the top of 47 bits.
bool is_32_bit(const procfs::SyscallState& state) { return state.sp.raw() <= 0xffffffffU; }

bool has_name(const procfs::SyscallState& state) {
  return state.where == procfs::SyscallState::Where::inside && !is_32_bit(state);
}

const decode::SyscallRow* row_of(const procfs::SyscallState& state) {
  return decode::find_syscall(decode::Arch::x86_64, state.nr);
}

}  // namespace

std::string syscall_name(const procfs::SyscallState& state) {
  if (!has_name(state)) return {};
  const auto* row = row_of(state);
  return row != nullptr ? std::string(row->name) : fmt::format("syscall_{:#x}", state.nr.raw());
}

std::vector<SyscallArgument> syscall_arguments(const procfs::SyscallState& state) {
  std::vector<SyscallArgument> arguments;
  if (!has_name(state)) return arguments;
  if (const auto* row = row_of(state)) {
    for (const decode::ArgumentShape& shape : decode::shape_of(*row))
      arguments.push_back({shape.name, state.args[shape.in_register], shape.is_descriptor});
    return arguments;
  }
  constexpr std::string_view names[] = {"arg1", "arg2", "arg3", "arg4", "arg5", "arg6"};
  for (std::size_t i = 0; i < state.args.size(); ++i) arguments.push_back({names[i], state.args[i], false});
  return arguments;
}

std::optional<int> syscall_descriptor(const procfs::SyscallState& state) {
  const auto arguments = syscall_arguments(state);
  if (arguments.empty() || !arguments.front().is_descriptor) return std::nullopt;
  // The kernel looks at the lower half alone: what is above it is whatever the register held.
  const auto fd = static_cast<std::int32_t>(static_cast<std::uint32_t>(arguments.front().value));
  if (fd < 0) return std::nullopt;
  return fd;
}

}  // namespace ptop::model
