// Control groups, namespaces, IPC tables, parents of zombies, the scheduler's clocks.
#include "shared_sources.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "namespace_owners.hpp"
#include "parent_doings.hpp"
#include "sched_clocks.hpp"
#include "task_delay_reader.hpp"

namespace ptop::model {
namespace {

class SharedReader {
 public:
  SharedReader(procfs::Reader& reader, Snapshot& snapshot, Sources any,
               const std::function<Sources(const Sample&)>& wanted, StuckTasks& stuck)
      : reader_(reader), snapshot_(snapshot), any_(any), wanted_(wanted), stuck_(stuck) {}

  void run() {
    each(Source::cgroup_files, [&](Sample& s) { add_cgroups(s); });
    if (groups_) snapshot_.cgroup_uses = std::move(*groups_).take();
    each(Source::namespace_owners, [&](Sample& s) { add_namespaces(s); });
    snapshot_.namespaces = read_namespace_owners(reader_, members_, stuck_);
    each(Source::sysvipc, [&](Sample& s) { add_ipc(s); });
    each(Source::container_names, [&](Sample& s) { add_container_name(s); });
    each(Source::zombie_parents, [&](Sample& s) { add_zombie_parent(s); });
    each(Source::task_delays, [&](Sample& s) { add_delays(s); });
    snapshot_.zombie_parents = read_doings(reader_, {parents_.begin(), parents_.end()}, stuck_);
    read_clocks();
  }

 private:
  /// Every task of which `source` is asked for.
  template <class Visit>
  void each(Source source, Visit visit) {
    if (!any_.has(source)) return;
    for (SampleList* list : {&snapshot_.processes, &snapshot_.threads}) {
      for (std::size_t i = 0; i < list->size(); ++i) {
        if (wanted_((*list)[i]).has(source)) visit(list->change(i));
      }
    }
  }
  static void set(Sample& sample, Source source, Availability availability) {
    sample.availability.set(source, availability);
  }

  void add_cgroups(Sample& sample);
  void add_namespaces(Sample& sample);
  void add_ipc(Sample& sample);
  void add_zombie_parent(Sample& sample);
  void add_container_name(Sample& sample);
  void add_delays(Sample& sample);
  void read_clocks();

  procfs::Reader& reader_;
  Snapshot& snapshot_;
  Sources any_;
  const std::function<Sources(const Sample&)>& wanted_;
  std::optional<CgroupUses> groups_;
  StuckTasks& stuck_;
  bool has_ipc_ = false;
  std::optional<TaskDelayReader> delays_;
  std::set<ProcessKey> parents_;        // of zombies
  std::vector<const Sample*> members_;  // of namespaces to be asked about
};

void SharedReader::add_cgroups(Sample& sample) {
  set(sample, Source::cgroup_files, sample.of(Source::cgroup));
  if (!sample.has(Source::cgroup)) return;
  // Without mounts every group is `unsupported`: its files are nowhere to be seen.
  if (!groups_)
    groups_.emplace(reader_.read_own_mountinfo().value_or(std::vector<procfs::Mount>{}),
                    reader_.machine_root());
  sample.cgroup_use = groups_->add(*sample.cgroups);
}

void SharedReader::add_namespaces(Sample& sample) {
  set(sample, Source::namespace_owners, sample.of(Source::namespaces));
  if (sample.has(Source::namespaces)) members_.push_back(&sample);
}

void SharedReader::add_ipc(Sample& sample) {
  set(sample, Source::sysvipc, Availability::present);
  if (has_ipc_) return;
  has_ipc_ = true;
  SysvIpc& ipc = snapshot_.sysvipc;
  ipc.shm = Fact(reader_.read_sysvipc_shm());
  ipc.sem = Fact(reader_.read_sysvipc_sem());
  ipc.msg = Fact(reader_.read_sysvipc_msg());
  if (const auto own = reader_.read_own_namespace("ipc")) ipc.ipc_namespace = own->inode;
}

void SharedReader::add_container_name(Sample& sample) {
  set(sample, Source::container_names, sample.of(Source::cgroup));
  if (!sample.has(Source::cgroup)) return;
  const CgroupPlace place = cgroup_place(*sample.cgroups);
  if (place.container_runtime.empty()) return;
  const auto [entry, is_new] = snapshot_.container_names.try_emplace(
      {std::string(place.container_runtime), std::string(place.container_id)});
  if (is_new) entry->second = Fact(read_container_name(reader_.machine_root(), place));
}

void SharedReader::add_delays(Sample& sample) {
  if (!delays_) delays_.emplace(reader_);
  const auto found = delays_->read(sample);
  set(sample, Source::task_delays, found.availability);
  if (found.known()) snapshot_.task_delays[sample.key.tid] = found.value;
}

void SharedReader::add_zombie_parent(Sample& sample) {
  set(sample, Source::zombie_parents, Availability::present);
  if (sample.is_thread() || sample.stat.state != procfs::TaskState::zombie) return;
  if (const Sample* parent = find_process(snapshot_, sample.stat.ppid))
    parents_.insert(parent->process_key());
}

void SharedReader::read_clocks() {
  std::set<std::int32_t> cpus;
  const auto add = [&](const Sample& s) {
    if (s.has(Source::sched)) cpus.insert(s.stat.processor);
  };
  std::for_each(snapshot_.processes.begin(), snapshot_.processes.end(), add);
  std::for_each(snapshot_.threads.begin(), snapshot_.threads.end(), add);
  if (!cpus.empty()) snapshot_.sched_clocks = read_sched_clocks(reader_, std::move(cpus));
}

}  // namespace

void read_shared_sources(procfs::Reader& reader, Snapshot& snapshot, Sources any,
                         const std::function<Sources(const Sample&)>& wanted, StuckTasks& stuck) {
  SharedReader(reader, snapshot, any, wanted, stuck).run();
}

}  // namespace ptop::model
