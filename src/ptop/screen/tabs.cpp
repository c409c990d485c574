// The table of screens.
#include "tabs.hpp"

namespace ptop::app {

using enum model::ColumnId;

std::vector<model::ColumnId> default_columns() {
  return {pid, user, priority, nice, vsz, rss, state, cpu, mem, time_ns, command};
}

std::vector<Tab> make_tabs(std::vector<model::ColumnId> first) {
  const auto by = [](model::ColumnId column) {
    return Arrangement{.tree = false, .flat_sort = {column, true}};
  };
  const auto grouped = [](GroupBy group) { return Arrangement{.group = group}; };
  return {
      {"Main", std::move(first)},
      {"Family",
       {pid, ppid, pgid, sid, tty, user, state, threads, child_count, tree_count, tree_cpu, tree_rss,
        command}},
      {"Memory",
       {pid, user, vsz, rss, rss_anon, rss_file, rss_shmem, swap, data, pte, minflt, majflt, mem, command},
       by(rss)},
      {"I/O",
       {pid, user, state, io_read, io_write, io_rchar, io_wchar, blkio_delay_ns, command},
       by(io_write)},
      {"Cgroups",
       {pid, user, state, cpu, rss, unit, container_id, cgroup, command},
       grouped(GroupBy::cgroup)},
      {"Namespaces", {pid, nspid, user, pidns, userns, mntns, netns, command}, grouped(GroupBy::pidns)},
      {"Waiting", {pid, user, state, state_age_ns, wchan, syscall_name, command}},
      {"Traced", {pid, tracer, user, state, state_age_ns, command}, {}, "tracer!=0"},
  };
}

}  // namespace ptop::app
