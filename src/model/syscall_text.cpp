// The line of /proc/<pid>/syscall with the names of the system-call table.
#include "ptop/model/syscall_text.hpp"

#include <fmt/format.h>

#include "ptop/decode/call_shape.hpp"

namespace ptop::model {
namespace {

bool has_name(const procfs::SyscallState& state) {
  return state.where == procfs::SyscallState::Where::inside;
}

const decode::SyscallRow* row_of(const procfs::SyscallState& state) {
  return decode::find_syscall(syscall_arch(state), state.nr);
}

}  // namespace

decode::Arch syscall_arch(const procfs::SyscallState& state) {
  constexpr std::int64_t x32_bit = 0x40000000;  // __X32_SYSCALL_BIT
  if ((state.nr.raw() & x32_bit) != 0) return decode::Arch::x32;
  return state.sp.raw() <= 0xffffffffU ? decode::Arch::i386 : decode::Arch::x86_64;
}

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
