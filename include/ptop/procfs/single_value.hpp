// The files of a task that hold one value: oom_score, oom_score_adj, loginuid, sessionid, wchan, personality,
// timerslack_ns, autogroup, attr/current, cpuset, comm, and task/<tid>/children.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"

namespace ptop::procfs {

/// proc_pid_oom_score(5): how good a victim the task makes, 0 to 2000 and a little.
Result<std::int32_t> parse_oom_score(std::string_view text);
/// proc_pid_oom_score_adj(5): -1000 (never) to 1000. Linux 2.6.36.
Result<std::int32_t> parse_oom_score_adj(std::string_view text);

/// proc_pid_loginuid(5): who logged in, kept across su and sudo; nullopt when nobody did (a service).
Result<std::optional<Uid>> parse_loginuid(std::string_view text);
/// The audit session of that login; nullopt when there is none. Linux 2.6.25.
Result<std::optional<std::uint32_t>> parse_sessionid(std::string_view text);

/// proc_pid_wchan(5): the kernel function the task sleeps in; nullopt when it runs, when nobody may know,
/// or when the kernel has no symbols.
Result<std::optional<std::string>> parse_wchan(std::string_view text);

/// proc_pid_personality(5): see personality(2). Linux 2.6.28.
Result<std::uint32_t> parse_personality(std::string_view text);
/// proc_pid_timerslack_ns(5): nanoseconds. Linux 4.6.
Result<std::uint64_t> parse_timerslack_ns(std::string_view text);

/// proc_pid_autogroup(5), sched(7). Linux 2.6.38.
struct Autogroup {
  std::uint64_t id = 0;
  std::int32_t nice = 0;
};
/// nullopt: the task is in no autogroup, the file is empty.
Result<std::optional<Autogroup>> parse_autogroup(std::string_view text);

/// proc_pid_attr(5): the security label, raw bytes, without the newline or NUL that some modules end it with.
std::string parse_attr_current(std::string_view text);
/// proc_pid_cpuset(5): path of the cpuset, raw bytes, as in parse_cgroup.
std::string parse_cpuset(std::string_view text);
/// proc_pid_comm(5): raw bytes without the kernel's newline; the name may hold newlines of its own.
std::string parse_comm(std::string_view text);

/// proc_tid_children(5): child processes of one task, in the kernel's order. Linux 3.5, where configured.
Result<std::vector<Pid>> parse_children(std::string_view text);

}  // namespace ptop::procfs
