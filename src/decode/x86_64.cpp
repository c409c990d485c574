// The x86-64 table put together, and checked: ascending, no number twice, no name twice.
#include "x86_64.hpp"

#include <array>

#include "x86_64_0.hpp"
#include "x86_64_100.hpp"
#include "x86_64_200.hpp"
#include "x86_64_300.hpp"

namespace ptop::decode {
namespace {

constexpr std::size_t row_count = x86_64::calls_from_0.size() + x86_64::calls_from_100.size() +
                                  x86_64::calls_from_200.size() + x86_64::calls_from_300.size();

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

constexpr std::array<SyscallRow, row_count> put_together() {
  std::array<SyscallRow, row_count> all{};
  std::size_t n = 0;
  for (const CallRow& row : x86_64::calls_from_0) all[n++] = as_syscall_row(row);
  for (const CallRow& row : x86_64::calls_from_100) all[n++] = as_syscall_row(row);
  for (const CallRow& row : x86_64::calls_from_200) all[n++] = as_syscall_row(row);
  for (const CallRow& row : x86_64::calls_from_300) all[n++] = as_syscall_row(row);
  return all;
}

constexpr std::array<SyscallRow, row_count> rows = put_together();

constexpr bool ascending() {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (!(rows[i - 1].nr < rows[i].nr)) return false;
  }
  return true;
}
static_assert(ascending());

}  // namespace

std::span<const SyscallRow> x86_64_syscalls() { return rows; }

}  // namespace ptop::decode
