// Looking up rows and groups.
#include "ptop/decode/syscall_table.hpp"

#include <algorithm>
#include <array>

#include "i386.hpp"
#include "x32.hpp"
#include "x86_64.hpp"

namespace ptop::decode {
namespace {

struct GroupName {
  Group group;
  std::string_view name;
};

// strace(1), "Filtering". The %% ones are %stat and its like of all kinds.
constexpr std::array group_names{
    GroupName{Group::file, "file"},       GroupName{Group::process, "process"},
    GroupName{Group::network, "network"}, GroupName{Group::signal, "signal"},
    GroupName{Group::ipc, "ipc"},         GroupName{Group::desc, "desc"},
    GroupName{Group::memory, "memory"},   GroupName{Group::creds, "creds"},
    GroupName{Group::clock, "clock"},     GroupName{Group::stat, "stat"},
    GroupName{Group::lstat, "lstat"},     GroupName{Group::fstat, "fstat"},
    GroupName{Group::statfs, "statfs"},   GroupName{Group::fstatfs, "fstatfs"},
    GroupName{Group::stat_like, "%stat"}, GroupName{Group::statfs_like, "%statfs"},
    GroupName{Group::pure, "pure"},
};

constexpr bool rows_match_enum() {
  for (std::size_t i = 0; i < group_names.size(); ++i) {
    if (group_names[i].group != static_cast<Group>(i)) return false;
  }
  return true;
}
static_assert(rows_match_enum());

constexpr std::array<std::string_view, 4> arch_names{"x86_64", "i386", "x32", "aarch64"};

}  // namespace

std::string_view group_name(Group g) { return group_names[static_cast<std::size_t>(g)].name; }

std::optional<Group> find_group(std::string_view name) {
  if (name == "net") return Group::network;
  const auto row = std::find_if(group_names.begin(), group_names.end(),
                                [&](const GroupName& g) { return g.name == name; });
  if (row == group_names.end()) return std::nullopt;
  return row->group;
}

// A machine with another processor has tables of its own, and lists them here.
std::span<const Arch> machine_arches() {
  static constexpr Arch arches[] = {Arch::x86_64, Arch::i386, Arch::x32};
  return arches;
}

std::string_view arch_name(Arch arch) { return arch_names[static_cast<std::size_t>(arch)]; }
std::optional<Arch> find_arch(std::string_view name) {
  const auto found = std::ranges::find(arch_names, name);
  if (found == arch_names.end()) return std::nullopt;
  return static_cast<Arch>(found - arch_names.begin());
}

std::span<const SyscallRow> syscalls(Arch arch) {
  switch (arch) {
    case Arch::x86_64:
      return x86_64_syscalls();
    case Arch::i386:
      return i386::syscalls();
    case Arch::x32:
      return x32_syscalls();
    case Arch::aarch64:
      break;
  }
  return {};
}

std::span<const SyscallRow> inner_syscalls(Arch arch) {
  return arch == Arch::i386 ? i386::inner_syscalls() : std::span<const SyscallRow>{};
}

const SyscallRow* find_syscall(Arch arch, SyscallNo nr) {
  constexpr std::int64_t x32_bit = 0x40000000;  // __X32_SYSCALL_BIT
  if (arch == Arch::x32) nr = SyscallNo(nr.raw() & ~x32_bit);
  const auto rows = syscalls(arch);
  // Most numbers are their row's, too: those below the first gap.
  const auto index = static_cast<std::uint64_t>(nr.raw());
  if (index < rows.size() && rows[index].nr == nr) return &rows[index];
  const auto row = std::lower_bound(rows.begin(), rows.end(), nr,
                                    [](const SyscallRow& r, SyscallNo n) { return r.nr < n; });
  return row != rows.end() && row->nr == nr ? &*row : nullptr;
}

const SyscallRow* find_syscall(Arch arch, std::string_view name) {
  const auto rows = syscalls(arch);
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const SyscallRow& r) { return r.name == name; });
  return row != rows.end() ? &*row : nullptr;
}

}  // namespace ptop::decode
