// The one table of everything shown about a process. Key = JSON key = config key = query field.
#pragma once

#include <cstdint>
#include <forward_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/model/classify.hpp"
#include "ptop/model/rates.hpp"
#include "ptop/model/sample.hpp"
#include "ptop/model/tree.hpp"
#include "ptop/model/users.hpp"
#include "ptop/model/value.hpp"

namespace ptop::model {

/// Of a process and all below it.
struct SubtreeSum {
  std::uint64_t count = 0, rss_pages = 0;
  std::optional<double> cpu;  ///< nullopt: no figure for any of them
};

/// Everything columns look at, made once per snapshot. Borrows all of it.
struct Scene {
  const Snapshot& snapshot;
  const Tree& tree;
  const std::vector<Classification>& classes;
  const History* history = nullptr;  ///< nullptr: one-shot, CPU per cent over the lifetime
  UserNames& users;

  /// What the values of columns made for themselves. It grows while they are asked for, so a scene serves one
  /// thread at a time.
  struct Made {
    std::forward_list<std::string> texts;  ///< that Bytes and Words point to
    std::vector<SubtreeSum> subtrees;      ///< empty until the first is asked for
  };
  mutable Made made{};
};

/// One line of a table.
struct Row {
  const Scene& scene;
  const Sample& sample;
  ProcessIndex index;  ///< of its process (for a thread: of the process it belongs to)
};

/// Which task a line is of, for lists that are sorted and filtered.
struct TaskIndex {
  ProcessIndex process = 0;
  std::optional<std::uint32_t> thread;  ///< into Snapshot::threads; nullopt: the process itself
};
Row row_of(const Scene& scene, TaskIndex task);

/// Where a value is not what its name says at once:
/// - tty is the Word "" when there is no controlling terminal: that is known, so it is not unavailable;
/// - user is Bytes, since names come from whoever runs the directory service;
/// - command is the raw cmdline, words separated by NUL (escaped_command_line() makes a line of it), or the
///   comm of a task without any, which goes in brackets at the edge; its source unread or denied counts as
///   none;
/// - exe and cwd of a zombie, and exe of a kernel thread, are `gone`: the kernel has the link and no target;
/// - class, children, depth and the sums over a subtree are, for a thread, those of its process;
/// - what is known not to be there is an empty text (unit, container_id), tracer 0, tpgid and loginuid -1; a
///   number that a task cannot have (exit_code of a living one, vm_peak of a kernel thread) is missing
///   without a reason;
/// - syscall is the number of this machine's table, and missing for a task that is in no call; syscall_name
/// is
///   "running" for one that runs and "none" for one that is blocked elsewhere;
/// - of a cgroup's limits, no limit is missing without a reason.
enum class ColumnId : std::uint8_t {
  pid,
  tid,
  ppid,
  pgid,
  sid,
  tty,
  uid,
  user,
  gid,
  state,
  state_name,
  comm,
  exe,
  argv,
  command,
  cwd,
  start_ticks,
  age_ns,
  cpu,
  utime_ns,
  stime_ns,
  time_ns,
  rss,
  vsz,
  shared,
  mem,
  threads,
  nice,
  priority,
  cgroup,
  classes,
  children,
  tpgid,
  nspid,
  tracer,
  depth,
  child_count,
  tree_count,
  tree_cpu,
  tree_rss,
  exe_deleted,
  root,
  environ,
  umask,
  exit_code,
  killed_by,
  ruid,
  suid,
  fsuid,
  ruser,
  suser,
  fsuser,
  rgid,
  sgid,
  fsgid,
  group,
  rgroup,
  sgroup,
  fsgroup,
  groups,
  cap_eff,
  cap_prm,
  cap_inh,
  cap_bnd,
  cap_amb,
  no_new_privs,
  seccomp,
  seccomp_filters,
  loginuid,
  audit_session,
  label,
  cutime_ns,
  cstime_ns,
  rt_priority,
  policy,
  processor,
  cpus_allowed,
  voluntary_ctxt_switches,
  nonvoluntary_ctxt_switches,
  run_delay_ns,
  timeslices,
  blkio_delay_ns,
  swapin_delay_ns,
  reclaim_delay_ns,
  thrashing_delay_ns,
  compaction_delay_ns,
  minflt,
  majflt,
  cminflt,
  cmajflt,
  autogroup,
  autogroup_nice,
  vm_peak,
  hwm,
  rss_anon,
  rss_file,
  rss_shmem,
  swap,
  data,
  stack,
  text,
  lib,
  pte,
  locked,
  pinned,
  pss,
  uss,
  swap_pss,
  private_clean,
  private_dirty,
  shared_clean,
  shared_dirty,
  oom_score,
  oom_score_adj,
  io_read,
  io_write,
  io_cancelled,
  io_rchar,
  io_wchar,
  io_syscr,
  io_syscw,
  sig_pending,
  sig_group_pending,
  sig_blocked,
  sig_ignored,
  sig_caught,
  sig_queued,
  wchan,
  syscall,
  cgroups,
  unit,
  user_unit,
  slice,
  login_session,
  container_runtime,
  container_id,
  pod_uid,
  pidns,
  netns,
  mntns,
  userns,
  utsns,
  ipcns,
  cgroupns,
  timens,
  state_age_ns,
  syscall_name,
  syscall_args,
  exe_file,
  std_files,
  adopter,
  adopter_evidence,
  securebits,
  userns_owner,
  sysv_shm,
  posix_shm,
  cgroup_memory,
  cgroup_memory_max,
  cgroup_memory_high,
  cgroup_swap,
  cgroup_cpu_ns,
  cgroup_cpu_max,
  cgroup_cpu_weight,
  cgroup_cpu_throttled_ns,
  cgroup_pids,
  cgroup_pids_max,
  cgroup_io_read,
  cgroup_io_write,
  cgroup_freezer,
  cgroup_cpu_pressure,
  cgroup_memory_pressure,
  cgroup_io_pressure,
  container_name,
  pod_name,
};

enum class Align : std::uint8_t { left, right };
enum class Order : std::uint8_t { ascending, descending };
/// What a number means, so that the table can show it to people; JSON writes the bare number.
/// `none`: text, words or yes and no.
enum class Unit : std::uint8_t { none, number, bytes, nanoseconds, ticks, percent, id };

struct Column {
  ColumnId id;
  std::string_view key, title, help;  ///< key is never renamed; help: one line for column picker and man page
  Sources needs;                      ///< files to read while this column is shown
  Align align;
  std::uint8_t width;  ///< preferred; the last left-aligned column takes the rest of the line
  Order first_sort;
  Unit unit;
  bool in_json;  ///< part of the default dump; false: derived, for tables only
  Value (*value)(const Row&);
  /// Why there is no value though every Source of `needs` is present; nullptr: nothing is wrong then.
  Availability (*why)(const Row&) = nullptr;
};

std::span<const Column> columns();
const Column& column(ColumnId id);
const Column* find_column(std::string_view key);

/// Why `column` is monostate for this row: the first of its sources that is not present, or what Column::why
/// says. `present` when nothing is wrong: there is no figure yet (a rate with one sample only), or no limit.
Availability unavailable(const Column& column, const Row& row);

/// Comma-separated keys to columns. Errors: `malformed` with one line naming the unknown key and the nearest
/// known one.
Result<std::vector<ColumnId>> parse_columns(std::string_view list);
Sources sources_of(std::span<const ColumnId> ids);

}  // namespace ptop::model
