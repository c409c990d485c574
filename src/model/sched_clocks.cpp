// A task's account is brought up to date when it gets a CPU, by that CPU's clock: who wants to know a clock
// runs there for a moment.
#include "sched_clocks.hpp"

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "signals_blocked.hpp"

namespace ptop::model {
namespace {

/// A CPU may be busy with somebody of a real-time priority for ever.
constexpr std::chrono::milliseconds patience{200};

/// What the travelling thread and its caller share; the thread may be left behind.
struct Journey {
  std::mutex mutex;
  std::condition_variable ended;
  bool has_ended = false, given_up = false;
  std::vector<SchedClock> clocks;

  /// False: nobody waits for more.
  bool add(SchedClock clock) {
    const std::lock_guard lock(mutex);
    if (!given_up) clocks.push_back(clock);
    return !given_up;
  }
  void end() {
    const std::lock_guard lock(mutex);
    has_ended = true;
    ended.notify_one();
  }
  std::vector<SchedClock> wait() {
    std::unique_lock lock(mutex);
    ended.wait_for(lock, patience, [&] { return has_ended; });
    given_up = true;
    return std::move(clocks);
  }
};

bool move_to(std::int32_t cpu) {
  cpu_set_t only;
  CPU_ZERO(&only);
  CPU_SET(static_cast<std::size_t>(cpu), &only);
  return sched_setaffinity(0, sizeof only, &only) == 0;
}

void travel(procfs::Reader reader, const std::set<std::int32_t>& cpus, Journey& journey) {
  for (const std::int32_t cpu : cpus) {
    if (!move_to(cpu)) continue;  // taken offline, or out of our cpuset
    const auto own = reader.read_own_sched();
    if (own && !journey.add({.now_ns = own->last_ran_ns, .cpu = cpu})) return;
  }
  journey.end();
}

/// Who was told to stay off a CPU (taskset(1), isolated CPUs) stays off it.
void keep_allowed(std::set<std::int32_t>& cpus) {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  const bool known = sched_getaffinity(0, sizeof allowed, &allowed) == 0;
  std::erase_if(cpus, [&](std::int32_t cpu) {
    return !known || cpu < 0 || cpu >= CPU_SETSIZE || !CPU_ISSET(static_cast<std::size_t>(cpu), &allowed);
  });
}

}  // namespace

std::vector<SchedClock> read_sched_clocks(procfs::Reader& reader, std::set<std::int32_t> cpus) {
  const auto own = reader.read_own_sched();
  if (!own) return {};
  if (!reader.is_live()) return {{.now_ns = own->last_ran_ns, .cpu = -1}};
  const SchedClock here{.now_ns = own->last_ran_ns, .cpu = sched_getcpu()};
  keep_allowed(cpus);
  if (cpus.empty()) return {here};
  const auto journey = std::make_shared<Journey>();
  try {
    const SignalsBlocked blocked;
    std::thread([journey, to = std::move(cpus), files = reader.duplicate()]() mutable {
      travel(std::move(files), to, *journey);
    }).detach();
  } catch (const std::system_error&) {  // no more threads for this user or control group
    return {here};
  }
  std::vector<SchedClock> clocks = journey->wait();
  // Who has just been given that CPU has a fresher account than ours, which is as old as the last tick.
  const auto fresher =
      std::find_if(clocks.begin(), clocks.end(), [&](const auto& c) { return c.cpu == here.cpu; });
  const auto first = fresher != clocks.end() ? fresher : clocks.insert(clocks.end(), here);
  std::iter_swap(clocks.begin(), first);
  return clocks;
}

}  // namespace ptop::model
