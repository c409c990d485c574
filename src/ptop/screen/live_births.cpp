#include "live_births.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>

#include "live_held.hpp"

namespace ptop::app {
namespace {

/// As the kernel counts start times: on a clock that goes on in suspend, whole ticks.
Ticks now_since_boot() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  const auto per_second = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
  const auto nanoseconds = static_cast<std::uint64_t>(now.tv_nsec);
  return Ticks(static_cast<std::uint64_t>(now.tv_sec) * per_second +
               nanoseconds * per_second / 1'000'000'000);
}

}  // namespace

std::unique_ptr<BirthWatch> LiveBirths::open(procfs::Reader& reader) {
  const Ticks begin = now_since_boot();
  auto watch = sockets::ForkWatch::open();
  if (!watch) return nullptr;
  return std::unique_ptr<BirthWatch>(new LiveBirths(reader, std::move(*watch), begin));
}

std::vector<BirthWatch::Birth> LiveBirths::take() {
  std::vector<Birth> births;
  for (const auto& [parent, child] : watch_.take()) births.push_back({parent, child});
  return births;
}

/// The pidfd comes first: as long as what it holds is there, what the pid's file says is about that process.
std::unique_ptr<HeldProcess> LiveBirths::hold(Pid pid) {
  Fd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid.raw(), 0)));
  if (!pidfd) return nullptr;
  const auto stat = reader_.read_stat(pid);
  if (!stat || stat->start < begin_) return nullptr;
  auto held = std::make_unique<LiveHeld>(reader_, ProcessKey{pid, stat->start}, std::move(pidfd));
  if (!held->is_there()) return nullptr;
  return held;
}

}  // namespace ptop::app
