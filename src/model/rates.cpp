// Differences of counters over time, and the memory of a sequence of scans.
#include "ptop/model/rates.hpp"

#include <algorithm>

namespace ptop::model {
namespace {

std::uint64_t cpu_ticks(const Sample& sample) { return sample.stat.utime.raw() + sample.stat.stime.raw(); }

/// Counters that should only grow do shrink now and then: idle and iowait are estimates, and a group's CPU
/// time is scaled anew at each read. Then nothing happened.
std::uint64_t growth(std::uint64_t before, std::uint64_t now) { return now > before ? now - before : 0; }

std::optional<double> percent(std::uint64_t ticks, double seconds, std::uint64_t clock_ticks) {
  if (!(seconds > 0) || clock_ticks == 0) return std::nullopt;
  return 100.0 * static_cast<double>(ticks) / static_cast<double>(clock_ticks) / seconds;
}

double busy_share(const procfs::CpuTimes& before, const procfs::CpuTimes& now) {
  const std::uint64_t busy = growth(before.busy(), now.busy());
  const std::uint64_t idle = growth(before.idle, now.idle) + growth(before.iowait, now.iowait);
  if (busy + idle == 0) return 0;
  return static_cast<double>(busy) / static_cast<double>(busy + idle);
}

}  // namespace

std::optional<double> cpu_percent(const Sample& before, const Sample& now, double seconds,
                                  std::uint64_t clock_ticks) {
  if (before.key != now.key) return std::nullopt;
  return percent(growth(cpu_ticks(before), cpu_ticks(now)), seconds, clock_ticks);
}

std::optional<double> lifetime_cpu_percent(const Sample& now, const HostSample& host) {
  if (host.info.clock_ticks == 0) return std::nullopt;
  const auto clock_ticks = static_cast<double>(host.info.clock_ticks);
  const double age = host.uptime.up - static_cast<double>(now.key.start.raw()) / clock_ticks;
  if (age * clock_ticks <= 1) return std::nullopt;
  return percent(cpu_ticks(now), age, host.info.clock_ticks);
}

std::optional<CpuUse> cpu_use(const procfs::SystemStat& before, const procfs::SystemStat& now) {
  if (now.all.total() <= before.all.total()) return std::nullopt;
  CpuUse use{.all = busy_share(before.all, now.all), .cpus = {}};
  use.cpus.reserve(now.cpus.size());
  for (const procfs::CpuTimes& cpu : now.cpus) {
    const auto same = std::find_if(before.cpus.begin(), before.cpus.end(),
                                   [&](const procfs::CpuTimes& other) { return other.cpu == cpu.cpu; });
    use.cpus.push_back(same == before.cpus.end() ? 0
                                                 : busy_share(*same, cpu));  // a CPU that just came online
  }
  return use;
}

void History::observe(const Snapshot& now) {
  const double seconds = std::chrono::duration<double>(now.taken_at - last_time_).count();
  ++generation_;
  for (const auto* tasks : {&now.processes, &now.threads}) {
    for (const Sample& task : *tasks) observe(task, seconds, now.host.info.clock_ticks);
  }
  std::erase_if(known_, [&](const auto& entry) { return entry.second.generation != generation_; });

  use_ = last_stat_ ? model::cpu_use(*last_stat_, now.host.stat) : std::nullopt;
  last_stat_ = now.host.stat;
  last_time_ = now.taken_at;
}

void History::observe(const Sample& task, double seconds, std::uint64_t clock_ticks) {
  const auto [entry, is_new] = known_.try_emplace(task.key);
  Known& known = entry->second;
  if (is_new) {
    known.first_parent = task.stat.ppid;
  } else {
    known.cpu_percent = percent(growth(known.cpu_ticks, cpu_ticks(task)), seconds, clock_ticks);
  }
  known.cpu_ticks = cpu_ticks(task);
  known.parent = task.stat.ppid;
  known.generation = generation_;
}

std::optional<double> History::cpu_percent(TaskKey key) const {
  const auto known = known_.find(key);
  return known == known_.end() ? std::nullopt : known->second.cpu_percent;
}

std::optional<Pid> History::former_parent(ProcessKey key) const {
  const auto known = known_.find({leader_of(key.pid), key.start});
  if (known == known_.end() || known->second.first_parent == known->second.parent) return std::nullopt;
  return known->second.first_parent;
}

}  // namespace ptop::model
