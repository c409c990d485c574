// ptop fds: one scan of everybody's descriptors, the rows that were asked for, and who is at their other
// ends.
#include "commands_fds.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "one_shot.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/model/descriptors.hpp"
#include "ptop/render/descriptors.hpp"

namespace ptop::app {
namespace {

using namespace model;

/// As the kernel writes paths in links: from the root, without "." and "..". Symbolic links stay: what is
/// gone cannot be followed.
std::string kernel_path(const std::string& path) {
  std::error_code failed;
  const auto absolute = std::filesystem::absolute(path, failed);
  return failed ? path : absolute.lexically_normal().string();
}

/// Which rows are meant, once everything is known.
class Wanted {
 public:
  Wanted(const Options& options, const DescriptorScan& scan, const DescriptorSnapshot& snapshot,
         const DescriptorEnds& ends)
      : port_(options.port), path_(scan.path), file_(snapshot.path_file), pids_(scan.pids), ends_(ends) {}

  bool process(Pid pid) const { return pids_.empty() || std::binary_search(pids_.begin(), pids_.end(), pid); }
  bool row(const Descriptor& d) const {
    if (path_ && !holds_path(d)) return false;
    return !port_ || has_port(d);
  }

 private:
  bool holds_path(const Descriptor& d) const {
    // What is held without a descriptor was only looked for because of the path.
    if (d.as != HeldAs::fd || is_held_file(d, *path_, file_)) return true;
    const SocketEntry* entry = ends_.socket(d);
    const auto* end = entry == nullptr ? nullptr : std::get_if<UnixEnd>(&entry->detail);
    return end != nullptr && end->name == *path_;
  }
  bool has_port(const Descriptor& d) const {
    const SocketEntry* entry = ends_.socket(d);
    const auto* end = entry == nullptr ? nullptr : std::get_if<InetEnd>(&entry->detail);
    return end != nullptr && (end->socket.local.port == *port_ || end->socket.remote.port == *port_);
  }

  std::optional<std::uint16_t> port_;
  std::optional<std::string> path_;
  std::optional<FileId> file_;
  const std::vector<Pid>& pids_;
  const DescriptorEnds& ends_;
};

std::vector<Place> rows_of(const DescriptorSnapshot& snapshot, const Wanted& wanted) {
  std::vector<Place> rows;
  for (std::uint32_t p = 0; p < snapshot.processes.size(); ++p) {
    const DescriptorOwner& owner = snapshot.processes[p];
    if (!wanted.process(owner.key.pid)) continue;
    for (std::uint32_t d = 0; d < owner.descriptors.size(); ++d) {
      if (wanted.row(owner.descriptors[d])) rows.push_back({p, d});
    }
  }
  return rows;
}

/// 0, or the status after a line on stderr about the first pid that was asked for in vain.
int check_pids(const DescriptorSnapshot& snapshot, const std::vector<Pid>& pids) {
  int status = matched;
  for (const Pid pid : pids) {
    const DescriptorOwner* owner = find_owner(snapshot, pid);
    if (owner == nullptr) {
      status = complain(no_such_process, fmt::format("no process has pid {}", pid.raw()));
    } else if (owner->availability == Availability::denied) {
      status = complain(no_such_process,
                        fmt::format("{}: its descriptors may not be read: permission denied", pid.raw()));
    } else if (owner->availability == Availability::timeout) {
      status =
          complain(no_such_process, fmt::format("{}: its descriptors could not be read in time", pid.raw()));
    }
  }
  return status;
}

/// What is shown and in which order.
struct View {
  std::vector<const render::DescriptorColumn*> columns;  ///< empty: the default ones
  const render::DescriptorColumn* sort = nullptr;
  bool descending = false;
};

Result<View> view_of(const Options& options) {
  View view;
  if (!options.columns.empty()) {
    auto columns = render::parse_descriptor_columns(options.columns);
    if (!columns) return fail({columns.error().code, 0, "-o: " + columns.error().what});
    view.columns = std::move(*columns);
  }
  std::string_view key = options.sort;
  if (key.empty()) return view;
  view.descending = key[0] == '-';
  if (key[0] == '-' || key[0] == '+') key.remove_prefix(1);
  const auto sort = render::parse_descriptor_columns(key);
  if (!sort) return fail({sort.error().code, 0, "--sort: " + sort.error().what});
  if (sort->size() != 1) return fail({Errc::malformed, 0, "--sort: one column is sorted by, as in -size"});
  view.sort = sort->front();
  return view;
}

void write_csv(render::LineOutput& out, const Options& options, const DescriptorEnds& ends,
               const std::vector<Place>& rows, const View& view) {
  std::vector<const render::DescriptorColumn*> columns = view.columns;
  if (columns.empty()) {
    for (const auto& column : render::descriptor_columns()) columns.push_back(&column);
  }
  if (options.headers) out.write(render::descriptor_csv_header(columns));
  for (const Place place : rows) out.write(render::descriptor_csv_line(ends, place, columns));
}

void print(render::LineOutput& out, const Options& options, const DescriptorSnapshot& snapshot,
           const DescriptorEnds& ends, const std::vector<Place>& rows, const View& view) {
  if (options.format == Format::json)
    return render::write_descriptors_json(out, snapshot, ends, rows, view.columns);
  if (options.format == Format::csv) return write_csv(out, options, ends, rows, view);
  if (options.format == Format::jsonl) {
    for (const Place place : rows) out.write(render::descriptor_json(ends, place, view.columns));
    return;
  }
  if (rows.empty()) return;
  const render::DescriptorTableOptions table{.columns = view.columns,
                                             .headers = options.headers,
                                             .flags = !options.pids.empty(),
                                             .ascii = wants_ascii(options),
                                             .terminal_columns = terminal_columns()};
  render::write_descriptor_table(out, ends, rows, table, paint_for(options));
}

}  // namespace

int run_fds(const Options& options) {
  const auto view = view_of(options);
  if (!view) return complain(wrong_usage, escaped(view.error().what));
  auto reader = procfs::Reader::open(options.proc);
  if (!reader) return complain(internal_error, describe(reader.error()));
  DescriptorScan scan{.pids = options.pids,
                      .details = !options.pids.empty() || options.format != Format::automatic ||
                                 !view->columns.empty() || view->sort != nullptr,
                      .path = std::nullopt};
  std::sort(scan.pids.begin(), scan.pids.end());
  if (options.path) scan.path = kernel_path(*options.path);
  const auto snapshot = scan_descriptors(*reader, scan);
  if (!snapshot) return complain(internal_error, describe(snapshot.error()));
  const int trouble = check_pids(*snapshot, scan.pids);
  const DescriptorEnds ends(*snapshot);
  auto rows = rows_of(*snapshot, Wanted(options, scan, *snapshot, ends));
  if (view->sort != nullptr) render::sort_descriptors(rows, ends, *view->sort, view->descending);
  render::LineOutput out(STDOUT_FILENO, /*buffered=*/true);
  print(out, options, *snapshot, ends, rows, *view);
  return finish(out, trouble != matched ? trouble : rows.empty() ? nothing_matched : matched);
}

}  // namespace ptop::app
