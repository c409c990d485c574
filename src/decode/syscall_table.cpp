// Looking up rows and groups.
#include "ptop/decode/syscall_table.hpp"

#include <algorithm>
#include <array>

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

}  // namespace

std::string_view group_name(Group g) { return group_names[static_cast<std::size_t>(g)].name; }

std::optional<Group> find_group(std::string_view name) {
  if (name == "net") return Group::network;
  const auto row = std::find_if(group_names.begin(), group_names.end(),
                                [&](const GroupName& g) { return g.name == name; });
  if (row == group_names.end()) return std::nullopt;
  return row->group;
}

std::span<const SyscallRow> syscalls(Arch arch) {
  return arch == Arch::x86_64 ? x86_64_syscalls() : std::span<const SyscallRow>{};
}

const SyscallRow* find_syscall(Arch arch, SyscallNo nr) {
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
