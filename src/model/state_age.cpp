// How long a task has not run, from the scheduler's clocks.
#include <algorithm>
#include <cmath>
#include <limits>

#include "ptop/model/sample.hpp"

namespace ptop::model {
namespace {

constexpr double ns_per_second = 1e9;

std::optional<double> stolen_seconds(const HostSample& host, std::int32_t cpu) {
  const auto& cpus = host.stat.cpus;
  const auto found = std::find_if(cpus.begin(), cpus.end(), [&](const auto& c) { return c.cpu == cpu; });
  if (found == cpus.end() || host.info.clock_ticks == 0) return std::nullopt;
  return static_cast<double>(found->steal) / static_cast<double>(host.info.clock_ticks);
}

/// How far the clock of CPU `there` is ahead of the one `here`: by what more was stolen here. Nothing, where
/// the kernel does not take stolen time out (CONFIG_PARAVIRT_TIME_ACCOUNTING): then the clock does not lag
/// behind.
double clock_lead(const HostSample& host, const SchedClock& here, std::int32_t there) {
  const auto own = stolen_seconds(host, here.cpu), other = stolen_seconds(host, there);
  if (!own || !other) return 0;
  const double lag = host.uptime.up - static_cast<double>(here.now_ns) / ns_per_second;
  return std::abs(lag - *own) < std::abs(lag) ? *own - *other : 0;
}

/// Where the clock of CPU `cpu` is now.
double clock_of(const Snapshot& snapshot, std::int32_t cpu) {
  const auto& clocks = snapshot.sched_clocks;
  const auto found = std::find_if(clocks.begin(), clocks.end(), [&](const auto& c) { return c.cpu == cpu; });
  if (found != clocks.end()) return static_cast<double>(found->now_ns);
  const SchedClock& here = clocks.front();
  return static_cast<double>(here.now_ns) + ns_per_second * clock_lead(snapshot.host, here, cpu);
}

/// No state is older than its task, whatever the clocks of the CPUs think.
double lifetime_ns(const HostSample& host, const Sample& sample) {
  if (!host.has(HostSource::uptime) || host.info.clock_ticks == 0)
    return std::numeric_limits<double>::infinity();
  const double started =
      static_cast<double>(sample.key.start.raw()) / static_cast<double>(host.info.clock_ticks);
  return ns_per_second * (host.uptime.up - started);
}

}  // namespace

std::optional<std::uint64_t> state_age(const Snapshot& snapshot, const Sample& sample) {
  const std::uint64_t last_ran = sample.more().sched.last_ran_ns;
  if (!sample.has(Source::sched) || last_ran == 0 || snapshot.sched_clocks.empty()) return std::nullopt;
  if (sample.stat.state == procfs::TaskState::running) return std::nullopt;
  const double now = clock_of(snapshot, sample.stat.processor);
  const double age = std::min(now - static_cast<double>(last_ran), lifetime_ns(snapshot.host, sample));
  return static_cast<std::uint64_t>(std::max(0.0, age));
}

}  // namespace ptop::model
