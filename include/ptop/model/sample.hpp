// One scan of /proc: every task with what was asked for, and for what is missing the reason.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ptop/base/flags.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::model {

/// The files a scan may read for each task.
enum class Source : std::uint8_t { stat, status, statm, cmdline, cgroup, exe, cwd };
inline constexpr std::size_t source_count = 7;
using Sources = FlagSet<Source>;

/// Why a fact is there or not: unknown, zero and forbidden are three different things.
enum class Availability : std::uint8_t { not_read, present, denied, gone, unsupported, timeout, malformed };

/// "denied", "gone", "unsupported", "timeout", "malformed"; "" for present and not_read.
std::string_view availability_reason(Availability availability);

/// One task in one scan. What `availability` does not call present holds its default.
struct Sample {
  TaskKey key;
  Pid pid;  ///< its thread group
  procfs::Stat stat;
  procfs::Status status;
  procfs::Statm statm;
  std::string cmdline;  ///< raw, NUL-separated; empty for kernel threads and zombies
  std::vector<procfs::CgroupMembership> cgroups;
  std::string exe, cwd;  ///< raw link targets
  std::array<Availability, source_count> availability{};

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
};

/// Reads every process. Those that vanish meanwhile are left out. Errors: /proc itself cannot be read.
Result<Snapshot> scan(procfs::Reader& reader, const ScanOptions& options);

/// The process `pid`, or nullptr.
const Sample* find_process(const Snapshot& snapshot, Pid pid);

}  // namespace ptop::model
