// The column table, and what looks things up in it. The values themselves are in column_values.cpp.
#include "ptop/model/columns.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "column_values.hpp"
#include "ptop/base/nearest.hpp"

namespace ptop::model {
namespace {

constexpr Sources stat = Source::stat;
constexpr Sources status = Source::status;
constexpr Sources class_sources{Source::stat, Source::status, Source::cgroup};
constexpr Sources command_sources{Source::stat, Source::cmdline};
constexpr auto left = Align::left, right = Align::right;
constexpr auto up = Order::ascending, down = Order::descending;

// clang-format off
constexpr std::array table{
    Column{ColumnId::pid, "pid", "PID", "process ID", stat, right, 7, up, Unit::id, true, values::pid},
    Column{ColumnId::tid, "tid", "TID", "thread ID; the process ID for a process", stat, right, 7, up, Unit::id, true, values::tid},
    Column{ColumnId::ppid, "ppid", "PPID", "process ID of the parent; 0: outside the pid namespace, or none", stat, right, 7, up, Unit::id, true, values::ppid},
    Column{ColumnId::pgid, "pgid", "PGID", "process group ID", stat, right, 7, up, Unit::id, true, values::pgid},
    Column{ColumnId::sid, "sid", "SID", "session ID", stat, right, 7, up, Unit::id, true, values::sid},
    Column{ColumnId::tty, "tty", "TTY", "controlling terminal; empty: none", stat, left, 8, up, Unit::none, true, values::tty},
    Column{ColumnId::uid, "uid", "UID", "effective user ID", status, right, 6, up, Unit::id, true, values::uid},
    Column{ColumnId::user, "user", "USER", "name of the effective user", status, left, 9, up, Unit::none, true, values::user},
    Column{ColumnId::gid, "gid", "GID", "effective group ID", status, right, 6, up, Unit::id, true, values::gid},
    Column{ColumnId::state, "state", "S", "state letter, as the kernel has it", stat, left, 1, up, Unit::none, true, values::state},
    Column{ColumnId::state_name, "state_name", "STATE", "state in words", stat, left, 12, up, Unit::none, true, values::state_name},
    Column{ColumnId::comm, "comm", "COMM", "name of the task, at most 15 bytes but for kernel threads", stat, left, 15, up, Unit::none, true, values::comm},
    Column{ColumnId::exe, "exe", "EXE", "path of the program", Source::exe, left, 30, up, Unit::none, true, values::exe},
    Column{ColumnId::argv, "argv", "ARGV", "arguments, the program's name first", Source::cmdline, left, 40, up, Unit::none, true, values::argv},
    Column{ColumnId::command, "command", "COMMAND", "arguments in one line, or [comm] without any", command_sources, left, 40, up, Unit::none, false, values::command},
    Column{ColumnId::cwd, "cwd", "CWD", "working directory", Source::cwd, left, 30, up, Unit::none, true, values::cwd},
    Column{ColumnId::start_ticks, "start_ticks", "START", "start time in clock ticks since boot", stat, right, 10, up, Unit::ticks, true, values::start_ticks},
    Column{ColumnId::age_ns, "age_ns", "AGE", "time since it started", stat, right, 7, down, Unit::nanoseconds, true, values::age_ns},
    Column{ColumnId::cpu, "cpu", "%CPU", "share of one CPU: between two refreshes, or over the lifetime", stat, right, 5, down, Unit::percent, true, values::cpu},
    Column{ColumnId::utime_ns, "utime_ns", "UTIME", "CPU time in user mode", stat, right, 9, down, Unit::nanoseconds, true, values::utime_ns},
    Column{ColumnId::stime_ns, "stime_ns", "STIME", "CPU time in the kernel", stat, right, 9, down, Unit::nanoseconds, true, values::stime_ns},
    Column{ColumnId::time_ns, "time_ns", "TIME", "CPU time, user and kernel", stat, right, 9, down, Unit::nanoseconds, false, values::time_ns},
    Column{ColumnId::rss, "rss", "RSS", "resident memory", stat, right, 5, down, Unit::bytes, true, values::rss},
    Column{ColumnId::vsz, "vsz", "VSZ", "virtual memory", stat, right, 5, down, Unit::bytes, true, values::vsz},
    Column{ColumnId::shared, "shared", "SHR", "resident memory that files and shared memory back", Source::statm, right, 5, down, Unit::bytes, false, values::shared},
    Column{ColumnId::mem, "mem", "%MEM", "resident memory as share of all", stat, right, 5, down, Unit::percent, false, values::mem},
    Column{ColumnId::threads, "threads", "THR", "number of threads", stat, right, 4, down, Unit::none, true, values::threads},
    Column{ColumnId::nice, "nice", "NI", "nice value, -20 to 19", stat, right, 3, up, Unit::none, true, values::nice},
    Column{ColumnId::priority, "priority", "PRI", "the kernel's priority; negative: real-time", stat, right, 4, up, Unit::none, true, values::priority},
    Column{ColumnId::cgroup, "cgroup", "CGROUP", "control group: of version 2, or else of systemd or the first one", Source::cgroup, left, 30, up, Unit::none, true, values::cgroup},
    Column{ColumnId::classes, "class", "CLASS", "what kind of process: kthread, zombie, orphan, daemon and so on", class_sources, left, 20, up, Unit::none, true, values::classes},
    Column{ColumnId::children, "children", "CHILDREN", "process IDs of its children", stat, left, 12, up, Unit::none, true, values::children},
};
// clang-format on

template <std::size_t N>
constexpr bool rows_match_enum(const std::array<Column, N>& rows) {
  if (N != static_cast<std::size_t>(ColumnId::children) + 1) return false;
  for (std::size_t row = 0; row < N; ++row) {
    if (static_cast<std::size_t>(rows[row].id) != row) return false;
  }
  return true;
}
static_assert(rows_match_enum(table));

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(' ');
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

Error unknown_column(std::string_view key) {
  if (key.empty()) return {Errc::malformed, 0, "empty column name"};
  std::array<std::string_view, table.size()> keys;
  std::transform(table.begin(), table.end(), keys.begin(), [](const Column& c) { return c.key; });
  const std::string_view meant = nearest(key, keys);
  if (meant.empty()) return {Errc::malformed, 0, fmt::format("unknown column '{}'", key)};
  return {Errc::malformed, 0, fmt::format("unknown column '{}': did you mean '{}'?", key, meant)};
}

}  // namespace

std::span<const Column> columns() { return table; }

const Column& column(ColumnId id) { return table[static_cast<std::size_t>(id)]; }

const Column* find_column(std::string_view key) {
  const auto* found = std::find_if(table.begin(), table.end(), [&](const Column& c) { return c.key == key; });
  return found == table.end() ? nullptr : found;
}

Availability unavailable(const Column& column, const Row& row) {
  for (std::size_t i = 0; i < source_count; ++i) {
    const auto source = static_cast<Source>(i);
    if (column.needs.has(source) && !row.sample.has(source)) return row.sample.of(source);
  }
  return Availability::present;
}

Result<std::vector<ColumnId>> parse_columns(std::string_view list) {
  std::vector<ColumnId> ids;
  while (true) {
    const auto comma = list.find(',');
    const std::string_view key = trimmed(list.substr(0, comma));
    const Column* found = find_column(key);
    if (!found) return fail(unknown_column(key));
    ids.push_back(found->id);
    if (comma == list.npos) return ids;
    list.remove_prefix(comma + 1);
  }
}

Sources sources_of(std::span<const ColumnId> ids) {
  Sources sources;
  for (const ColumnId id : ids) sources |= column(id).needs;
  return sources;
}

}  // namespace ptop::model
