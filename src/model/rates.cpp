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

/// Mostly where it was the last time.
const History::Known* History::find(Tid tid, std::size_t guess) const {
  if (guess < known_.size() && known_[guess].tid == tid) return &known_[guess];
  const auto found = std::lower_bound(known_.begin(), known_.end(), tid,
                                      [](const Known& known, Tid wanted) { return known.tid < wanted; });
  return found != known_.end() && found->tid == tid ? &*found : nullptr;
}

const History::Known* History::find(TaskKey key) const {
  const Known* known = find(key.tid, known_.size());
  return known != nullptr && known->start == key.start ? known : nullptr;
}

History::Known History::known_of(const Sample& task, std::size_t guess, Time now,
                                 std::uint64_t clock_ticks) const {
  Known known{.start = task.key.start,
              .cpu_ticks = cpu_ticks(task),
              .tid = task.key.tid,
              .first_parent = task.stat.ppid};
  const Known* before = find(task.key.tid, guess);
  if (before == nullptr || before->start != task.key.start) return known;
  known.first_parent = before->first_parent;
  known.adopted = known.first_parent != task.stat.ppid;
  const double seconds = std::chrono::duration<double>(now - times_[before->read_at]).count();
  const auto rate = percent(growth(before->cpu_ticks, known.cpu_ticks), seconds, clock_ticks);
  known.cpu_percent = static_cast<float>(rate.value_or(-1));
  return known;
}

/// Those that were not read again, with the times of their scans.
class History::Kept {
 public:
  Kept(const std::vector<Time>& before, std::vector<Time>& now)
      : before_(before), now_(now), places_(before.size()) {}

  Known keep(Known known) {
    std::uint16_t& place = places_[known.read_at];  // 0 is the last scan, which did not read it
    if (place == 0) {
      place = static_cast<std::uint16_t>(now_.size());
      now_.push_back(before_[known.read_at]);
    }
    known.read_at = place;
    return known;
  }

 private:
  const std::vector<Time>& before_;
  std::vector<Time>& now_;
  std::vector<std::uint16_t> places_;
};

History History::next(const Snapshot& now) const {
  History next;
  next.times_.push_back(now.taken_at);
  Kept kept(times_, next.times_);
  next.known_.reserve(now.processes.size() + now.threads.size());
  const auto add = [&](const Sample& task, bool was_read) {
    const Known* before = was_read ? nullptr : find(task.key);
    next.known_.push_back(before != nullptr
                              ? kept.keep(*before)
                              : known_of(task, next.known_.size(), now.taken_at, now.host.info.clock_ticks));
  };
  for (std::size_t i = 0; i < now.processes.size(); ++i) add(now.processes[i], now.was_read(i));
  for (const Sample& thread : now.threads) {
    const auto process = find_index(now, thread.pid);
    add(thread, !process || now.was_read(*process));
  }
  const auto by_tid = [](const Known& a, const Known& b) { return a.tid < b.tid; };
  if (!now.threads.empty()) std::sort(next.known_.begin(), next.known_.end(), by_tid);
  next.use_ = last_stat_ ? model::cpu_use(*last_stat_, now.host.stat) : std::nullopt;
  next.last_stat_ = now.host.stat;
  return next;
}

std::optional<double> History::cpu_percent(TaskKey key) const {
  const Known* known = find(key);
  if (known == nullptr || known->cpu_percent < 0) return std::nullopt;
  return known->cpu_percent;
}

std::optional<Pid> History::former_parent(ProcessKey key) const {
  const Known* known = find({leader_of(key.pid), key.start});
  if (known == nullptr || !known->adopted) return std::nullopt;
  return known->first_parent;
}

}  // namespace ptop::model
