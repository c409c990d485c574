// One scan: every task of /proc with the Sources that were asked for.
#include <algorithm>
#include <functional>
#include <iterator>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "known_tasks.hpp"
#include "ptop/model/scan_again.hpp"
#include "ptop/model/stuck_tasks.hpp"
#include "scan_some.hpp"
#include "shared_sources.hpp"
#include "sources.hpp"
#include "watched_run.hpp"

namespace ptop::model {
namespace {

bool is_zombie(const Sample& sample) { return sample.stat.state == procfs::TaskState::zombie; }

std::uint64_t hash_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

constexpr ReadStep step_of(Source source) { return {static_cast<std::uint8_t>(source), 0}; }

/// Where the threads of a scan put what they read: each process in its own place.
class Collection {
 public:
  explicit Collection(std::size_t processes) : samples_(processes), looks_(processes) {}

  void store(std::size_t item, KnownTask&& task) {
    samples_[item] = std::move(task.sample);
    looks_[item] = task.look;
  }
  void count_denied() {
    const std::lock_guard lock(mutex_);
    ++denied_;
  }
  void store(std::vector<SampleList::Pointer>&& threads, std::vector<Error>&& errors) {
    if (threads.empty() && errors.empty()) return;
    const std::lock_guard lock(mutex_);
    std::move(threads.begin(), threads.end(), std::back_inserter(threads_));
    std::move(errors.begin(), errors.end(), std::back_inserter(errors_));
  }
  void move_to(Snapshot& snapshot);

 private:
  std::vector<SampleList::Pointer> samples_;  // by item; none: vanished
  std::vector<Snapshot::Look> looks_;         // likewise
  std::mutex mutex_;
  std::vector<SampleList::Pointer> threads_;
  std::vector<Error> errors_;
  std::size_t denied_ = 0;
};

void Collection::move_to(Snapshot& snapshot) {
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    if (samples_[i]) snapshot.looks.push_back(looks_[i]);
  }
  std::erase_if(samples_, [](const SampleList::Pointer& sample) { return !sample; });
  snapshot.processes = SampleList(std::move(samples_));
  snapshot.threads = SampleList(std::move(threads_));
  snapshot.threads.sort_by_pid();
  snapshot.denied = denied_;
  std::move(errors_.begin(), errors_.end(), std::back_inserter(snapshot.errors));
}

/// What is to be read. Threads that never come back keep it alive.
struct Plan {
  Plan(std::vector<Pid> all, const ScanOptions& wanted, KnownTasks tasks)
      : pids(std::move(all)), options(wanted), known(std::move(tasks)), shown(pids.size(), false) {
    std::size_t i = 0;
    for (const Pid pid : options.shown) {
      while (i < pids.size() && pids[i] < pid) ++i;
      if (i < pids.size() && pids[i] == pid) shown[i] = true;
    }
  }

  std::vector<Pid> pids;
  ScanOptions options;
  KnownTasks known;
  std::vector<bool> shown;  // by item

  bool is_close(Pid pid) const { return std::binary_search(options.close.begin(), options.close.end(), pid); }
  Sources wanted_of(std::size_t item) const {
    Sources wanted = options.sources;
    if (shown[item]) wanted |= options.shown_sources;
    if (is_close(pids[item])) wanted |= options.close_sources;
    return wanted;
  }
  Sources wanted_of(Pid pid) const {
    const auto found = std::lower_bound(pids.begin(), pids.end(), pid);
    return wanted_of(static_cast<std::size_t>(found - pids.begin()));
  }
  bool is_shown(Tid tid) const {
    return std::binary_search(options.shown_threads.begin(), options.shown_threads.end(), tid);
  }
  Sources wanted_of(Pid pid, Tid tid) const {
    if (tid == leader_of(pid) || !options.thread_sources) return wanted_of(pid);
    Sources wanted = options.sources;
    if (is_shown(tid)) wanted |= options.shown_sources;
    if (is_close(pid)) wanted |= options.close_sources;
    return common(wanted, *options.thread_sources);
  }
  /// Of anybody.
  Sources wanted() const { return options.sources | options.shown_sources | options.close_sources; }
  bool wants_threads(const Sample& sample) const {
    return sample.stat.threads > 1 &&
           (options.threads || is_close(sample.pid) || !options.shown_threads.empty());
  }
  bool wants_thread(Pid pid, Tid tid) const {
    return tid != leader_of(pid) && (options.threads || is_close(pid) || is_shown(tid));
  }
  bool may_block() const { return wanted().has_any(blocking_sources()); }
};

/// Reads one process after the other. Owns all it reads with, and touches the collection in store() alone.
class ProcessWorker : public ItemWorker {
 public:
  ProcessWorker(procfs::Reader reader, std::shared_ptr<const Plan> plan, Collection& collection)
      : reader_(std::move(reader)), plan_(std::move(plan)), collection_(collection) {}

  void work(std::size_t item, Attempt& attempt) override;
  void store(std::size_t item) override;

 private:
  bool take_over(std::size_t item);
  bool read_stat_alone(Pid pid);
  void read_process(Pid pid, Attempt& attempt);
  void tend_threads(Pid pid, Attempt& attempt);
  void read_threads(Pid pid, procfs::TaskDir& leader, Attempt& attempt);
  bool take_over_thread(Pid pid, Tid tid);
  void read_thread(Pid pid, Tid tid, Attempt& attempt);
  void add_thread(Sample&& sample);
  void note(const Error& error, Tid tid);
  std::optional<Sample> sample_of(Pid pid, Tid tid, Result<std::string_view> text);
  void read_sources(Sample& sample, procfs::TaskDir& dir, Attempt& attempt);
  void share_with_last(SharedText& cmdline);

  procfs::Reader reader_;
  std::shared_ptr<const Plan> plan_;
  Collection& collection_;
  KnownTask result_;
  std::optional<Sample> sample_;
  SharedText last_cmdline_;
  bool denied_ = false;
  std::vector<SampleList::Pointer> threads_;
  std::vector<Error> errors_;
};

/// Of a task without stat.
void ProcessWorker::note(const Error& error, Tid tid) {
  denied_ = denied_ || error.code == Errc::denied;
  note_error(errors_, error, fmt::format_int(tid.raw()).c_str());
}

std::optional<Sample> ProcessWorker::sample_of(Pid pid, Tid tid, Result<std::string_view> text) {
  auto stat = text ? procfs::parse_stat(*text) : fail(text.error());
  if (!stat) {
    note(stat.error(), tid);
    return std::nullopt;
  }
  std::optional<Sample> made(std::in_place);
  made->key = {tid, stat->start};
  made->pid = pid;
  made->stat = std::move(*stat);
  made->stat_hash = hash_of(*text);
  made->availability.set(Source::stat, Availability::present);
  return made;
}

void ProcessWorker::read_sources(Sample& sample, procfs::TaskDir& dir, Attempt& attempt) {
  Sources wanted = plan_->wanted_of(sample.pid, sample.key.tid);
  // A zombie's exe link leads nowhere, but the attempt tells whether we may see its exit code: the same check
  // guards both (ptrace(2), PTRACE_MODE_READ_FSCREDS). Permitted: ENOENT. Not permitted: EACCES, and field
  // (52) of stat is a 0 that means nothing.
  if (is_zombie(sample)) wanted |= Source::exe;
  TaskReading task(dir, sample, errors_);
  for (std::size_t i = 1; i < source_count; ++i) {
    const auto source = static_cast<Source>(i);
    if (!wanted.has(source)) continue;
    if (attempt.begin(step_of(source))) {
      read_source(source, task);
    } else {
      task.give_up(source);
    }
  }
  share_with_last(sample.cmdline);
}

/// Workers of one program were mostly started one after the other.
void ProcessWorker::share_with_last(SharedText& cmdline) {
  if (cmdline == last_cmdline_.view()) cmdline = last_cmdline_;
  last_cmdline_ = cmdline;
}

/// The shortest way: the last scan knows all about it, and its stat says that this still holds.
bool ProcessWorker::take_over(std::size_t item) {
  const Pid pid = plan_->pids[item];
  const Sources wanted = plan_->wanted_of(item);
  const bool shown = plan_->shown[item];
  const auto known = plan_->known.find(pid, item, wanted, shown);
  if (!known) return false;
  if (plan_->known.rests(pid, *known, shown)) {
    result_ = {known->sample, {known->look.idle_reads, false}};
    return true;
  }
  const auto text = reader_.read_stat_text(pid);
  if (!text) {
    note(text.error(), leader_of(pid));
    return true;
  }
  if (hash_of(*text) == known->sample->stat_hash) {
    const auto reads = known->look.idle_reads;
    result_ = {known->sample,
               {reads < idle_reads_until_longest_rest ? std::uint8_t(reads + 1) : reads, true}};
    return true;
  }
  const auto stat = procfs::parse_stat(*text);
  if (!stat) return false;
  sample_ = carried_on(*known->sample, *stat, wanted);
  if (sample_) sample_->stat_hash = hash_of(*text);
  return sample_.has_value();
}

/// The short way: only stat is wanted, and nothing about this process asks for more.
bool ProcessWorker::read_stat_alone(Pid pid) {
  if (plan_->wanted_of(pid) != Sources(Source::stat)) return false;
  sample_ = sample_of(pid, leader_of(pid), reader_.read_stat_text(pid));
  return !sample_ || !(is_zombie(*sample_) || plan_->wants_threads(*sample_));
}

void ProcessWorker::read_process(Pid pid, Attempt& attempt) {
  // Everything through one open directory, so that all of it is about one process even if it dies and its
  // number is used again meanwhile.
  sample_.reset();
  auto dir = reader_.open_process(pid);
  if (!dir) return note(dir.error(), leader_of(pid));
  sample_ = sample_of(pid, leader_of(pid), dir->read_stat_text());
  if (!sample_) return;
  attempt.identify(sample_->process_key());
  read_sources(*sample_, *dir, attempt);
  if (plan_->wants_threads(*sample_)) read_threads(pid, *dir, attempt);
}

void ProcessWorker::read_threads(Pid pid, procfs::TaskDir& leader, Attempt& attempt) {
  const auto tids = leader.tids();
  if (!tids) return note_error(errors_, tids.error(), fmt::format_int(pid.raw()).c_str());
  for (const Tid tid : *tids) {
    if (plan_->wants_thread(pid, tid) && !take_over_thread(pid, tid)) read_thread(pid, tid, attempt);
  }
}

/// Of a process that was taken over. One that rests has the threads it had.
void ProcessWorker::tend_threads(Pid pid, Attempt& attempt) {
  const Sample* process = result_.sample ? &*result_.sample : sample_ ? &*sample_ : nullptr;
  if (process == nullptr || !plan_->wants_threads(*process)) return;
  if (!result_.look.read) {
    threads_ = plan_->known.threads_of(pid);
    return;
  }
  auto dir = reader_.open_process(pid);
  if (dir) read_threads(pid, *dir, attempt);
}

/// As take_over(): its stat says that what is known of it still holds.
bool ProcessWorker::take_over_thread(Pid pid, Tid tid) {
  const Sources wanted = plan_->wanted_of(pid, tid);
  const auto known = plan_->known.find_thread(pid, tid, wanted, plan_->is_shown(tid));
  if (!known) return false;
  const auto text = reader_.read_thread_stat_text(pid, tid);
  if (!text) return true;
  if (hash_of(*text) == known->stat_hash) {
    threads_.push_back(known);
    return true;
  }
  const auto stat = procfs::parse_stat(*text);
  auto sample = stat ? carried_on(*known, *stat, wanted) : std::nullopt;
  if (!sample) return false;
  sample->stat_hash = hash_of(*text);
  add_thread(std::move(*sample));
  return true;
}

void ProcessWorker::add_thread(Sample&& sample) {
  threads_.push_back(SampleList::Pointer(std::move(sample)));
}

void ProcessWorker::read_thread(Pid pid, Tid tid, Attempt& attempt) {
  if (plan_->wanted_of(pid, tid) == Sources(Source::stat)) {
    if (auto sample = sample_of(pid, tid, reader_.read_thread_stat_text(pid, tid)))
      add_thread(std::move(*sample));
    return;
  }
  auto dir = reader_.open_thread(pid, tid);
  if (!dir) return note_error(errors_, dir.error(), fmt::format_int(tid.raw()).c_str());
  auto sample = sample_of(pid, tid, dir->read_stat_text());
  if (!sample) return;
  read_sources(*sample, *dir, attempt);
  add_thread(std::move(*sample));
}

void ProcessWorker::work(std::size_t item, Attempt& attempt) {
  const Pid pid = plan_->pids[item];
  sample_.reset();
  result_ = {};
  denied_ = false;
  threads_.clear();
  errors_.clear();
  attempt.identify({pid, Ticks()});
  if (!attempt.begin(step_of(Source::stat))) {
    errors_.push_back({Errc::timeout, 0, fmt::format("{}/stat", pid.raw())});
  } else if (take_over(item) || read_stat_alone(pid)) {
    tend_threads(pid, attempt);
  } else {
    read_process(pid, attempt);
  }
  if (!sample_) return;
  result_.look = plan_->known.look_of(*sample_, item);
  result_.sample = std::move(*sample_);
}

void ProcessWorker::store(std::size_t item) {
  if (!result_.sample && denied_) collection_.count_denied();
  if (result_.sample) collection_.store(item, std::move(result_));
  collection_.store(std::move(threads_), std::move(errors_));
}

/// For files of the whole system: the value, or its default, the reason and perhaps an error.
template <class T>
void keep(Snapshot& snapshot, HostSource source, T& out, Result<T> result) {
  auto& availability = snapshot.host.availability[static_cast<std::size_t>(source)];
  availability = result ? Availability::present : availability_of(result.error().code);
  if (result) {
    out = std::move(*result);
  } else {
    note_error(snapshot.errors, result.error(), "");
  }
}

void read_host(Snapshot& snapshot, procfs::Reader& reader) {
  HostSample& host = snapshot.host;
  host.info = reader.system_info();
  keep(snapshot, HostSource::hostname, host.hostname, reader.read_hostname());
  keep(snapshot, HostSource::kernel, host.kernel, reader.read_kernel_release());
  keep(snapshot, HostSource::stat, host.stat, reader.read_system_stat());
  keep(snapshot, HostSource::meminfo, host.memory, reader.read_meminfo());
  keep(snapshot, HostSource::loadavg, host.load, reader.read_loadavg());
  keep(snapshot, HostSource::uptime, host.uptime, reader.read_uptime());
  keep(snapshot, HostSource::boot_id, host.boot_id, reader.read_boot_id());
  keep(snapshot, HostSource::delay_accounting, host.delay_accounting, reader.read_delay_accounting());
  for (std::size_t i = 0; i < host.pressure.size(); ++i) {
    const auto resource = static_cast<procfs::PressureResource>(i);
    keep(snapshot, host_source(resource), host.pressure[i], reader.read_pressure(resource));
  }
}

}  // namespace

Result<Snapshot> scan(procfs::Reader& reader, const ScanOptions& options) {
  return scan_again(reader, options, {});
}

void scan_some(procfs::Reader& reader, const ScanOptions& options, const LastScan& last,
               std::vector<Pid> pids, Snapshot& snapshot) {
  const auto plan = std::make_shared<const Plan>(Plan(std::move(pids), options, KnownTasks(last, options)));
  Collection collection(plan->pids.size());
  const WatchedRunOptions run{.items = plan->pids.size(),
                              .threads = last.snapshot ? 1 : useful_threads(plan->pids.size()),
                              .watched = reader.is_live() && plan->may_block()};
  const auto make_worker = [&]() -> std::unique_ptr<ItemWorker> {
    return std::make_unique<ProcessWorker>(reader.duplicate(), plan, collection);
  };
  StuckTasks none;
  StuckTasks& stuck = options.stuck != nullptr ? *options.stuck : none;
  run_watched(run, make_worker, stuck);
  collection.move_to(snapshot);
  read_shared_sources(
      reader, snapshot, plan->wanted(),
      [&](const Sample& task) { return plan->wanted_of(task.pid, task.key.tid); }, stuck);
}

Result<Snapshot> scan_again(procfs::Reader& reader, const ScanOptions& options, const LastScan& last) {
  auto listed = reader.pids();
  if (!listed) return fail(std::move(listed.error()));
  Snapshot snapshot;
  snapshot.machine_root = reader.machine_root();
  snapshot.taken_at = std::chrono::steady_clock::now();
  snapshot.taken_at_wall = std::chrono::system_clock::now();
  read_host(snapshot, reader);
  scan_some(reader, options, last, std::move(*listed), snapshot);
  return snapshot;
}

}  // namespace ptop::model
