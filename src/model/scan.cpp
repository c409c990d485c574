// One scan: every task of /proc with the Sources that were asked for.
#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "sources.hpp"

namespace ptop::model {
namespace {

bool is_zombie(const Sample& sample) { return sample.stat.state == procfs::TaskState::zombie; }

class Scanner {
 public:
  Scanner(procfs::Reader& reader, const ScanOptions& options) : reader_(reader), options_(options) {}

  Result<Snapshot> run();

 private:
  void read_host();
  bool add_from_stat_alone(Pid pid);
  void add_process(Pid pid);
  void add_threads(Pid pid, procfs::TaskDir& leader);
  void add_thread(Pid pid, Tid tid);
  bool is_close(Pid pid) const {
    return std::binary_search(options_.close.begin(), options_.close.end(), pid);
  }
  Sources wanted_of(Pid pid) const {
    return is_close(pid) ? options_.sources | options_.close_sources : options_.sources;
  }
  bool wants_threads(const Sample& sample) const {
    return sample.stat.threads > 1 && (options_.threads || is_close(sample.pid));
  }
  std::optional<Sample> sample_of(Pid pid, Tid tid, Result<procfs::Stat> stat);
  void read_sources(Sample& sample, procfs::TaskDir& dir);

  /// For files of the whole system: the value, or its default and an error.
  template <class T>
  void keep(T& out, Result<T> result) {
    if (result) {
      out = std::move(*result);
    } else {
      note_error(snapshot_.errors, result.error(), "");
    }
  }

  procfs::Reader& reader_;
  const ScanOptions& options_;
  Snapshot snapshot_;
};

void Scanner::read_host() {
  HostSample& host = snapshot_.host;
  host.info = reader_.system_info();
  keep(host.hostname, reader_.read_hostname());
  keep(host.kernel, reader_.read_kernel_release());
  keep(host.stat, reader_.read_system_stat());
  keep(host.memory, reader_.read_meminfo());
  keep(host.load, reader_.read_loadavg());
  keep(host.uptime, reader_.read_uptime());
}

std::optional<Sample> Scanner::sample_of(Pid pid, Tid tid, Result<procfs::Stat> stat) {
  if (!stat) {
    note_error(snapshot_.errors, stat.error(), fmt::format("{}", tid.raw()));
    return std::nullopt;
  }
  Sample sample;
  sample.key = {tid, stat->start};
  sample.pid = pid;
  sample.stat = std::move(*stat);
  sample.availability[static_cast<std::size_t>(Source::stat)] = Availability::present;
  return sample;
}

void Scanner::read_sources(Sample& sample, procfs::TaskDir& dir) {
  Sources wanted = wanted_of(sample.pid);
  // A zombie's exe link leads nowhere, but the attempt tells whether we may see its exit code: the same check
  // guards both (ptrace(2), PTRACE_MODE_READ_FSCREDS). Permitted: ENOENT. Not permitted: EACCES, and field
  // (52) of stat is a 0 that means nothing.
  if (is_zombie(sample)) wanted |= Source::exe;
  const auto extras = wanted.has_any(extra_sources()) ? std::make_shared<Extras>() : nullptr;
  TaskReading task(dir, sample, extras.get(), snapshot_.errors);
  for (std::size_t i = 0; i < source_count; ++i) {
    if (wanted.has(static_cast<Source>(i))) read_source(static_cast<Source>(i), task);
  }
  sample.extras = extras;
}

/// The short way: only stat is wanted, and nothing about this process asks for more.
bool Scanner::add_from_stat_alone(Pid pid) {
  if (wanted_of(pid) != Sources(Source::stat)) return false;
  auto sample = sample_of(pid, leader_of(pid), reader_.read_stat(pid));
  if (!sample) return true;
  if (is_zombie(*sample) || wants_threads(*sample)) return false;
  snapshot_.processes.push_back(std::move(*sample));
  return true;
}

void Scanner::add_process(Pid pid) {
  if (add_from_stat_alone(pid)) return;
  // Everything through one open directory, so that all of it is about one process even if it dies and its
  // number is used again meanwhile.
  auto dir = reader_.open_process(pid);
  if (!dir) return note_error(snapshot_.errors, dir.error(), fmt::format("{}", pid.raw()));
  auto sample = sample_of(pid, leader_of(pid), dir->read_stat());
  if (!sample) return;
  read_sources(*sample, *dir);
  if (wants_threads(*sample)) add_threads(pid, *dir);
  snapshot_.processes.push_back(std::move(*sample));
}

void Scanner::add_threads(Pid pid, procfs::TaskDir& leader) {
  const auto tids = leader.tids();
  if (!tids) return note_error(snapshot_.errors, tids.error(), fmt::format("{}", pid.raw()));
  for (const Tid tid : *tids) {
    if (tid != leader_of(pid)) add_thread(pid, tid);
  }
}

void Scanner::add_thread(Pid pid, Tid tid) {
  auto dir = reader_.open_thread(pid, tid);
  if (!dir) return note_error(snapshot_.errors, dir.error(), fmt::format("{}", tid.raw()));
  auto sample = sample_of(pid, tid, dir->read_stat());
  if (!sample) return;
  read_sources(*sample, *dir);
  snapshot_.threads.push_back(std::move(*sample));
}

Result<Snapshot> Scanner::run() {
  auto pids = reader_.pids();
  if (!pids) return fail(std::move(pids.error()));
  snapshot_.taken_at = std::chrono::steady_clock::now();
  snapshot_.taken_at_wall = std::chrono::system_clock::now();
  read_host();
  snapshot_.processes.reserve(pids->size());
  for (const Pid pid : *pids) add_process(pid);
  return std::move(snapshot_);
}

}  // namespace

Result<Snapshot> scan(procfs::Reader& reader, const ScanOptions& options) {
  return Scanner(reader, options).run();
}

}  // namespace ptop::model
