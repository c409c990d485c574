// The values of the columns. All but lists borrow from the snapshot: making one costs no trip to the heap.
#include "column_values.hpp"

#include <algorithm>

#include "ptop/model/tty.hpp"
#include "ptop/procfs/cmdline.hpp"

namespace ptop::model::values {
namespace {

constexpr std::uint64_t ns_per_second = 1'000'000'000;

std::uint64_t pages_to_bytes(std::uint64_t pages, const Row& row) {
  return pages * row.scene.snapshot.host.info.page_size;
}

Value link(const Row& row, Source source, const std::string& target) {
  if (!row.sample.has(source)) return {};
  return Bytes{target};
}

}  // namespace

std::uint64_t to_ns(std::uint64_t ticks, const Row& row) {
  const std::uint64_t per_second = std::max<std::uint64_t>(1, row.scene.snapshot.host.info.clock_ticks);
  // Whole seconds apart from the rest: the product of all ticks would overflow after some 6 years of CPU
  // time.
  return ticks / per_second * ns_per_second + ticks % per_second * ns_per_second / per_second;
}

std::string_view kept(const Row& row, std::string text) {
  return row.scene.made.texts.emplace_front(std::move(text));
}

Value pid(const Row& row) { return to_value(row.sample.pid); }
Value tid(const Row& row) { return to_value(row.sample.key.tid); }
Value ppid(const Row& row) { return to_value(row.sample.stat.ppid); }
Value pgid(const Row& row) { return to_value(row.sample.stat.pgid); }
Value sid(const Row& row) { return to_value(row.sample.stat.sid); }
Value tty(const Row& row) { return Word(tty_name(row.sample.stat.tty_nr)); }

Value uid(const Row& row) {
  if (!row.sample.has(Source::status)) return {};
  return to_value(row.sample.status->uid.effective);
}
Value user(const Row& row) {
  if (!row.sample.has(Source::status)) return {};
  return Bytes{row.scene.users.name(row.sample.status->uid.effective)};
}
Value gid(const Row& row) {
  if (!row.sample.has(Source::status)) return {};
  return to_value(row.sample.status->gid.effective);
}

Value state(const Row& row) {
  // TaskState is a char whose value is the letter, and chars may be looked at through a char pointer.
  return Word(reinterpret_cast<const char*>(&row.sample.stat.state), 1);
}
Value state_name(const Row& row) { return Word(procfs::task_state_name(row.sample.stat.state)); }
Value comm(const Row& row) { return Bytes{row.sample.stat.comm}; }
Value exe(const Row& row) { return link(row, Source::exe, *row.sample.exe); }
Value cwd(const Row& row) { return link(row, Source::cwd, *row.sample.cwd); }

Value argv(const Row& row) {
  if (!row.sample.has(Source::cmdline)) return {};
  ByteList words;
  for (const std::string_view word : procfs::parse_cmdline(row.sample.cmdline)) words.push_back({word});
  return words;
}
Value command(const Row& row) {
  const bool has_words = row.sample.has(Source::cmdline) && !row.sample.cmdline.empty();
  return Bytes{has_words ? row.sample.cmdline.view() : row.sample.stat.comm.view()};
}

Value start_ticks(const Row& row) { return row.sample.key.start.raw(); }
Value age_ns(const Row& row) {
  const double up = row.scene.snapshot.host.uptime.up;
  if (!(up > 0)) return {};
  const auto up_ns = static_cast<std::uint64_t>(up * static_cast<double>(ns_per_second));
  const std::uint64_t start_ns = to_ns(row.sample.key.start.raw(), row);
  return up_ns > start_ns ? up_ns - start_ns : std::uint64_t{0};  // born after uptime was read
}
Value cpu(const Row& row) {
  const auto percent = row.scene.history ? row.scene.history->cpu_percent(row.sample.key)
                                         : lifetime_cpu_percent(row.sample, row.scene.snapshot.host);
  if (!percent) return {};
  return *percent;
}
Value utime_ns(const Row& row) { return to_ns(row.sample.stat.utime.raw(), row); }
Value stime_ns(const Row& row) { return to_ns(row.sample.stat.stime.raw(), row); }
Value time_ns(const Row& row) {
  return to_ns(row.sample.stat.utime.raw() + row.sample.stat.stime.raw(), row);
}

Value rss(const Row& row) { return pages_to_bytes(row.sample.stat.rss_pages, row); }
Value vsz(const Row& row) { return row.sample.stat.vsize; }
Value shared(const Row& row) {
  if (!row.sample.has(Source::statm)) return {};
  return pages_to_bytes(row.sample.statm->shared, row);
}
Value mem(const Row& row) {
  const std::uint64_t total = row.scene.snapshot.host.memory.total;
  if (total == 0) return {};
  return 100.0 * static_cast<double>(pages_to_bytes(row.sample.stat.rss_pages, row)) /
         static_cast<double>(total);
}

Value threads(const Row& row) { return to_value(row.sample.stat.threads); }
Value nice(const Row& row) { return to_value(row.sample.stat.nice); }
Value priority(const Row& row) { return to_value(row.sample.stat.priority); }

Value classes(const Row& row) {
  const Classes set = row.scene.classes[row.index].classes;
  WordList names;
  for (std::size_t i = 0; i < class_count; ++i) {
    if (set.has(static_cast<Class>(i))) names.push_back(class_name(static_cast<Class>(i)));
  }
  return names;
}

Value children(const Row& row) {
  NumberList pids;
  for (const ProcessIndex child : row.scene.tree.children_of(row.index)) {
    pids.push_back(row.scene.snapshot.processes[child].pid.raw());
  }
  return pids;
}

}  // namespace ptop::model::values
