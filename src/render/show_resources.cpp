// CPU and scheduling, memory, input and output: what it uses.
#include <algorithm>

#include <fmt/format.h>

#include "ptop/base/escape.hpp"
#include "ptop/render/units.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;

/// "NAME WORD" for what is known, separated by commas.
class Parts {
 public:
  explicit Parts(const Subject& subject) : subject_(subject) {}
  Parts& add(ColumnId id, std::string_view what) {
    if (const auto text = subject_.cell(id); !text.empty()) add(fmt::format("{} {}", text, what));
    return *this;
  }
  /// The same unless it is zero.
  Parts& add_if_any(ColumnId id, std::string_view what) {
    const auto text = subject_.cell(id);
    if (!text.empty() && text != "0" && text != "0:00" && text != "0s") add(fmt::format("{} {}", text, what));
    return *this;
  }
  Parts& add(std::string_view text) {
    text_ += fmt::format("{}{}", text_.empty() ? "" : ", ", text);
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  const Subject& subject_;
  std::string text_;
};

std::uint64_t nanoseconds(const Subject& s, Ticks ticks) {
  const auto rate = std::max<std::uint64_t>(1, s.scene.snapshot.host.info.clock_ticks);
  return ticks.raw() / rate * 1'000'000'000 + ticks.raw() % rate * 1'000'000'000 / rate;
}

void add_times(Lines& lines, const Subject& s) {
  const auto& stat = s.sample.stat;
  const std::uint64_t user = nanoseconds(s, stat.utime), kernel = nanoseconds(s, stat.stime);
  std::string text = fmt::format("{}: {} in the program, {} in the kernel", human_duration(user + kernel),
                                 human_duration(user), human_duration(kernel));
  if (user + kernel == 0) text = "less than a clock tick";
  if (const auto cpu = s.cell(ColumnId::cpu); !cpu.empty() && cpu != "0.0")
    text += fmt::format("; {} % of one CPU {}", cpu, s.scene.history == nullptr ? "since it started" : "now");
  lines.add("used", text);
  const std::uint64_t children =
      nanoseconds(s, stat.waited_for->utime) + nanoseconds(s, stat.waited_for->stime);
  if (children != 0) lines.add("by children", human_duration(children) + ", of those it waited for");
}

void add_scheduling(Lines& lines, const Subject& s) {
  const auto& stat = s.sample.stat;
  Parts parts(s);
  parts.add(s.cell(ColumnId::policy));
  if (stat.rt_priority != 0) {
    parts.add(fmt::format("real-time priority {}", stat.rt_priority));
  } else {
    parts.add(fmt::format("nice {}", stat.nice));
  }
  if (const auto group = s.cell(ColumnId::autogroup); !group.empty())
    parts.add(fmt::format("in autogroup {} of nice {}", group, s.cell(ColumnId::autogroup_nice)));
  lines.add("scheduling", parts.text());
  std::string place = fmt::format("CPU {}", stat.processor);
  if (const auto allowed = s.cell(ColumnId::cpus_allowed); !allowed.empty())
    place += fmt::format("; allowed on {} of {}", allowed,
                         counted(s.scene.snapshot.host.stat.cpus.size(), "CPU", "CPUs"));
  lines.add("last ran on", place);
}

void add_waits(Lines& lines, const Subject& s) {
  if (s.sample.has(Source::schedstat)) {
    const auto& sched = s.sample.more().schedstat;
    lines.add("waited", fmt::format("{} for a CPU, in {}", human_duration(sched.wait_ns),
                                    counted(sched.timeslices, "time slice", "time slices")));
  }
  const auto& status = *s.sample.status;
  if (status.voluntary_ctxt_switches && status.nonvoluntary_ctxt_switches) {
    lines.add("switches", fmt::format("{} because it had to wait, {} because its time was up",
                                      grouped(*status.voluntary_ctxt_switches),
                                      grouped(*status.nonvoluntary_ctxt_switches)));
  }
}

void add_resident(Lines& lines, const Subject& s) {
  Parts parts(s);
  parts.add_if_any(ColumnId::rss_anon, "anonymous").add_if_any(ColumnId::rss_file, "of files");
  parts.add_if_any(ColumnId::rss_shmem, "shared memory");
  // The sum of the parts: the kernel keeps it more exactly than the number in stat.
  std::string text = s.sample.status->vm_rss ? human_bytes(*s.sample.status->vm_rss) : s.cell(ColumnId::rss);
  const auto share = s.cell(ColumnId::mem);
  if (!share.empty() && share != "0.0") text += fmt::format(", {} % of the machine's", share);
  if (!parts.text().empty()) text += ": " + parts.text();
  lines.add("resident", text);
  lines.add_known("at most", s.cell(ColumnId::hwm));
}

void add_rollup(Lines& lines, const Subject& s) {
  if (!lines.has("unique", s.sample, Source::smaps_rollup)) return;
  lines.add("unique", s.cell(ColumnId::uss) + ", free again if it ended now");
  lines.add("proportional", s.cell(ColumnId::pss) + ", with its share of what others map too");
  const auto& smaps = s.sample.more().smaps;
  if (smaps.shared_dirty.value_or(0) + smaps.shared_clean.value_or(0) == 0) return;
  Parts parts(s);
  parts.add_if_any(ColumnId::shared_clean, "of files as they are on disk");
  parts.add_if_any(ColumnId::shared_dirty,
                   "written before and not copied yet since a fork, or shared on purpose");
  lines.add("shared", parts.text());
}

void add_virtual(Lines& lines, const Subject& s) {
  Parts parts(s);
  parts.add_if_any(ColumnId::data, "data")
      .add_if_any(ColumnId::stack, "stack")
      .add_if_any(ColumnId::text, "code");
  parts.add_if_any(ColumnId::lib, "libraries");
  lines.add("virtual",
            fmt::format("{}{}{}", s.cell(ColumnId::vsz), parts.text().empty() ? "" : ": ", parts.text()));
  Parts more(s);
  more.add_if_any(ColumnId::swap, "in swap").add_if_any(ColumnId::locked, "locked in place");
  more.add_if_any(ColumnId::pinned, "pinned for devices").add_if_any(ColumnId::pte, "of page tables");
  if (!more.text().empty()) lines.add("also", more.text());
}

void add_oom(Lines& lines, const Subject& s) {
  if (!s.sample.has(Source::oom_score)) return;
  std::string text = fmt::format("score {}: the highest is killed first", s.cell(ColumnId::oom_score));
  const auto adjusted = s.sample.has(Source::oom_score_adj) ? s.sample.more().oom_score_adj : 0;
  if (adjusted == -1000) text = "never";
  if (adjusted != 0) text += fmt::format("; adjusted by {}", adjusted);
  lines.add("out of memory", text);
}

std::string amount(const std::optional<std::uint64_t>& bytes) { return human_bytes(bytes.value_or(0)); }

}  // namespace

void show_cpu(Lines& lines, const Subject& s) {
  add_times(lines, s);
  if (s.is_zombie()) return;
  add_scheduling(lines, s);
  add_waits(lines, s);
  const auto& stat = s.sample.stat;
  if (stat.minflt + stat.majflt != 0)
    lines.add("page faults", fmt::format("{} without, {} with a read from disk", grouped(stat.minflt),
                                         grouped(stat.majflt)));
}

void show_memory(Lines& lines, const Subject& s) {
  if (s.is_kernel_thread() || s.is_zombie()) return;
  add_resident(lines, s);
  add_rollup(lines, s);
  add_virtual(lines, s);
  add_oom(lines, s);
  show_mappings(lines, s);
}

void show_io(Lines& lines, const Subject& s) {
  if (s.is_zombie() || !lines.has("read", s.sample, Source::io)) return;
  const auto& io = s.sample.more().io;
  if (s.is_kernel_thread() && io.read_bytes.value_or(0) + io.write_bytes.value_or(0) == 0) return;
  lines.add("read", fmt::format("{} from storage; {} by {} of any kind", amount(io.read_bytes),
                                amount(io.rchar), counted(io.syscr.value_or(0), "call", "calls")));
  lines.add("written", fmt::format("{} to storage; {} by {} of any kind", amount(io.write_bytes),
                                   amount(io.wchar), counted(io.syscw.value_or(0), "call", "calls")));
  if (io.cancelled_write_bytes.value_or(0) != 0)
    lines.add("cancelled", amount(io.cancelled_write_bytes) + ", truncated before they were written");
  if (s.sample.stat.blkio_delay.raw() != 0)
    lines.add("waited", human_duration(nanoseconds(s, s.sample.stat.blkio_delay)) + " for block devices");
}

}  // namespace ptop::render
