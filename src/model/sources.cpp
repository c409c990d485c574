// The table of Sources. A new one is an enumerator in sample.hpp, a field in Extras and a row here.
#include "sources.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace ptop::model {
namespace {

using procfs::TaskDir;

struct SourceRow {
  Source source;
  void (*read)(TaskReading& task);
  bool blocks = false;  ///< whether it waits for the target's memory, or until it is through with its exec(2)
};

template <Source source, auto Member, auto Read>
constexpr SourceRow file() {
  return {source, [](TaskReading& task) { task.keep(source, task.sample().*Member, (task.dir().*Read)()); }};
}

template <Source source, auto Member, auto Read>
constexpr SourceRow extra_file() {
  return {source, [](TaskReading& task) { task.keep(source, task.extras().*Member, (task.dir().*Read)()); }};
}

constexpr SourceRow blocking(SourceRow row) {
  row.blocks = true;
  return row;
}

/// `stat` is read before there is a Sample to keep anything in.
void read_already(TaskReading&) {}
void read_exe(TaskReading& task) {
  Shared<std::string>& exe = task.sample().exe;
  task.keep(Source::exe, exe, task.dir().read_link("exe"));
  task.sample().exe_deleted = exe->ends_with(" (deleted)") && !task.dir().is_called("exe", *exe);
}
void read_cwd(TaskReading& task) { task.keep(Source::cwd, task.sample().cwd, task.dir().read_link("cwd")); }
void read_root(TaskReading& task) {
  task.keep(Source::root, task.extras().root, task.dir().read_link("root"));
}

/// shared_sources.cpp reads it, once for all.
void read_later(TaskReading&) {}

/// What the link leads to, and what has that name now.
Result<ExeFile> exe_file(procfs::TaskDir& dir) {
  constexpr std::string_view deleted_mark = " (deleted)";
  const auto running = dir.link_status("exe");
  if (!running) return fail(running.error());
  auto path = dir.read_link("exe");
  if (!path) return fail(path.error());
  if (path->ends_with(deleted_mark) && !dir.is_called("exe", *path))
    path->resize(path->size() - deleted_mark.size());
  // Major 0 is a file system without a disk below it: a network's, or one that asks another one.
  const auto named = dir.named_file(*path, running->device.major != 0);
  if (!named) return fail(named.error());
  return ExeFile{*running, *named};
}
void read_exe_file(TaskReading& task) {
  task.keep(Source::exe_file, task.extras().exe_file, exe_file(task.dir()));
}

constexpr std::array<SourceRow, source_count> rows{{
    {Source::stat, read_already},
    file<Source::status, &Sample::status, &TaskDir::read_status>(),
    file<Source::statm, &Sample::statm, &TaskDir::read_statm>(),
    blocking(file<Source::cmdline, &Sample::cmdline, &TaskDir::read_cmdline>()),
    file<Source::cgroup, &Sample::cgroups, &TaskDir::read_cgroup>(),
    {Source::exe, read_exe},
    {Source::cwd, read_cwd},
    {Source::root, read_root},
    blocking(extra_file<Source::environ, &Extras::environment, &TaskDir::read_environ>()),
    blocking(extra_file<Source::io, &Extras::io, &TaskDir::read_io>()),
    extra_file<Source::schedstat, &Extras::schedstat, &TaskDir::read_schedstat>(),
    blocking(extra_file<Source::smaps_rollup, &Extras::smaps, &TaskDir::read_smaps_rollup>()),
    extra_file<Source::oom_score, &Extras::oom_score, &TaskDir::read_oom_score>(),
    extra_file<Source::oom_score_adj, &Extras::oom_score_adj, &TaskDir::read_oom_score_adj>(),
    extra_file<Source::wchan, &Extras::wchan, &TaskDir::read_wchan>(),
    blocking(extra_file<Source::syscall, &Extras::syscall, &TaskDir::read_syscall>()),
    extra_file<Source::limits, &Extras::limits, &TaskDir::read_limits>(),
    extra_file<Source::namespaces, &Extras::namespaces, &TaskDir::read_namespaces>(),
    extra_file<Source::loginuid, &Extras::loginuid, &TaskDir::read_loginuid>(),
    extra_file<Source::sessionid, &Extras::audit_session, &TaskDir::read_sessionid>(),
    extra_file<Source::autogroup, &Extras::autogroup, &TaskDir::read_autogroup>(),
    extra_file<Source::label, &Extras::label, &TaskDir::read_attr_current>(),
    blocking({Source::exe_file, read_exe_file}),
    extra_file<Source::sched, &Extras::sched, &TaskDir::read_sched>(),
    blocking(extra_file<Source::maps, &Extras::maps, &TaskDir::read_maps>()),
    extra_file<Source::std_files, &Extras::std_files, &TaskDir::read_std_files>(),
    extra_file<Source::stack, &Extras::stack, &TaskDir::read_stack>(),
    {Source::cgroup_files, read_later},
    {Source::namespace_owners, read_later},
    {Source::sysvipc, read_later},
    {Source::zombie_parents, read_later},
    {Source::container_names, read_later},
    {Source::task_delays, read_later},
}};

constexpr bool rows_match_enum() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].source != static_cast<Source>(i) || rows[i].read == nullptr) return false;
  }
  return true;
}
static_assert(rows_match_enum());

}  // namespace

void TaskReading::note(Source source, const Error* error) {
  sample_.availability.set(source, error == nullptr ? Availability::present : availability_of(error->code));
  if (error != nullptr) note_error(errors_, *error, fmt::format_int(sample_.key.tid.raw()).c_str());
}

void TaskReading::give_up(Source source) { sample_.availability.set(source, Availability::timeout); }

Sources blocking_sources() {
  Sources sources;
  for (const SourceRow& row : rows) {
    if (row.blocks) sources |= row.source;
  }
  return sources;
}

void read_source(Source source, TaskReading& task) { rows[static_cast<std::size_t>(source)].read(task); }

void note_error(std::vector<Error>& errors, const Error& error, std::string_view place) {
  if (error.code != Errc::malformed && error.code != Errc::os) return;
  Error with_place = error;
  with_place.what = fmt::format("{}{}{}", place, place.empty() ? "" : "/", error.what);
  errors.push_back(std::move(with_place));
}

}  // namespace ptop::model
