// One-shot commands: scan once, print, end. They never sleep and never ask.
#include "commands.hpp"

#include <unistd.h>

#include <algorithm>

#include <fmt/format.h>

#include "one_scan.hpp"
#include "one_shot.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/model/query.hpp"
#include "ptop/render/csv.hpp"
#include "ptop/render/process_table.hpp"
#include "ptop/render/snapshot_json.hpp"
#include "rows.hpp"

namespace ptop::app {
namespace {

using namespace model;

constexpr std::string_view default_columns = "pid,ppid,user,state,tty,cpu,mem,rss,age_ns,time_ns,command";
constexpr std::string_view default_thread_columns =
    "pid,tid,ppid,user,state,tty,cpu,mem,rss,age_ns,time_ns,command";

Result<std::vector<ColumnId>> ps_columns(const Options& options) {
  if (!options.columns.empty()) return parse_columns(options.columns);
  return parse_columns(options.threads ? default_thread_columns : default_columns);
}

Result<std::vector<ColumnId>> dump_columns(const Options& options) {
  if (!options.columns.empty()) return parse_columns(options.columns);
  std::vector<ColumnId> ids;
  for (const Column& c : columns()) {
    if (c.in_json || options.full) ids.push_back(c.id);
  }
  return ids;
}

/// The formats for scripts: JSON unless another one is asked for.
void write_for_scripts(render::LineOutput& out, const Scene& scene, std::span<const TaskIndex> rows,
                       const render::TaskMembers& members, const Options& options) {
  const bool lines = options.format == Format::jsonl || options.format == Format::csv;
  if (!lines) return render::write_snapshot_json(out, scene, rows, members);
  const bool csv = options.format == Format::csv;
  if (csv && options.headers) out.write(render::csv_header(members.columns));
  for (const TaskIndex task : rows) {
    if (out.error() != 0) return;
    const Row row = row_of(scene, task);
    out.write(csv ? render::csv_line(row, members.columns) : render::process_json(row, members));
  }
}

/// Ascending, each once: threads stand behind their process.
std::vector<Pid> pids_of(const Snapshot& snapshot, std::span<const TaskIndex> rows) {
  std::vector<Pid> pids;
  for (const TaskIndex row : rows) pids.push_back(snapshot.processes[row.process].pid);
  pids.erase(std::unique(pids.begin(), pids.end()), pids.end());
  return pids;
}

}  // namespace

int run_ps(const Options& options) {
  const auto shown = ps_columns(options);
  if (!shown) return complain(wrong_usage, fmt::format("-o: {}", escaped(shown.error().what)));
  const auto sorting = parse_sorting(options.sort);
  if (!sorting) return complain(wrong_usage, fmt::format("--sort: {}", escaped(sorting.error().what)));
  const auto query = Query::parse(options.query);
  if (!query) return complain(wrong_usage, explain(query.error(), options.query));
  const Sources sources =
      sources_of(*shown) | sources_of({&sorting->column, 1}) | query->needs() | Source::stat;
  auto snapshot = scan_once(options, {.sources = sources, .threads = options.threads});
  if (!snapshot) return complain(internal_error, describe(snapshot.error()));
  const OneScan scan(std::move(*snapshot));
  auto rows = options.tree ? tree_rows(scan.scene(), *sorting) : flat_rows(scan.scene(), *sorting);
  keep_matching(rows, scan.scene(), *query);
  render::LineOutput out(STDOUT_FILENO, /*buffered=*/true);
  if (options.format != Format::automatic) {
    write_for_scripts(out, scan.scene(), rows, {.columns = *shown}, options);
    return finish(out, rows.empty() ? nothing_matched : matched);
  }
  const render::TableOptions table{.columns = *shown,
                                   .terminal_columns = terminal_columns(),
                                   .headers = options.headers,
                                   .tree = options.tree,
                                   .ascii = wants_ascii(options)};
  render::write_table(out, scan.scene(), rows, table, paint_for(options));
  return finish(out, rows.empty() ? nothing_matched : matched);
}

int run_tree(const Options& options) {
  auto snapshot = scan_once(options, {.sources = {Source::stat, Source::status}});
  if (!snapshot) return complain(internal_error, describe(snapshot.error()));
  const OneScan scan(std::move(*snapshot));
  render::TreeOptions tree{.terminal_columns = terminal_columns(), .ascii = wants_ascii(options)};
  if (options.pid) {
    tree.root = find_index(scan.snapshot(), *options.pid);
    if (!tree.root)
      return complain(no_such_process, fmt::format("no process has pid {}", options.pid->raw()));
  }
  render::LineOutput out(STDOUT_FILENO, /*buffered=*/true);
  render::write_tree(out, scan.scene(), tree, paint_for(options));
  return finish(out, scan.snapshot().processes.empty() ? nothing_matched : matched);
}

int run_dump(const Options& options) {
  const auto shown = dump_columns(options);
  if (!shown) return complain(wrong_usage, fmt::format("-o: {}", escaped(shown.error().what)));
  const auto query = Query::parse(options.query);
  if (!query) return complain(wrong_usage, explain(query.error(), options.query));
  Sources sources = sources_of(*shown) | query->needs() | Source::stat;
  if (options.full) sources |= render::full_sources();
  auto snapshot = scan_once(options, {.sources = sources, .threads = options.threads});
  if (!snapshot) return complain(internal_error, describe(snapshot.error()));
  const OneScan scan(std::move(*snapshot));
  auto rows = flat_rows(scan.scene(), {});
  keep_matching(rows, scan.scene(), *query);
  const bool lists = options.full && options.format != Format::csv;
  render::TaskMembers members{.columns = *shown, .full = lists};
  const auto files = lists ? scan_files(options, pids_of(scan.snapshot(), rows)) : nullptr;
  if (files) members.ends = &files->ends;
  render::LineOutput out(STDOUT_FILENO, /*buffered=*/true);
  write_for_scripts(out, scan.scene(), rows, members, options);
  return finish(out, rows.empty() ? nothing_matched : matched);
}

}  // namespace ptop::app
