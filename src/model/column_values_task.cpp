// Values that need more than a look: names for numbers, what only some tasks have, files beside stat and
// status.
#include <algorithm>

#include <fmt/format.h>

#include "column_values.hpp"
#include "ptop/model/kernel_names.hpp"
#include "ptop/procfs/cmdline.hpp"

namespace ptop::model::values {
namespace {

template <class Ids>
NumberList raw_numbers(const Ids& ids) {
  NumberList numbers;
  numbers.reserve(ids.size());
  for (const auto id : ids) numbers.push_back(std::int64_t{id.raw()});
  return numbers;
}

/// The exit code of a zombie that we may see, as of waitpid(2).
std::optional<std::int32_t> wait_status(const Row& row) {
  const auto& zombie = row.scene.classes[row.index].zombie();
  return zombie && !row.sample.is_thread() ? zombie->exit_code : std::nullopt;
}
constexpr int signal_of(std::int32_t wait_status) { return wait_status & 0x7f; }

}  // namespace

Value nspid(const Row& row) {
  if (!row.sample.has(Source::status) || row.sample.status->ns_pid.empty()) return {};
  return raw_numbers(row.sample.status->ns_pid);
}

Value exe_deleted(const Row& row) {
  if (!row.sample.has(Source::exe)) return {};
  return row.sample.exe_deleted;
}

Value root(const Row& row) {
  if (!row.sample.has(Source::root)) return {};
  return Bytes{row.sample.more().root};
}

Value environment(const Row& row) {
  if (!row.sample.has(Source::environ)) return {};
  ByteList words;
  for (const std::string_view word : procfs::parse_cmdline(row.sample.more().environment))
    words.push_back({word});
  return words;
}

Value umask(const Row& row) {
  if (!row.sample.has(Source::status) || !row.sample.status->umask) return {};
  return Word(kept(row, fmt::format("{:04o}", *row.sample.status->umask)));
}

Value exit_code(const Row& row) {
  const auto status = wait_status(row);
  if (!status || signal_of(*status) != 0) return {};
  return std::int64_t{*status >> 8 & 0xff};
}

Value killed_by(const Row& row) {
  const auto status = wait_status(row);
  if (!status || signal_of(*status) == 0) return {};
  return signal_names(std::uint64_t{1} << (signal_of(*status) - 1)).front();
}

Value user_named(const Row& row, Uid uid) { return Bytes{row.scene.users.name(uid)}; }
Value group_named(const Row& row, Gid gid) { return Bytes{row.scene.users.group(gid)}; }

Value groups(const Row& row) {
  if (!row.sample.has(Source::status)) return {};
  return raw_numbers(row.sample.status->groups);
}

Value capabilities(std::uint64_t mask) { return capability_names(mask); }
Value capabilities(std::optional<std::uint64_t> mask) { return mask ? capabilities(*mask) : Value(); }
Value signals(std::uint64_t mask) { return signal_names(mask); }

Value seccomp(const Row& row) {
  if (!row.sample.has(Source::status) || !row.sample.status->seccomp) return {};
  const std::uint32_t mode = *row.sample.status->seccomp;
  const std::string_view name = seccomp_mode_name(mode);
  return name.empty() ? Word(kept(row, fmt::format("{}", mode))) : name;
}

Value loginuid(const Row& row) {
  if (!row.sample.has(Source::loginuid)) return {};
  const auto& uid = row.sample.more().loginuid;
  return uid ? to_value(*uid) : std::int64_t{-1};
}

Value label(const Row& row) {
  if (!row.sample.has(Source::label)) return {};
  return Bytes{row.sample.more().label};
}

Value policy(const Row& row) {
  const std::string_view name = policy_name(row.sample.stat.policy);
  return name.empty() ? Word(kept(row, fmt::format("SCHED_{}", row.sample.stat.policy))) : name;
}

Value cpus_allowed(const Row& row) {
  const std::string& list = row.sample.status->cpus_allowed_list;
  if (!row.sample.has(Source::status) || list.empty()) return {};
  return Bytes{list};
}

Value autogroup(const Row& row) {
  if (!row.sample.more().autogroup) return {};
  return row.sample.more().autogroup->id;
}
Value autogroup_nice(const Row& row) {
  if (!row.sample.more().autogroup) return {};
  return to_value(row.sample.more().autogroup->nice);
}

Value uss(const Row& row) {
  if (!row.sample.has(Source::smaps_rollup)) return {};
  return to_value(row.sample.more().smaps.uss());
}

Value wchan(const Row& row) {
  if (!row.sample.has(Source::wchan) || !row.sample.more().wchan) return {};
  return Bytes{*row.sample.more().wchan};
}

Value syscall(const Row& row) {
  using Where = procfs::SyscallState::Where;
  const auto& state = row.sample.more().syscall;
  if (!row.sample.has(Source::syscall) || state.where != Where::inside) return {};
  if (row.sample.stat.is_kernel_thread()) return {};  // its zeros are no read(2)
  return state.nr.raw();
}

Availability why_no_line(const Row&) { return Availability::unsupported; }
Availability why_no_memory_line(const Row& row) {
  const bool has_memory = row.sample.status->vm_rss.has_value();
  return has_memory ? Availability::unsupported : Availability::present;
}
Availability why_no_umask(const Row& row) {
  const bool let_go = row.sample.stat.state == procfs::TaskState::zombie;
  return let_go ? Availability::present : Availability::unsupported;
}
Availability why_no_namespace(const Row& row) { return why_no_umask(row); }

Value namespace_inode(const Row& row, std::string_view name) {
  const auto& all = row.sample.more().namespaces;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& ns) { return ns.name == name; });
  return found == all.end() ? Value() : found->inode;
}

}  // namespace ptop::model::values
