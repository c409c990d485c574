// One page for each process that was named, or its object of dump --full.
#include "commands_show.hpp"

#include <unistd.h>

#include <algorithm>

#include <fmt/format.h>

#include "one_scan.hpp"
#include "one_shot.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/render/descriptors.hpp"
#include "ptop/render/show.hpp"
#include "ptop/render/snapshot_json.hpp"

namespace ptop::app {
namespace {

using namespace model;

/// What was asked for: a process, or a thread of one.
struct Asked {
  Pid pid;
  std::optional<Tid> thread;  ///< nullopt: the process
};

/// Each with its process. Those that are not there get a line on stderr.
std::vector<Asked> find_asked(procfs::Reader& reader, const std::vector<Pid>& numbers) {
  std::vector<Asked> found;
  for (const Pid number : numbers) {
    const auto pid = process_of(reader, Tid(number.raw()));
    if (pid && *pid != number) {
      found.push_back({*pid, Tid(number.raw())});
    } else {
      found.push_back({number, {}});
    }
  }
  return found;
}

std::vector<Pid> pids_of(const std::vector<Asked>& asked) {
  std::vector<Pid> pids;
  for (const Asked& one : asked) pids.push_back(one.pid);
  std::sort(pids.begin(), pids.end());
  pids.erase(std::unique(pids.begin(), pids.end()), pids.end());
  return pids;
}

std::optional<TaskIndex> find_task(const Snapshot& snapshot, const Asked& asked) {
  const auto process = find_index(snapshot, asked.pid);
  if (!process) return std::nullopt;
  TaskIndex task{*process, {}};
  if (!asked.thread) return task;
  const auto& threads = snapshot.threads;
  const auto found = std::find_if(threads.begin(), threads.end(),
                                  [&](const Sample& thread) { return thread.key.tid == *asked.thread; });
  if (found == threads.end()) return std::nullopt;
  task.thread = static_cast<std::uint32_t>(found - threads.begin());
  return task;
}

/// The tasks that are there; one line on stderr for each that is not.
std::vector<TaskIndex> find_tasks(const Snapshot& snapshot, const std::vector<Asked>& asked, int& status) {
  std::vector<TaskIndex> tasks;
  for (const Asked& one : asked) {
    if (const auto task = find_task(snapshot, one)) {
      tasks.push_back(*task);
    } else {
      status = complain(no_such_process,
                        fmt::format("no process has pid {}", one.thread ? one.thread->raw() : one.pid.raw()));
    }
  }
  return tasks;
}

/// Every key, whatever the sections.
std::vector<ColumnId> all_columns() {
  std::vector<ColumnId> ids;
  for (const Column& c : columns()) ids.push_back(c.id);
  return ids;
}

void write_json(render::LineOutput& out, const Options& options, const Scene& scene,
                const std::vector<TaskIndex>& tasks, const DescriptorEnds* ends) {
  const auto ids = all_columns();
  const render::TaskMembers members{.columns = ids, .full = true, .ends = ends};
  if (options.format == Format::json) return render::write_snapshot_json(out, scene, tasks, members);
  for (const TaskIndex task : tasks) out.write(render::process_json(row_of(scene, task), members));
}

void write_pages(render::LineOutput& out, const Options& options, const Scene& scene,
                 const std::vector<TaskIndex>& tasks, const render::ShowOptions& show) {
  const render::PageLook look{.columns = terminal_columns(), .ascii = show.ascii};
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (i > 0) out.write("");
    render::write_page(out, render::process_page(scene, tasks[i], show), look, paint_for(options));
  }
}

ScanOptions what_to_scan(const Options& options, render::ShowSections sections, std::vector<Pid> pids) {
  Sources sources = render::show_sources(sections);
  if (options.format != Format::automatic) sources |= sources_of(all_columns()) | render::full_sources();
  return {
      .sources = render::show_sources_of_all(sections), .close = std::move(pids), .close_sources = sources};
}

}  // namespace

int run_show(const Options& options) {
  if (options.pids.empty()) return complain(wrong_usage, "show: which process? As in: ptop show 4711");
  const auto sections =
      options.sections.empty() ? render::all_show_sections() : render::parse_show_sections(options.sections);
  if (!sections) return complain(wrong_usage, fmt::format("-s: {}", escaped(sections.error().what)));
  auto reader = procfs::Reader::open(options.proc);
  if (!reader) return complain(internal_error, describe(reader.error()));
  const auto asked = find_asked(*reader, options.pids);
  const auto pids = pids_of(asked);
  auto snapshot = scan(*reader, what_to_scan(options, *sections, pids));
  if (!snapshot) return complain(internal_error, describe(snapshot.error()));
  const OneScan scan(std::move(*snapshot));
  int status = matched;
  const auto tasks = find_tasks(scan.snapshot(), asked, status);
  if (tasks.empty()) return status;
  const auto files = scan_files(options, pids);
  render::ShowOptions show{
      .sections = *sections, .ends = files ? &files->ends : nullptr, .ascii = wants_ascii(options)};
  if (files && files->snapshot.same_pids) show.self = Pid(::getpid());
  render::LineOutput out(STDOUT_FILENO, /*buffered=*/true);
  if (options.format == Format::automatic) {
    write_pages(out, options, scan.scene(), tasks, show);
  } else {
    write_json(out, options, scan.scene(), tasks, show.ends);
  }
  return finish(out, status);
}

}  // namespace ptop::app
