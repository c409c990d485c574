// The rows of a table, from the parts that they are written in.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "argument.hpp"

namespace ptop::decode {

constexpr SyscallRow as_syscall_row(const CallRow& row, std::span<const Argument> arguments) {
  return {SyscallNo(row.nr), row.name,          row.groups,        row.kind,      arguments,
          row.decode_result, row.decode_detail, row.decode_beside, row.wide_times};
}

template <const auto& part>
constexpr std::size_t argument_count() {
  std::size_t count = 0;
  for (const CallRow& row : part) count += row.count;
  return count;
}

template <const auto&... parts>
constexpr auto collect_arguments() {
  std::array<Argument, (argument_count<parts>() + ...)> all{};
  std::size_t used = 0;
  const auto add = [&](const auto& part) {
    for (const CallRow& row : part) {
      for (std::size_t i = 0; i < row.count; ++i) all[used++] = row.arguments[i];
    }
  };
  (add(parts), ...);
  return all;
}
/// Those that there are: a CallRow has room for six.
template <const auto&... parts>
inline constexpr auto arguments_of = collect_arguments<parts...>();

template <const auto&... parts>
constexpr auto put_together() {
  std::array<SyscallRow, (parts.size() + ...)> all{};
  std::span<const Argument> arguments(arguments_of<parts...>);
  std::size_t used = 0;
  const auto add = [&](const auto& part) {
    for (const CallRow& row : part) {
      all[used++] = as_syscall_row(row, arguments.first(row.count));
      arguments = arguments.subspan(row.count);
    }
  };
  (add(parts), ...);
  return all;
}

}  // namespace ptop::decode
