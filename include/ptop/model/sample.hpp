// One scan of /proc: every task with what was asked for, and for what is missing the reason.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ptop/base/flags.hpp"
#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/base/shared.hpp"
#include "ptop/model/cgroup_use.hpp"
#include "ptop/model/container_name.hpp"
#include "ptop/model/fact.hpp"
#include "ptop/model/ipc.hpp"
#include "ptop/model/namespaces.hpp"
#include "ptop/model/shared_text.hpp"
#include "ptop/procfs/reader.hpp"
#include "ptop/sockets/taskstats.hpp"

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
  label,     ///< attr/current
  exe_file,  ///< the file exe leads to, and the one that has its name now
  sched,
  maps,
  std_files,  ///< fd/0 to fd/2
  stack,      ///< in the kernel; root only
  // These are not a file of the task, and read once for all whom they concern, after the tasks.
  cgroup_files,      ///< of the groups that Source::cgroup tells
  namespace_owners,  ///< of the namespaces that Source::namespaces tells
  sysvipc,           ///< the tables of /proc/sysvipc
  zombie_parents,    ///< what the parents of zombies are doing
  container_names,   ///< of the containers that Source::cgroup tells
  task_delays,       ///< taskstats, by netlink
};
inline constexpr std::size_t source_count = 33;
using Sources = FlagSet<Source>;

/// A program's file. `named`: what its path leads to now, in the task's root; nullopt: nothing.
struct ExeFile {
  procfs::FileStatus running;
  std::optional<procfs::FileStatus> named;
};

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
  ExeFile exe_file;
  procfs::Sched sched;
  std::vector<procfs::Mapping> maps;
  std::array<std::optional<std::string>, 3> std_files;  ///< raw link targets; nullopt: closed
  std::vector<procfs::KernelFrame> stack;               ///< innermost first
};

/// Of each source, in three bits.
class Availabilities {
 public:
  Availability of(Source s) const {
    unsigned value = 0;
    for (unsigned n = 0; n < planes_.size(); ++n) value |= (planes_[n][byte(s)] >> bit(s) & 1U) << n;
    return static_cast<Availability>(value);
  }
  void set(Source s, Availability a) {
    for (unsigned n = 0; n < planes_.size(); ++n) {
      auto& place = planes_[n][byte(s)];
      const unsigned one = static_cast<unsigned>(a) >> n & 1U;
      place = static_cast<std::uint8_t>((place & ~(1U << bit(s))) | one << bit(s));
    }
  }
  /// Those that are not `not_read`.
  Sources asked() const;

 private:
  static constexpr std::size_t byte(Source s) { return static_cast<std::size_t>(s) / 8; }
  static constexpr unsigned bit(Source s) { return static_cast<unsigned>(s) % 8; }
  using Plane = std::array<std::uint8_t, (source_count + 7) / 8>;
  std::array<Plane, 3> planes_{};  ///< a bit of the value each
};

/// One task in one scan. What `availability` does not call present holds its default. There are tens of
/// thousands of them: what only few tasks have is behind a pointer.
struct Sample {
  TaskKey key;
  procfs::Stat stat;
  Shared<procfs::Status> status;
  Shared<procfs::Statm> statm;
  SharedText cmdline;  ///< raw, NUL-separated; empty for kernel threads and zombies
  Shared<std::vector<procfs::CgroupMembership>> cgroups;
  Shared<std::string> exe, cwd;              ///< raw link targets
  Shared<Extras> extras;                     ///< nothing: none of them was asked for
  Pid pid;                                   ///< its thread group
  std::uint32_t cgroup_use = no_cgroup_use;  ///< into Snapshot::cgroup_uses
  bool exe_deleted = false;  ///< " (deleted)" at the end of exe is the kernel's mark, not the file's name
  Availabilities availability;
  /// Of the text of stat: the same one again says that the task did nothing. 0: not known.
  std::uint64_t stat_hash = 0;

  static constexpr std::uint32_t no_cgroup_use = ~0U;
  bool has_cgroup_use() const { return cgroup_use != no_cgroup_use; }
  /// The extras, or their defaults.
  const Extras& more() const { return *extras; }
  Availability of(Source s) const { return availability.of(s); }
  bool has(Source s) const { return of(s) == Availability::present; }
  ProcessKey process_key() const { return {pid, key.start}; }
  bool is_thread() const { return key.tid != leader_of(pid); }
};

/// What threads of one process may have each for themselves. The rest, its memory and program before all,
/// each of them would tell again.
Sources sources_of_threads();

/// Those that were read, or tried.
Sources asked_sources(const Sample& sample);
/// Of its own files: without what is read once for all, after the tasks.
Sources own_asked_sources(const Sample& sample);

/// Index into Snapshot::processes.
using ProcessIndex = std::uint32_t;

/// Samples that several snapshots may share: each is changed in place only as long as nobody else has it.
class SampleList {
 public:
  using Pointer = Shared<Sample>;
  class Iterator;

  SampleList() = default;
  explicit SampleList(std::vector<Pointer> samples) : samples_(std::move(samples)) {}

  bool empty() const { return samples_.empty(); }
  std::size_t size() const { return samples_.size(); }
  const Sample& operator[](std::size_t i) const { return *samples_[i]; }
  const Sample& front() const { return *samples_.front(); }
  const Sample& back() const { return *samples_.back(); }
  Iterator begin() const;
  Iterator end() const;
  const Pointer& shared(std::size_t i) const { return samples_[i]; }

  void push_back(Sample sample) { samples_.push_back(Pointer(std::move(sample))); }
  /// A copy takes the place of one that is shared.
  Sample& change(std::size_t i);
  void replace(std::size_t i, Pointer sample) { samples_[i] = std::move(sample); }
  /// By pid, then tid.
  void sort_by_pid();

 private:
  std::vector<Pointer> samples_;
};

class SampleList::Iterator {
 public:
  using iterator_category = std::random_access_iterator_tag;
  using value_type = Sample;
  using difference_type = std::ptrdiff_t;
  using pointer = const Sample*;
  using reference = const Sample&;

  Iterator() = default;
  explicit Iterator(const Pointer* at) : at_(at) {}
  reference operator*() const { return **at_; }
  pointer operator->() const { return &**at_; }
  reference operator[](difference_type n) const { return *at_[n]; }
  Iterator& operator++() { return ++at_, *this; }
  Iterator& operator--() { return --at_, *this; }
  Iterator operator++(int) { return Iterator(at_++); }
  Iterator operator--(int) { return Iterator(at_--); }
  Iterator& operator+=(difference_type n) { return at_ += n, *this; }
  Iterator& operator-=(difference_type n) { return at_ -= n, *this; }
  friend Iterator operator+(Iterator it, difference_type n) { return it += n; }
  friend Iterator operator+(difference_type n, Iterator it) { return it += n; }
  friend Iterator operator-(Iterator it, difference_type n) { return it -= n; }
  friend difference_type operator-(Iterator a, Iterator b) { return a.at_ - b.at_; }
  friend auto operator<=>(Iterator, Iterator) = default;

 private:
  const Pointer* at_ = nullptr;
};
inline SampleList::Iterator SampleList::begin() const { return Iterator(samples_.data()); }
inline SampleList::Iterator SampleList::end() const { return Iterator(samples_.data() + samples_.size()); }

/// The files of the whole system that every scan reads.
enum class HostSource : std::uint8_t {
  hostname,
  kernel,
  stat,
  meminfo,
  loadavg,
  uptime,
  boot_id,
  delay_accounting,
  pressure_cpu,
  pressure_memory,
  pressure_io,
  pressure_irq,
};
inline constexpr std::size_t host_source_count = 12;

struct HostSample {
  std::string hostname, kernel;
  procfs::SystemInfo info;
  procfs::SystemStat stat;
  procfs::Meminfo memory;
  procfs::Loadavg load;
  procfs::Uptime uptime;
  std::string boot_id;
  /// Whether delays are counted now; of kernels before 5.14, which have no switch, HostSource says
  /// unsupported.
  bool delay_accounting = false;
  std::array<procfs::Pressure, 4> pressure;  ///< by PressureResource
  std::array<Availability, host_source_count> availability{};

  Availability of(HostSource s) const { return availability[static_cast<std::size_t>(s)]; }
  bool has(HostSource s) const { return of(s) == Availability::present; }
};
constexpr HostSource host_source(procfs::PressureResource resource) {
  return static_cast<HostSource>(static_cast<std::uint8_t>(HostSource::pressure_cpu) +
                                 static_cast<std::uint8_t>(resource));
}

/// What somebody does at this moment, as far as we may know. Read later than the snapshot's other facts, by
/// as long as the scan took.
struct Doing {
  Fact<std::optional<std::string>> wchan;
  Fact<procfs::SyscallState> syscall;
};

/// Where the scheduler's clock of one CPU was when the scan ended; see state_age().
struct SchedClock {
  std::uint64_t now_ns = 0;
  std::int32_t cpu = -1;  ///< -1: not known, in a recording
};

struct Snapshot {
  HostSample host;
  std::string machine_root;  ///< Reader::machine_root()
  std::chrono::steady_clock::time_point taken_at;
  std::chrono::system_clock::time_point taken_at_wall;
  SampleList processes;                 ///< thread-group leaders, ascending by pid
  SampleList threads;                   ///< the other threads, when asked for: ascending by (pid, tid)
  std::vector<CgroupUse> cgroup_uses;   ///< Source::cgroup_files
  NamespaceTable namespaces;            ///< Source::namespace_owners
  SysvIpc sysvipc;                      ///< Source::sysvipc
  ContainerNames container_names;       ///< Source::container_names
  std::map<Pid, Doing> zombie_parents;  ///< Source::zombie_parents
  std::map<Tid, sockets::TaskDelays> task_delays;  ///< Source::task_delays
  /// Source::sched. First of the CPU that the scan ended on, then of others that tasks last ran on, as far
  /// as we may run there.
  std::vector<SchedClock> sched_clocks;
  /// scan_again(): how each process was looked at, by index; empty: all were read.
  struct Look {
    std::uint8_t idle_reads = 0;  ///< so many times in a row its stat was as before
    bool read = true;             ///< false: the last scan's facts are taken to hold still
  };
  std::vector<Look> looks;
  bool was_read(std::size_t process) const { return process >= looks.size() || looks[process].read; }
  /// Processes of which not even stat may be read (mounted with hidepid=1): they are in none of these lists.
  std::size_t denied = 0;
  std::vector<Error> errors;  ///< malformed files and the like; a vanished process is no error
};

struct ScanOptions {
  Sources sources = Source::stat;
  bool threads = false;
  /// Of a thread no more than these is read; nullopt: what its process is asked for.
  std::optional<Sources> thread_sources{};
  /// Processes looked at more closely, ascending: of them `close_sources` are read too, and their threads.
  std::vector<Pid> close{};
  Sources close_sources{};
  /// Processes on a screen, ascending: of them `shown_sources` are read too. scan_again() asks them more
  /// often than others.
  std::vector<Pid> shown{};
  Sources shown_sources{};
  /// Threads on a screen, ascending: likewise.
  std::vector<Tid> shown_threads{};
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
std::optional<ProcessIndex> find_index(const Snapshot& snapshot, Pid pid);

/// Index into Snapshot::threads.
using ThreadIndex = std::uint32_t;
std::optional<ThreadIndex> find_thread(const Snapshot& snapshot, Pid pid, Tid tid);
/// The threads of a process: from the first index to before the second.
std::pair<ThreadIndex, ThreadIndex> threads_of(const Snapshot& snapshot, Pid pid);

/// How many processes are in each state, and how many tasks they have together.
struct SystemCounts {
  std::uint64_t processes = 0, threads = 0;
  std::map<procfs::TaskState, std::uint64_t> states;
};
SystemCounts system_counts(const Snapshot& snapshot);

/// How long a task has not run: for one that sleeps, is stopped or a zombie, how long it has been so (but for
/// being woken and going back to sleep meanwhile). Nanoseconds. nullopt: it runs or is about to, never ran,
/// or nothing is known of it (Source::sched). The kernel counts on a clock of each CPU that stands still
/// while the hypervisor gave that CPU to others, so time stolen there since is missing. Where the clock of
/// its CPU could not be read, another one's is taken, and what /proc/stat tells of stolen time: that may be
/// off by seconds on a machine that lost hours.
std::optional<std::uint64_t> state_age(const Snapshot& snapshot, const Sample& sample);

}  // namespace ptop::model
