// One scan: which files are read for which task, and what is written down when one of them is not there.
#include "ptop/model/sample.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace ptop::model {
namespace {

Availability availability_of(Errc code) {
  switch (code) {
    case Errc::gone:
      return Availability::gone;
    case Errc::denied:
      return Availability::denied;
    case Errc::malformed:
      return Availability::malformed;
    case Errc::unsupported:
      return Availability::unsupported;
    case Errc::timeout:
      return Availability::timeout;
    case Errc::os:
      return Availability::unsupported;
  }
  return Availability::unsupported;
}

/// Not worth a word to the user: the process ended, or belongs to somebody else, or this kernel lacks the
/// file.
bool is_ordinary(Errc code) { return code != Errc::malformed && code != Errc::os; }

constexpr Sources extra_sources{
    Source::root,       Source::environ,       Source::io,        Source::schedstat, Source::smaps_rollup,
    Source::oom_score,  Source::oom_score_adj, Source::wchan,     Source::syscall,   Source::limits,
    Source::namespaces, Source::loginuid,      Source::sessionid, Source::autogroup, Source::label};

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
  std::optional<Sample> sample_of(Pid pid, Tid tid, Result<procfs::Stat> stat);
  void read_sources(Sample& sample, procfs::TaskDir& dir);
  void read_extras(Sample& sample, procfs::TaskDir& dir);
  void note_error(const Error& error, std::string_view place);

  /// Keeps the outcome of one read: its value in `out`, or the reason in `availability`.
  template <class T>
  void keep(Sample& sample, Source source, T& out, Result<T> result);
  /// For files of the whole system: the value, or its default and an error.
  template <class T>
  void keep(T& out, Result<T> result) {
    if (result) {
      out = std::move(*result);
    } else {
      note_error(result.error(), "");
    }
  }

  procfs::Reader& reader_;
  const ScanOptions& options_;
  const bool stat_alone_ = options_.sources == Sources(Source::stat);
  Snapshot snapshot_;
};

void Scanner::note_error(const Error& error, std::string_view place) {
  if (is_ordinary(error.code)) return;
  Error with_place = error;
  with_place.what = fmt::format("{}{}{}", place, place.empty() ? "" : "/", error.what);
  snapshot_.errors.push_back(std::move(with_place));
}

template <class T>
void Scanner::keep(Sample& sample, Source source, T& out, Result<T> result) {
  Availability& availability = sample.availability[static_cast<std::size_t>(source)];
  if (result) {
    out = std::move(*result);
    availability = Availability::present;
    return;
  }
  availability = availability_of(result.error().code);
  note_error(result.error(), fmt::format("{}", sample.key.tid.raw()));
}

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
    note_error(stat.error(), fmt::format("{}", tid.raw()));
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
  const Sources wanted = options_.sources;
  // A zombie's exe link leads nowhere, but the attempt tells whether we may see its exit code: the same check
  // guards both (ptrace(2), PTRACE_MODE_READ_FSCREDS). Permitted: ENOENT. Not permitted: EACCES, and field
  // (52) of stat is a 0 that means nothing.
  const bool wants_exe = wanted.has(Source::exe) || is_zombie(sample);
  if (wanted.has(Source::status)) keep(sample, Source::status, sample.status, dir.read_status());
  if (wanted.has(Source::statm)) keep(sample, Source::statm, sample.statm, dir.read_statm());
  if (wanted.has(Source::cmdline)) keep(sample, Source::cmdline, sample.cmdline, dir.read_cmdline());
  if (wanted.has(Source::cgroup)) keep(sample, Source::cgroup, sample.cgroups, dir.read_cgroup());
  if (wants_exe) keep(sample, Source::exe, sample.exe, dir.read_link("exe"));
  if (wanted.has(Source::cwd)) keep(sample, Source::cwd, sample.cwd, dir.read_link("cwd"));
  read_extras(sample, dir);
}

void Scanner::read_extras(Sample& sample, procfs::TaskDir& dir) {
  using procfs::TaskDir;
  if (!options_.sources.has_any(extra_sources)) return;
  const auto extras = std::make_shared<Extras>();
  const auto read = [&](Source source, auto& out, auto reader) {
    if (options_.sources.has(source)) keep(sample, source, out, (dir.*reader)());
  };
  if (options_.sources.has(Source::root)) keep(sample, Source::root, extras->root, dir.read_link("root"));
  read(Source::environ, extras->environment, &TaskDir::read_environ);
  read(Source::io, extras->io, &TaskDir::read_io);
  read(Source::schedstat, extras->schedstat, &TaskDir::read_schedstat);
  read(Source::smaps_rollup, extras->smaps, &TaskDir::read_smaps_rollup);
  read(Source::oom_score, extras->oom_score, &TaskDir::read_oom_score);
  read(Source::oom_score_adj, extras->oom_score_adj, &TaskDir::read_oom_score_adj);
  read(Source::wchan, extras->wchan, &TaskDir::read_wchan);
  read(Source::syscall, extras->syscall, &TaskDir::read_syscall);
  read(Source::limits, extras->limits, &TaskDir::read_limits);
  read(Source::namespaces, extras->namespaces, &TaskDir::read_namespaces);
  read(Source::loginuid, extras->loginuid, &TaskDir::read_loginuid);
  read(Source::sessionid, extras->audit_session, &TaskDir::read_sessionid);
  read(Source::autogroup, extras->autogroup, &TaskDir::read_autogroup);
  read(Source::label, extras->label, &TaskDir::read_attr_current);
  sample.extras = extras;
}

/// The short way: only stat is wanted, and nothing about this process asks for more.
bool Scanner::add_from_stat_alone(Pid pid) {
  if (!stat_alone_) return false;
  auto sample = sample_of(pid, leader_of(pid), reader_.read_stat(pid));
  if (!sample) return true;
  if (is_zombie(*sample) || (options_.threads && sample->stat.threads > 1)) return false;
  snapshot_.processes.push_back(std::move(*sample));
  return true;
}

void Scanner::add_process(Pid pid) {
  if (add_from_stat_alone(pid)) return;
  // Everything through one open directory, so that all of it is about one process even if it dies and its
  // number is used again meanwhile.
  auto dir = reader_.open_process(pid);
  if (!dir) return note_error(dir.error(), fmt::format("{}", pid.raw()));
  auto sample = sample_of(pid, leader_of(pid), dir->read_stat());
  if (!sample) return;
  read_sources(*sample, *dir);
  if (options_.threads && sample->stat.threads > 1) add_threads(pid, *dir);
  snapshot_.processes.push_back(std::move(*sample));
}

void Scanner::add_threads(Pid pid, procfs::TaskDir& leader) {
  const auto tids = leader.tids();
  if (!tids) return note_error(tids.error(), fmt::format("{}", pid.raw()));
  for (const Tid tid : *tids) {
    if (tid != leader_of(pid)) add_thread(pid, tid);
  }
}

void Scanner::add_thread(Pid pid, Tid tid) {
  auto dir = reader_.open_thread(pid, tid);
  if (!dir) return note_error(dir.error(), fmt::format("{}", tid.raw()));
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

std::string_view availability_reason(Availability availability) {
  switch (availability) {
    case Availability::denied:
      return "denied";
    case Availability::gone:
      return "gone";
    case Availability::unsupported:
      return "unsupported";
    case Availability::timeout:
      return "timeout";
    case Availability::malformed:
      return "malformed";
    case Availability::not_read:
    case Availability::present:
      return "";
  }
  return "";
}

const Extras& Sample::more() const {
  static const Extras none;
  return extras ? *extras : none;
}

Result<Snapshot> scan(procfs::Reader& reader, const ScanOptions& options) {
  return Scanner(reader, options).run();
}

const Sample* find_process(const Snapshot& snapshot, Pid pid) {
  const auto& all = snapshot.processes;
  const auto found = std::lower_bound(all.begin(), all.end(), pid,
                                      [](const Sample& sample, Pid wanted) { return sample.pid < wanted; });
  return found != all.end() && found->pid == pid ? &*found : nullptr;
}

}  // namespace ptop::model
