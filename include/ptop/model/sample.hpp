// One scan of /proc: every task with what was asked for, and for what is missing the reason.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ptop/base/flags.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::model {

class StuckTasks;  // model/stuck_tasks.hpp

/// The files a scan may read for each task.
enum class Source : std::uint8_t {
  stat,
  status,
  statm,
  cmdline,
  cgroup,
  exe,
  cwd,
  // What follows is held apart from the Sample itself: Extras.
  root,
  environ,
  io,
  schedstat,
  smaps_rollup,
  oom_score,
  oom_score_adj,
  wchan,
  syscall,
  limits,
  namespaces,
  loginuid,
  sessionid,
  autogroup,
  label,  ///< attr/current
};
inline constexpr std::size_t source_count = 22;
using Sources = FlagSet<Source>;

/// Why a fact is there or not: unknown, zero and forbidden are three different things.
enum class Availability : std::uint8_t { not_read, present, denied, gone, unsupported, timeout, malformed };

Availability availability_of(Errc code);
/// "denied", "gone", "unsupported", "timeout", "malformed"; "" for present and not_read.
std::string_view availability_reason(Availability availability);

/// What few scans ask for, so that it does not make every Sample bigger.
struct Extras {
  std::string root;         ///< raw link target
  std::string environment;  ///< raw, NUL-separated
  procfs::TaskIo io;
  procfs::Schedstat schedstat;
  procfs::SmapsRollup smaps;
  std::int32_t oom_score = 0, oom_score_adj = 0;
  std::optional<std::string> wchan;
  procfs::SyscallState syscall;
  std::vector<procfs::Limit> limits;
  std::vector<procfs::NsLink> namespaces;
  std::optional<Uid> loginuid;
  std::optional<std::uint32_t> audit_session;
  std::optional<procfs::Autogroup> autogroup;
  std::string label;  ///< raw
};

/// One task in one scan. What `availability` does not call present holds its default.
struct Sample {
  TaskKey key;
  Pid pid;  ///< its thread group
  procfs::Stat stat;
  procfs::Status status;
  procfs::Statm statm;
  std::string cmdline;  ///< raw, NUL-separated; empty for kernel threads and zombies
  std::vector<procfs::CgroupMembership> cgroups;
  std::string exe, cwd;      ///< raw link targets
  bool exe_deleted = false;  ///< " (deleted)" at the end of exe is the kernel's mark, not the file's name
  std::array<Availability, source_count> availability{};
  std::shared_ptr<const Extras> extras;  ///< nullptr: none of them was asked for

  /// The extras, or their defaults.
  const Extras& more() const;
  Availability of(Source s) const { return availability[static_cast<std::size_t>(s)]; }
  bool has(Source s) const { return of(s) == Availability::present; }
  ProcessKey process_key() const { return {pid, key.start}; }
  bool is_thread() const { return key.tid != leader_of(pid); }
};

struct HostSample {
  std::string hostname, kernel;
  procfs::SystemInfo info;
  procfs::SystemStat stat;
  procfs::Meminfo memory;
  procfs::Loadavg load;
  procfs::Uptime uptime;
};

struct Snapshot {
  HostSample host;
  std::chrono::steady_clock::time_point taken_at;
  std::chrono::system_clock::time_point taken_at_wall;
  std::vector<Sample> processes;  ///< thread-group leaders, ascending by pid
  std::vector<Sample> threads;    ///< the other threads, when asked for: ascending by (pid, tid)
  std::vector<Error> errors;      ///< malformed files and the like; a vanished process is no error
};

struct ScanOptions {
  Sources sources = Source::stat;
  bool threads = false;
  /// Processes looked at more closely, ascending: of them `close_sources` are read too, and their threads.
  std::vector<Pid> close{};
  Sources close_sources{};
  /// Who scans again and again keeps one: what was stuck in one scan then costs the next ones nothing.
  StuckTasks* stuck = nullptr;
};

/// Reads every process. Those that vanish meanwhile are left out. A read that blocks behind a stuck target is
/// given up as `timeout`, for that fact alone, and the scan goes on: it ends within a second or so however
/// many targets are stuck. Errors: /proc itself cannot be read.
Result<Snapshot> scan(procfs::Reader& reader, const ScanOptions& options);

/// The process whose thread `tid` is; itself for a process. Errors: `gone`, when there is no such task.
Result<Pid> process_of(procfs::Reader& reader, Tid tid);

/// The process `pid`, or nullptr.
const Sample* find_process(const Snapshot& snapshot, Pid pid);

}  // namespace ptop::model
