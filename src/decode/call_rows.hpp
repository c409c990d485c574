// The rows of a table, from the parts that they are written in.
#pragma once

#include <array>
#include <cstddef>

#include "argument.hpp"

namespace ptop::decode {

constexpr SyscallRow as_syscall_row(const CallRow& row) {
  return {SyscallNo(row.nr),
          row.name,
          row.groups,
          row.kind,
          {row.arguments.data(), row.count},
          row.decode_result,
          row.decode_detail,
          row.decode_beside,
          row.wide_times};
}

/// `parts` live as long as the table: it points to their arguments.
template <std::size_t... n>
constexpr auto put_together(const std::array<CallRow, n>&... parts) {
  std::array<SyscallRow, (n + ...)> all{};
  std::size_t used = 0;
  const auto add = [&](const auto& part) {
    for (const CallRow& row : part) all[used++] = as_syscall_row(row);
  };
  (add(parts), ...);
  return all;
}

}  // namespace ptop::decode
