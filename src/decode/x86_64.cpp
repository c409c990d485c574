// The x86-64 table put together, and checked: ascending, no number twice, no name twice.
#include "x86_64.hpp"

#include <array>

#include "call_rows.hpp"
#include "x86_64_0.hpp"
#include "x86_64_100.hpp"
#include "x86_64_200.hpp"
#include "x86_64_300.hpp"

namespace ptop::decode {
namespace {

constexpr auto rows = put_together<x86_64::calls_from_0, x86_64::calls_from_100, x86_64::calls_from_200,
                                   x86_64::calls_from_300>();

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
