// One-shot commands: scan once, print, end. They never sleep and never ask.
#include "commands.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/base/names.hpp"
#include "ptop/base/number.hpp"
#include "ptop/model/query.hpp"
#include "ptop/render/process_table.hpp"
#include "ptop/render/snapshot_json.hpp"

namespace ptop::app {
namespace {

using namespace model;

constexpr int matched = 0, nothing_matched = 1, wrong_usage = 2, no_such_process = 3, internal_error = 4;
constexpr std::string_view default_columns = "pid,ppid,user,state,tty,cpu,mem,rss,age_ns,time_ns,command";

int complain(int status, std::string_view message) {
  fmt::print(stderr, "ptop: {}\n", message);
  return status;
}

/// One scan with what is known from it. Not movable: the scene points into it.
class OneScan {
 public:
  explicit OneScan(Snapshot snapshot)
      : snapshot_(std::move(snapshot)),
        tree_(build_tree(snapshot_)),
        classes_(classify(snapshot_, tree_, nullptr)) {}
  OneScan(const OneScan&) = delete;
  OneScan& operator=(const OneScan&) = delete;
  const Scene& scene() const { return scene_; }
  const Snapshot& snapshot() const { return snapshot_; }

 private:
  Snapshot snapshot_;
  Tree tree_;
  std::vector<Classification> classes_;
  UserNames users_;
  Scene scene_{snapshot_, tree_, classes_, nullptr, users_};
};

Result<Snapshot> scan_once(const Options& options, Sources sources) {
  auto reader = procfs::Reader::open(options.proc);
  if (!reader) return fail(reader.error());
  return scan(*reader, {.sources = sources, .threads = false});
}

/// 0 when it is no terminal: nothing is cut then.
std::size_t terminal_columns() {
  if (::isatty(STDOUT_FILENO) == 0) return 0;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const char* columns = std::getenv("COLUMNS");
  return parse_number<std::size_t>(columns == nullptr ? "" : columns).value_or(80);
}

/// A locale that was chosen and is not UTF-8. No locale at all is usual in containers, whose terminals show
/// UTF-8.
bool locale_is_ascii() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    std::string upper(value);
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return upper.find("UTF-8") == std::string::npos && upper.find("UTF8") == std::string::npos;
  }
  return false;
}

bool wants_ascii(const Options& options) { return options.ascii || locale_is_ascii(); }

render::Paint paint_for(const Options& options) {
  return render::Paint(render::wants_colour(options.colour, STDOUT_FILENO));
}

/// A reader that has seen enough (`| head`) is no failure of ours.
int finish(render::LineOutput& out, int status) {
  out.flush();
  if (out.error() == 0 || out.error() == EPIPE) return status;
  return complain(internal_error, fmt::format("standard output: {}", errno_text(out.error())));
}

struct Sorting {
  ColumnId column = ColumnId::pid;
  bool descending = false;
};

/// `[-]COL`; `+COL` as ps(1) allows.
Result<Sorting> parse_sorting(std::string_view text) {
  Sorting sorting;
  if (text.empty()) return sorting;
  sorting.descending = text[0] == '-';
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  const auto columns = parse_columns(text);
  if (!columns) return fail(columns.error());
  if (columns->size() != 1) return fail({Errc::malformed, 0, "one column is sorted by, as in -cpu"});
  sorting.column = columns->front();
  return sorting;
}

/// Sorts rows; what is unavailable comes last in either direction.
class Sorter {
 public:
  Sorter(const Scene& scene, Sorting sorting) : descending_(sorting.descending) {
    const Column& sorted = column(sorting.column);
    const auto& processes = scene.snapshot.processes;
    values_.reserve(processes.size());
    for (ProcessIndex i = 0; i < processes.size(); ++i)
      values_.push_back(sorted.value(Row{scene, processes[i], i}));
  }

  void sort(std::vector<ProcessIndex>& rows) const {
    std::stable_sort(rows.begin(), rows.end(), [&](ProcessIndex a, ProcessIndex b) { return before(a, b); });
  }

 private:
  bool before(ProcessIndex a, ProcessIndex b) const {
    const bool a_missing = std::holds_alternative<std::monostate>(values_[a]);
    const bool b_missing = std::holds_alternative<std::monostate>(values_[b]);
    const bool reversed = descending_ && !a_missing && !b_missing;
    return reversed ? value_less(values_[b], values_[a]) : value_less(values_[a], values_[b]);
  }

  std::vector<Value> values_;
  bool descending_;
};

std::vector<ProcessIndex> every_row(const Scene& scene) {
  std::vector<ProcessIndex> rows(scene.snapshot.processes.size());
  std::iota(rows.begin(), rows.end(), ProcessIndex{0});
  return rows;
}

/// Parents before children, siblings in the order of `sorter`.
std::vector<ProcessIndex> tree_rows(const Tree& tree, const Sorter& sorter) {
  std::vector<ProcessIndex> rows, pending;
  const auto push = [&](std::vector<ProcessIndex> siblings) {
    sorter.sort(siblings);
    pending.insert(pending.end(), siblings.rbegin(), siblings.rend());
  };
  push(tree.roots);
  while (!pending.empty()) {
    rows.push_back(pending.back());
    pending.pop_back();
    push(tree.nodes[rows.back()].children);
  }
  return rows;
}

std::vector<ProcessIndex> ordered_rows(const Scene& scene, const Options& options, Sorting sorting) {
  if (options.sort.empty()) return options.tree ? scene.tree.preorder() : every_row(scene);  // by pid already
  const Sorter sorter(scene, sorting);
  if (options.tree) return tree_rows(scene.tree, sorter);
  auto rows = every_row(scene);
  sorter.sort(rows);
  return rows;
}

/// Leaves the rows that match, in their order.
void keep_matching(std::vector<ProcessIndex>& rows, const Scene& scene, const Query& query) {
  if (query.matches_everything()) return;
  const auto& processes = scene.snapshot.processes;
  std::erase_if(rows, [&](ProcessIndex i) { return !query.matches({scene, processes[i], i}); });
}

std::vector<ColumnId> dump_columns() {
  std::vector<ColumnId> ids;
  for (const Column& c : columns()) {
    if (c.in_json) ids.push_back(c.id);
  }
  return ids;
}

}  // namespace

int run_ps(const Options& options) {
  const auto shown = parse_columns(options.columns.empty() ? default_columns : options.columns);
  if (!shown) return complain(wrong_usage, fmt::format("-o: {}", escaped(shown.error().what)));
  const auto sorting = parse_sorting(options.sort);
  if (!sorting) return complain(wrong_usage, fmt::format("--sort: {}", escaped(sorting.error().what)));
  const auto query = Query::parse(options.query);
  if (!query) return complain(wrong_usage, explain(query.error(), options.query));
  const Sources sources =
      sources_of(*shown) | sources_of({&sorting->column, 1}) | query->needs() | Source::stat;
  auto snapshot = scan_once(options, sources);
  if (!snapshot) return complain(internal_error, describe(snapshot.error()));
  const OneScan scan(std::move(*snapshot));
  auto rows = ordered_rows(scan.scene(), options, *sorting);
  keep_matching(rows, scan.scene(), *query);
  render::LineOutput out(STDOUT_FILENO, /*buffered=*/true);
  const render::TableOptions table{.columns = *shown,
                                   .terminal_columns = terminal_columns(),
                                   .headers = options.headers,
                                   .tree = options.tree,
                                   .ascii = wants_ascii(options)};
  render::write_table(out, scan.scene(), rows, table, paint_for(options));
  return finish(out, rows.empty() ? nothing_matched : matched);
}

int run_tree(const Options& options) {
  auto snapshot = scan_once(options, {Source::stat, Source::status});
  if (!snapshot) return complain(internal_error, describe(snapshot.error()));
  const OneScan scan(std::move(*snapshot));
  render::TreeOptions tree{.terminal_columns = terminal_columns(), .ascii = wants_ascii(options)};
  if (options.pid) {
    const Sample* process = find_process(scan.snapshot(), *options.pid);
    if (process == nullptr)
      return complain(no_such_process, fmt::format("no process has pid {}", options.pid->raw()));
    tree.root = static_cast<ProcessIndex>(process - scan.snapshot().processes.data());
  }
  render::LineOutput out(STDOUT_FILENO, /*buffered=*/true);
  render::write_tree(out, scan.scene(), tree, paint_for(options));
  return finish(out, scan.snapshot().processes.empty() ? nothing_matched : matched);
}

int run_dump(const Options& options) {
  const auto shown = options.columns.empty() ? Result<std::vector<ColumnId>>(dump_columns())
                                             : parse_columns(options.columns);
  if (!shown) return complain(wrong_usage, fmt::format("-o: {}", escaped(shown.error().what)));
  const auto query = Query::parse(options.query);
  if (!query) return complain(wrong_usage, explain(query.error(), options.query));
  auto snapshot = scan_once(options, sources_of(*shown) | query->needs() | Source::stat);
  if (!snapshot) return complain(internal_error, describe(snapshot.error()));
  const OneScan scan(std::move(*snapshot));
  auto rows = every_row(scan.scene());
  keep_matching(rows, scan.scene(), *query);
  render::LineOutput out(STDOUT_FILENO, /*buffered=*/true);
  out.write(render::snapshot_json(scan.scene(), rows, *shown));
  return finish(out, rows.empty() ? nothing_matched : matched);
}

}  // namespace ptop::app
