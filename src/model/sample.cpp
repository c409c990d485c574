// What a sample says when it is asked: reasons, one process of a snapshot.
#include "ptop/model/sample.hpp"

#include <algorithm>
#include <bit>

namespace ptop::model {

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

/// unshare(2) gives a thread a working directory, a root and namespaces of its own; setresuid(2) called
/// directly, credentials; a threaded cgroup, another group.
Sources sources_of_threads() {
  using enum Source;
  return {stat,
          status,
          cwd,
          cgroup,
          root,
          io,
          schedstat,
          wchan,
          syscall,
          stack,
          namespaces,
          sched,
          loginuid,
          label,
          sessionid,
          cgroup_files,
          namespace_owners,
          container_names,
          task_delays};
}

Sources Availabilities::asked() const {
  Sources asked;
  for (std::size_t i = 0; i < planes_[0].size(); ++i) {
    unsigned any = 0;
    for (const Plane& plane : planes_) any |= plane[i];
    for (; any != 0; any &= any - 1)
      asked |= static_cast<Source>(8 * i + static_cast<unsigned>(std::countr_zero(any)));
  }
  return asked;
}

Sources asked_sources(const Sample& sample) { return sample.availability.asked(); }

Sources own_asked_sources(const Sample& sample) {
  Sources asked = asked_sources(sample);
  for (const Source later : {Source::cgroup_files, Source::namespace_owners, Source::sysvipc,
                             Source::zombie_parents, Source::container_names, Source::task_delays})
    asked.remove(later);
  return asked;
}

// Threads are not listed in /proc, but they can be opened there: proc(5).
Result<Pid> process_of(procfs::Reader& reader, Tid tid) {
  auto dir = reader.open_process(Pid(tid.raw()));
  if (!dir) return fail(dir.error());
  const auto status = dir->read_status();
  if (!status) return fail(status.error());
  return status->tgid;
}

SystemCounts system_counts(const Snapshot& snapshot) {
  SystemCounts counts;
  for (const Sample& process : snapshot.processes) {
    ++counts.processes;
    counts.threads += static_cast<std::uint64_t>(std::max(process.stat.threads, 0));
    ++counts.states[process.stat.state];
  }
  return counts;
}

Sample& SampleList::change(std::size_t i) { return samples_[i].change(); }

void SampleList::sort_by_pid() {
  std::sort(samples_.begin(), samples_.end(), [](const Pointer& a, const Pointer& b) {
    return std::pair(a->pid, a->key.tid) < std::pair(b->pid, b->key.tid);
  });
}

std::optional<ProcessIndex> find_index(const Snapshot& snapshot, Pid pid) {
  const auto& all = snapshot.processes;
  const auto found = std::lower_bound(all.begin(), all.end(), pid,
                                      [](const Sample& sample, Pid wanted) { return sample.pid < wanted; });
  if (found == all.end() || found->pid != pid) return std::nullopt;
  return static_cast<ProcessIndex>(found - all.begin());
}

std::optional<ThreadIndex> find_thread(const Snapshot& snapshot, Pid pid, Tid tid) {
  const auto& all = snapshot.threads;
  const auto found = std::lower_bound(
      all.begin(), all.end(), std::pair(pid, tid),
      [](const Sample& sample, auto wanted) { return std::pair(sample.pid, sample.key.tid) < wanted; });
  if (found == all.end() || found->pid != pid || found->key.tid != tid) return std::nullopt;
  return static_cast<ThreadIndex>(found - all.begin());
}

std::pair<ThreadIndex, ThreadIndex> threads_of(const Snapshot& snapshot, Pid pid) {
  const auto& all = snapshot.threads;
  const auto first = std::lower_bound(all.begin(), all.end(), pid,
                                      [](const Sample& sample, Pid wanted) { return sample.pid < wanted; });
  const auto last = std::find_if(first, all.end(), [pid](const Sample& sample) { return sample.pid != pid; });
  return {static_cast<ThreadIndex>(first - all.begin()), static_cast<ThreadIndex>(last - all.begin())};
}

const Sample* find_process(const Snapshot& snapshot, Pid pid) {
  const auto index = find_index(snapshot, pid);
  return index ? &snapshot.processes[*index] : nullptr;
}

}  // namespace ptop::model
