// The i386 table put together, and the calls that stand for others: which one it is, and where its arguments
// are.
#include "i386.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "call_rows.hpp"
#include "i386_0.hpp"
#include "i386_100.hpp"
#include "i386_200.hpp"
#include "i386_300.hpp"
#include "i386_inner.hpp"

namespace ptop::decode::i386 {
namespace {

constexpr auto rows = put_together<calls_from_0, calls_from_100, calls_from_200, calls_from_300>();
constexpr auto inner_rows = put_together<inner_calls>();

template <std::size_t n>
constexpr bool ascending(const std::array<SyscallRow, n>& all) {
  for (std::size_t i = 1; i < n; ++i) {
    if (!(all[i - 1].nr < all[i].nr)) return false;
  }
  return true;
}
static_assert(ascending(rows) && ascending(inner_rows));
static_assert(rows.back().nr < first_inner_call && SyscallNo(first_socket_call) >= first_inner_call);

const SyscallRow* inner_row(std::int64_t nr) {
  const auto row = std::ranges::lower_bound(inner_rows, SyscallNo(nr), {}, &SyscallRow::nr);
  return row != inner_rows.end() && row->nr == SyscallNo(nr) ? &*row : nullptr;
}

std::optional<std::array<std::uint64_t, 6>> words_at(std::uint64_t address, std::size_t count,
                                                     MemoryReader& memory) {
  std::array<std::uint32_t, 6> words{};
  const auto wanted = std::as_writable_bytes(std::span(words).first(count));
  if (memory.read(address, wanted) != wanted.size()) return std::nullopt;
  std::array<std::uint64_t, 6> args{};
  std::ranges::copy(words, args.begin());
  return args;
}

// The arguments are one behind the other in memory.
void take_from_memory(Call& call, std::int64_t inner, std::uint64_t address, MemoryReader& memory) {
  const SyscallRow* const row = inner_row(inner);
  const auto args = row == nullptr ? std::nullopt : words_at(address, row->arguments.size(), memory);
  if (!args) return;
  call.row = row;
  call.raw.args = *args;
}

/// Where ipc(2) has the arguments of each call: indices of (call, first, second, third, ptr, fifth).
/// ipc/syscall.c of the kernel.
struct IpcCall {
  std::uint32_t number;
  std::array<std::uint8_t, 5> from;
};
constexpr IpcCall ipc_calls[] = {
    {1, {1, 4, 2}},        {2, {1, 2, 3}},  {3, {1, 2, 3, 4}}, {4, {1, 4, 2, 5}},  {11, {1, 4, 2, 3}},
    {12, {1, 4, 2, 5, 3}}, {13, {1, 2}},    {14, {1, 2, 4}},   {21, {1, 4, 2, 3}}, {22, {4}},
    {23, {1, 2, 3}},       {24, {1, 2, 4}},
};

// msgrcv(2) of version 0 has two of them in memory: struct compat_ipc_kludge.
bool take_kludge(Call& call, MemoryReader& memory) {
  constexpr std::uint64_t version = 16;
  if (call.raw.args[0] >> version != 0) return true;
  const auto kludge = words_at(call.raw.args[4], 2, memory);
  if (!kludge) return false;
  call.raw.args[4] = (*kludge)[0];
  call.raw.args[5] = (*kludge)[1];
  return true;
}

void take_ipc(Call& call, MemoryReader& memory) {
  constexpr std::uint32_t msgrcv = 12;
  const auto number = static_cast<std::uint32_t>(call.raw.args[0] & 0xffff);
  const auto found = std::ranges::find(ipc_calls, number, &IpcCall::number);
  if (found == std::end(ipc_calls) || (number == msgrcv && !take_kludge(call, memory))) return;
  const auto given = call.raw.args;
  call.row = inner_row(first_ipc_call + number);
  for (std::size_t i = 0; i < found->from.size(); ++i) call.raw.args[i] = given[found->from[i]];
}

}  // namespace

std::span<const SyscallRow> syscalls() { return rows; }
std::span<const SyscallRow> inner_syscalls() { return inner_rows; }

void find_inner(Call& call, MemoryReader& memory) {
  constexpr std::int64_t select = 82, mmap = 90, socketcall = 102, ipc = 117;
  const auto& args = call.raw.args;
  switch (call.raw.nr.raw()) {
    case select:
      return take_from_memory(call, select_in_memory, args[0], memory);
    case mmap:
      return take_from_memory(call, mmap_in_memory, args[0], memory);
    case socketcall:
      if (args[0] >= 1 && args[0] <= last_socket_call)
        take_from_memory(call, first_socket_call + static_cast<std::int64_t>(args[0]), args[1], memory);
      return;
    case ipc:
      return take_ipc(call, memory);
    default:
      return;
  }
}

}  // namespace ptop::decode::i386
