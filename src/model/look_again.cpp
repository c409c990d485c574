// Some processes of the last scan, read anew; the others as they were.
#include <algorithm>
#include <iterator>

#include "ptop/model/scan_again.hpp"
#include "scan_some.hpp"

namespace ptop::model {
namespace {

/// Those that ended, or whose pid is another one's by now, stay as they were: the next scan tells.
void put_in(Snapshot& all, const Snapshot& fresh) {
  const auto groups = static_cast<std::uint32_t>(all.cgroup_uses.size());
  for (std::size_t i = 0; i < fresh.processes.size(); ++i) {
    const auto place = find_index(all, fresh.processes[i].pid);
    if (!place || all.processes[*place].key != fresh.processes[i].key) continue;
    all.processes.replace(*place, fresh.processes.shared(i));
    if (fresh.processes[i].has_cgroup_use()) all.processes.change(*place).cgroup_use += groups;
  }
  for (std::size_t i = 0; i < fresh.threads.size(); ++i) {
    const auto place = find_thread(all, fresh.threads[i].pid, fresh.threads[i].key.tid);
    if (!place || all.threads[*place].key != fresh.threads[i].key) continue;
    all.threads.replace(*place, fresh.threads.shared(i));
    if (fresh.threads[i].has_cgroup_use()) all.threads.change(*place).cgroup_use += groups;
  }
}

}  // namespace

Snapshot look_again(procfs::Reader& reader, const ScanOptions& options, const LastScan& last) {
  Snapshot all = *last.snapshot, fresh;
  fresh.host = all.host;
  ScanOptions shown = options;
  shown.threads = false;
  scan_some(reader, shown, {}, options.shown, fresh);
  put_in(all, fresh);
  std::move(fresh.cgroup_uses.begin(), fresh.cgroup_uses.end(), std::back_inserter(all.cgroup_uses));
  add_namespace_facts(all.namespaces, fresh.namespaces);
  if (fresh.sysvipc.shm.availability != Availability::not_read) all.sysvipc = std::move(fresh.sysvipc);
  all.container_names.merge(fresh.container_names);
  all.zombie_parents.merge(fresh.zombie_parents);
  all.task_delays.merge(fresh.task_delays);
  if (!fresh.sched_clocks.empty()) all.sched_clocks = std::move(fresh.sched_clocks);
  return all;
}

}  // namespace ptop::model
