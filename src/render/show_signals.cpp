// Signals and limits: what it lets through, and how far it may go.
#include <algorithm>
#include <csignal>

#include <fmt/format.h>

#include "ptop/base/names.hpp"
#include "ptop/render/units.hpp"
#include "show_lines.hpp"

namespace ptop::render {
namespace {

using namespace model;
using procfs::LimitResource;

constexpr std::uint64_t bit_of(int signal) { return std::uint64_t{1} << (signal - 1); }

/// Names without SIG; real-time signals, which come in crowds, as ranges.
std::string signals_text(std::uint64_t mask) {
  constexpr int first_real_time = 32, last = 64;
  std::string text;
  const auto add = [&](std::string_view name) {
    text += fmt::format("{}{}", text.empty() ? "" : " ", name.starts_with("SIG") ? name.substr(3) : name);
  };
  for (int signal = 1; signal < first_real_time; ++signal) {
    if ((mask & bit_of(signal)) != 0) add(signal_name(signal));
  }
  for (int signal = first_real_time; signal <= last; ++signal) {
    if ((mask & bit_of(signal)) == 0) continue;
    const int from = signal;
    while (signal < last && (mask & bit_of(signal + 1)) != 0) ++signal;
    add(from == signal ? signal_name(from)
                       : fmt::format("{}-{}", signal_name(from), signal_name(signal).substr(3)));
  }
  return text;
}

void add_signals(Lines& lines, std::string_view label, std::uint64_t mask, Role role = Role::plain) {
  constexpr std::uint64_t all_but_kill_and_stop = ~(bit_of(SIGKILL) | bit_of(SIGSTOP));
  if (mask == 0) return;
  const bool all = (mask & all_but_kill_and_stop) == all_but_kill_and_stop;
  lines.add(label, StyledText(all ? "all that can be" : signals_text(mask), role));
}

struct LimitWords {
  LimitResource resource;
  std::string_view label;
};
constexpr LimitWords limit_words[] = {
    {LimitResource::nofile, "open files"},
    {LimitResource::nproc, "processes"},
    {LimitResource::stack, "stack"},
    {LimitResource::as, "address space"},
    {LimitResource::data, "data"},
    {LimitResource::memlock, "locked memory"},
    {LimitResource::core, "core file"},
    {LimitResource::fsize, "file size"},
    {LimitResource::cpu, "CPU time"},
    {LimitResource::sigpending, "queued signals"},
    {LimitResource::msgqueue, "message queues"},
    {LimitResource::nice, "nice"},
    {LimitResource::rtprio, "real-time"},
    {LimitResource::rttime, "real-time CPU"},
    {LimitResource::rss, "resident"},
    {LimitResource::locks, "file locks"},
};

std::string limit_text(const std::optional<std::uint64_t>& value, procfs::LimitUnit unit) {
  if (!value) return "unlimited";
  if (unit == procfs::LimitUnit::bytes) return human_bytes(*value);
  if (unit == procfs::LimitUnit::seconds) return human_duration(*value * 1'000'000'000);
  if (unit == procfs::LimitUnit::microseconds) return human_duration(*value * 1000);
  return grouped(*value);
}

/// Tasks of the same real user, which is what RLIMIT_NPROC counts.
std::uint64_t tasks_of_user(const Subject& s) {
  std::uint64_t tasks = 0;
  for (const Sample& p : s.scene.snapshot.processes) {
    if (p.has(Source::status) && p.status->uid.real == s.sample.status->uid.real)
      tasks += static_cast<std::uint64_t>(std::max(p.stat.threads, 0));
  }
  return tasks;
}

std::optional<std::uint64_t> use_of(const Subject& s, LimitResource resource) {
  const auto& status = *s.sample.status;
  const bool has_status = s.sample.has(Source::status);
  switch (resource) {
    case LimitResource::nofile:
      if (const auto places = descriptors_of(s); !places.empty()) return places.size();
      return std::nullopt;
    case LimitResource::nproc:
      return has_status ? std::optional(tasks_of_user(s)) : std::nullopt;
    case LimitResource::stack:
      return status.vm_stk;
    case LimitResource::as:
      return s.sample.stat.vsize;
    case LimitResource::data:
      return status.vm_data;
    case LimitResource::memlock:
      return status.vm_lck;
    case LimitResource::sigpending:
      return has_status ? std::optional(status.sigq_used) : std::nullopt;
    case LimitResource::cpu:
      return (s.sample.stat.utime.raw() + s.sample.stat.stime.raw()) /
             std::max<std::uint64_t>(1, s.scene.snapshot.host.info.clock_ticks);
    default:
      return std::nullopt;
  }
}

/// Of a limit that is nine tenths used one wants to know.
bool is_near(const std::optional<std::uint64_t>& use, const std::optional<std::uint64_t>& soft) {
  return use && soft && *soft != 0 && *use >= *soft - *soft / 10;
}

/// The kernel's defaults, which nobody needs to read.
bool says_nothing(const procfs::Limit& limit) {
  return (!limit.soft && !limit.hard) ||
         (limit.soft == 0U && limit.hard == 0U && limit.resource != LimitResource::core);
}

}  // namespace

void show_signals(Lines& lines, const Subject& s) {
  if (s.is_kernel_thread() || s.is_zombie() || !lines.has("signals", s.sample, Source::status)) return;
  const auto& masks = s.sample.status->signals;
  add_signals(lines, "pending", masks.pending | masks.shared_pending, Role::warning);
  add_signals(lines, "blocked", masks.blocked);
  add_signals(lines, "ignored", masks.ignored);
  add_signals(lines, "caught", masks.caught);
  if ((masks.ignored & bit_of(SIGHUP)) != 0) lines.add("nohup", "yes: it outlives its terminal");
}

void show_limits(Lines& lines, const Subject& s) {
  if (s.is_kernel_thread() || s.is_zombie() || !lines.has("limits", s.sample, Source::limits)) return;
  Cells cells({"RESOURCE", "IN USE", "SOFT", "HARD"}, {false, true, true, true});
  std::size_t unlimited = 0;
  for (const LimitWords& words : limit_words) {
    const auto& all = s.sample.more().limits;
    const auto limit =
        std::find_if(all.begin(), all.end(), [&](const auto& l) { return l.resource == words.resource; });
    if (limit == all.end()) continue;
    if (says_nothing(*limit)) {
      ++unlimited;
      continue;
    }
    const auto use = use_of(s, limit->resource);
    const Role role = is_near(use, limit->soft) ? Role::bad : Role::plain;
    cells.add({{Role::plain, std::string(words.label)},
               {role, use ? limit_text(use, limit->unit) : ""},
               {role, limit_text(limit->soft, limit->unit)},
               {Role::plain, limit_text(limit->hard, limit->unit)}});
  }
  cells.write(lines);
  if (unlimited > 0)
    lines.add_row(StyledText(fmt::format("{} more, unlimited or at their zero", unlimited), Role::faint));
}

}  // namespace ptop::render
