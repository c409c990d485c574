// The one table of everything shown about a process. Key = JSON key = config key = query field.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ptop/model/classify.hpp"
#include "ptop/model/rates.hpp"
#include "ptop/model/sample.hpp"
#include "ptop/model/tree.hpp"
#include "ptop/model/users.hpp"
#include "ptop/model/value.hpp"

namespace ptop::model {

/// Everything columns look at, made once per snapshot. Borrows all of it.
struct Scene {
  const Snapshot& snapshot;
  const Tree& tree;
  const std::vector<Classification>& classes;
  const History* history = nullptr;  ///< nullptr: one-shot, CPU per cent over the lifetime
  UserNames& users;
};

/// One line of a table.
struct Row {
  const Scene& scene;
  const Sample& sample;
  ProcessIndex index;  ///< of its process (for a thread: of the process it belongs to)
};

/// Where a value is not what its name says at once:
/// - tty is the Word "" when there is no controlling terminal: that is known, so it is not unavailable;
/// - user is Bytes, since names come from whoever runs the directory service;
/// - command is the raw cmdline, words separated by NUL (escaped_command_line() makes a line of it), or the
///   comm of a task without any, which goes in brackets at the edge; its source unread or denied counts as
///   none;
/// - exe and cwd of a zombie, and exe of a kernel thread, are `gone`: the kernel has the link and no target;
/// - class and children of a thread are those of its process.
enum class ColumnId : std::uint8_t {
  pid,
  tid,
  ppid,
  pgid,
  sid,
  tty,
  uid,
  user,
  gid,
  state,
  state_name,
  comm,
  exe,
  argv,
  command,
  cwd,
  start_ticks,
  age_ns,
  cpu,
  utime_ns,
  stime_ns,
  time_ns,
  rss,
  vsz,
  shared,
  mem,
  threads,
  nice,
  priority,
  cgroup,
  classes,
  children,
};

enum class Align : std::uint8_t { left, right };
enum class Order : std::uint8_t { ascending, descending };
/// What a number means, so that the table can show it to people; JSON writes the bare number.
enum class Unit : std::uint8_t { none, bytes, nanoseconds, ticks, percent, id };

struct Column {
  ColumnId id;
  std::string_view key, title, help;  ///< key is never renamed; help: one line for column picker and man page
  Sources needs;                      ///< files to read while this column is shown
  Align align;
  std::uint8_t width;  ///< preferred; the last left-aligned column takes the rest of the line
  Order first_sort;
  Unit unit;
  bool in_json;  ///< part of the default dump; false: derived, for tables only
  Value (*value)(const Row&);
};

std::span<const Column> columns();
const Column& column(ColumnId id);
const Column* find_column(std::string_view key);

/// Why `column` is monostate for this row: the first of its sources that is not present. `present` when all
/// are: there is no figure yet (a rate with one sample only).
Availability unavailable(const Column& column, const Row& row);

/// Comma-separated keys to columns. Errors: `malformed` with one line naming the unknown key and the nearest
/// known one.
Result<std::vector<ColumnId>> parse_columns(std::string_view list);
Sources sources_of(std::span<const ColumnId> ids);

}  // namespace ptop::model
