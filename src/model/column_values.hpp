// One function per column: its value for one row. For the column table only. Where the value is a member of
// what was parsed, the function is made from the member.
#pragma once

#include <concepts>

#include "ptop/model/columns.hpp"

namespace ptop::model::values {

inline Value to_value(bool b) { return b; }
template <std::integral I>
Value to_value(I number) {
  if constexpr (std::signed_integral<I>) {
    return std::int64_t{number};
  } else {
    return std::uint64_t{number};
  }
}
template <class Tag, class Rep>
Value to_value(Id<Tag, Rep> id) {
  return std::int64_t{id.raw()};
}
template <class T>
Value to_value(const std::optional<T>& value) {
  return value ? to_value(*value) : Value();
}

std::uint64_t to_ns(std::uint64_t ticks, const Row& row);
/// Text that only this value needs, kept with the scene.
std::string_view kept(const Row& row, std::string text);

template <auto Member>
Value stat(const Row& row) {
  return to_value(row.sample.stat.*Member);
}
template <auto Member>
Value stat_time(const Row& row) {
  return to_ns((row.sample.stat.*Member).raw(), row);
}
template <auto Member>
Value waited_for(const Row& row) {
  return to_value((*row.sample.stat.waited_for).*Member);
}
template <auto Member>
Value waited_for_time(const Row& row) {
  return to_ns(((*row.sample.stat.waited_for).*Member).raw(), row);
}
template <auto Member>
Value status(const Row& row) {
  if (!row.sample.has(Source::status)) return {};
  return to_value((*row.sample.status).*Member);
}
/// A member of a member of Status.
template <auto Part, auto Member>
Value status_part(const Row& row) {
  if (!row.sample.has(Source::status)) return {};
  return to_value((*row.sample.status).*Part.*Member);
}
template <Source source, auto Member>
Value extra(const Row& row) {
  if (!row.sample.has(source)) return {};
  return to_value(row.sample.more().*Member);
}
template <Source source, auto Part, auto Member>
Value extra_part(const Row& row) {
  if (!row.sample.has(source)) return {};
  return to_value(row.sample.more().*Part.*Member);
}

Value capabilities(std::uint64_t mask);
Value capabilities(std::optional<std::uint64_t> mask);
template <auto Member>
Value capabilities(const Row& row) {
  if (!row.sample.has(Source::status)) return {};
  return capabilities((*row.sample.status).*Member);
}
Value signals(std::uint64_t mask);
template <auto Member>
Value signals(const Row& row) {
  if (!row.sample.has(Source::status)) return {};
  return signals(row.sample.status->signals.*Member);
}

Value user_named(const Row& row, Uid uid);
template <auto Member>
Value user_named(const Row& row) {
  if (!row.sample.has(Source::status)) return {};
  return user_named(row, row.sample.status->uid.*Member);
}
Value group_named(const Row& row, Gid gid);
template <auto Member>
Value group_named(const Row& row) {
  if (!row.sample.has(Source::status)) return {};
  return group_named(row, row.sample.status->gid.*Member);
}

/// The inode number of the namespace entry ns/NAME.
Value namespace_inode(const Row& row, std::string_view name);

Value pid(const Row& row);
Value tid(const Row& row);
Value ppid(const Row& row);
Value pgid(const Row& row);
Value sid(const Row& row);
Value tty(const Row& row);
Value uid(const Row& row);
Value user(const Row& row);
Value gid(const Row& row);
Value state(const Row& row);
Value state_name(const Row& row);
Value comm(const Row& row);
Value exe(const Row& row);
Value argv(const Row& row);
Value command(const Row& row);
Value cwd(const Row& row);
Value start_ticks(const Row& row);
Value age_ns(const Row& row);
Value cpu(const Row& row);
Value utime_ns(const Row& row);
Value stime_ns(const Row& row);
Value time_ns(const Row& row);
Value rss(const Row& row);
Value vsz(const Row& row);
Value shared(const Row& row);
Value mem(const Row& row);
Value threads(const Row& row);
Value nice(const Row& row);
Value priority(const Row& row);
Value cgroup(const Row& row);
Value classes(const Row& row);
Value children(const Row& row);

// Family.
Value nspid(const Row& row);
Value depth(const Row& row);
Value child_count(const Row& row);
Value tree_cpu(const Row& row);
Value tree_rss(const Row& row);
Value tree_count(const Row& row);
Value exe_deleted(const Row& row);
Value root(const Row& row);
Value environment(const Row& row);
Value umask(const Row& row);
Value exit_code(const Row& row);
Value killed_by(const Row& row);

// Identity of the user, scheduling.
Value groups(const Row& row);
Value seccomp(const Row& row);
Value loginuid(const Row& row);
Value label(const Row& row);
Value policy(const Row& row);
Value cpus_allowed(const Row& row);
Value autogroup(const Row& row);
Value autogroup_nice(const Row& row);
Value uss(const Row& row);
Value wchan(const Row& row);
Value syscall(const Row& row);

// From the paths of its control groups.
Value cgroups(const Row& row);
Value unit(const Row& row);
Value user_unit(const Row& row);
Value slice(const Row& row);
Value login_session(const Row& row);
Value container_runtime(const Row& row);
Value container_id(const Row& row);
Value container_name(const Row& row);
Value pod_name(const Row& row);
Availability why_no_container_name(const Row& row);
Value pod_uid(const Row& row);

// From the control groups themselves.
/// The groups of this row's task; nullptr: not read.
const CgroupUse* cgroup_use(const Row& row);
template <auto Part, auto Member>
Value cgroup_fact(const Row& row) {
  const CgroupUse* use = cgroup_use(row);
  return use != nullptr && (use->*Part.*Member).known() ? to_value((use->*Part.*Member).value) : Value();
}
template <auto Part, auto Member>
Availability why_no_cgroup_fact(const Row& row) {
  const CgroupUse* use = cgroup_use(row);
  return use == nullptr ? Availability::unsupported : (use->*Part.*Member).availability;
}
Value some_pressure(const Fact<procfs::Pressure>& pressure);
template <auto Member>
Value cgroup_pressure(const Row& row) {
  const CgroupUse* use = cgroup_use(row);
  return use == nullptr ? Value() : some_pressure(use->pressure.*Member);
}
Value cgroup_cpu_max(const Row& row);
Value cgroup_io_read(const Row& row);
Value cgroup_io_write(const Row& row);
Value cgroup_freezer(const Row& row);

// A line of status, or a namespace, that this kernel does not know yet is unsupported; one that there is not
// for such a task (memory of a kernel thread, most of a zombie) is missing without a reason.
Availability why_no_line(const Row& row);
Availability why_no_memory_line(const Row& row);
Availability why_no_umask(const Row& row);
Availability why_no_namespace(const Row& row);

// What takes more than one file to tell; why_no_… says what stands in the way.
Value state_age_ns(const Row& row);
Availability why_no_state_age(const Row& row);
Value blkio_delay_ns(const Row& row);
Availability why_no_blkio_delay(const Row& row);
bool counts_delays(const Row& row);
template <auto Member>
Value task_delay(const Row& row) {
  const auto& all = row.scene.snapshot.task_delays;
  const auto found = all.find(row.sample.key.tid);
  if (found == all.end()) return {};
  const std::optional<std::uint64_t> waited = found->second.*Member;
  return waited == 0U && !counts_delays(row) ? Value() : to_value(waited);
}
/// Read, and yet nothing: not counted now, or the kernel is older than the account.
template <auto Member>
Availability why_no_task_delay(const Row& row) {
  const bool is_nothing = std::holds_alternative<std::monostate>(task_delay<Member>(row));
  return is_nothing ? Availability::unsupported : Availability::present;
}
Value syscall_name(const Row& row);
Value syscall_args(const Row& row);
Value exe_file(const Row& row);
Value std_files(const Row& row);
Value adopter(const Row& row);
Value adopter_evidence(const Row& row);
Availability why_no_adopter(const Row& row);
Value securebits(const Row& row);
Availability why_no_securebits(const Row& row);
Value userns_owner(const Row& row);
Availability why_no_userns_owner(const Row& row);
Value sysv_shm(const Row& row);
Value posix_shm(const Row& row);

}  // namespace ptop::model::values
