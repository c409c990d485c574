// pidfd_open(2), epoll(7).
#include "zombies.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <iterator>

#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace ptop::follow {
namespace {

constexpr std::chrono::milliseconds between_questions{20};

/// What is left open for files of /proc, and for whoever shares the process with us.
int highest_for_zombies() {
  constexpr rlim_t spared = 16;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return INT_MAX;
  return static_cast<int>(std::min<rlim_t>(limit.rlim_cur - std::min(limit.rlim_cur, spared), INT_MAX));
}

/// EPOLLHUP on a pidfd whose process was collected: Linux 6.9 (kernel/pid.c, __change_pid).
bool kernel_tells_of_collection() {
  utsname host{};
  int major = 0, minor = 0;
  if (::uname(&host) != 0 || std::sscanf(host.release, "%d.%d", &major, &minor) != 2) return false;
  return major > 6 || (major == 6 && minor >= 9);
}

Fd open_pidfd(Pid pid) { return Fd(static_cast<int>(::syscall(SYS_pidfd_open, pid.raw(), 0))); }

bool is_gone(Pid pid) { return ::kill(pid.raw(), 0) != 0 && errno == ESRCH; }

bool is_collected(const Fd& pidfd) {
  return ::syscall(SYS_pidfd_send_signal, pidfd.get(), 0, nullptr, 0) != 0 && errno == ESRCH;
}

}  // namespace

Zombies::Zombies()
    : hangups_(::epoll_create1(EPOLL_CLOEXEC)),
      told_(hangups_ && kernel_tells_of_collection()),
      most_descriptor_(highest_for_zombies()) {}

bool Zombies::watch(const Zombie& zombie) {
  constexpr std::size_t most_fresh = 16;  // each is asked for again and again
  if (is_gone(zombie.key.pid)) return false;
  watched_.insert_or_assign(zombie.key.pid, Watched{zombie});
  fresh_.push_back(zombie.key.pid);
  if (fresh_.size() > most_fresh) arm();
  return true;
}

void Zombies::arm() {
  std::erase_if(fresh_, [&](Pid pid) { return arm(watched_.at(pid)); });
}

/// False: it is gone. Without a descriptor to spare it is asked for by its number.
bool Zombies::arm(Watched& watched) {
  watched.pidfd = open_pidfd(watched.zombie.key.pid);
  if (!watched.pidfd && errno == ESRCH) return false;
  if (watched.pidfd.get() > most_descriptor_) watched.pidfd = {};
  if (!watched.pidfd) {
    unarmed_.push_back(watched.zombie.key.pid);
    return true;
  }
  if (!told_) return true;
  epoll_event event{.events = EPOLLHUP | EPOLLET,
                    .data = {.u64 = static_cast<std::uint32_t>(watched.zombie.key.pid.raw())}};
  ::epoll_ctl(hangups_.get(), EPOLL_CTL_ADD, watched.pidfd.get(), &event);
  return true;
}

std::vector<Pid> Zombies::hung_up() const {
  std::vector<Pid> pids;
  std::array<epoll_event, 64> events{};
  for (;;) {
    const int count = ::epoll_wait(hangups_.get(), events.data(), static_cast<int>(events.size()), 0);
    for (int i = 0; i < count; ++i)
      pids.emplace_back(static_cast<std::int32_t>(events[static_cast<std::size_t>(i)].data.u64));
    if (count < static_cast<int>(events.size())) return pids;
  }
}

std::vector<Pid> Zombies::asked() const {
  std::vector<Pid> pids;
  for (const auto& [pid, watched] : watched_) {
    if (watched.pidfd && is_collected(watched.pidfd)) pids.push_back(pid);
  }
  return pids;
}

/// There may be thousands, and a question for each: not at each report.
void Zombies::add_gone_unarmed(std::vector<Pid>& gone) {
  if (unarmed_.empty()) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - asked_ < between_questions) return;
  asked_ = now;
  std::ranges::copy_if(unarmed_, std::back_inserter(gone), is_gone);
}

std::vector<Zombie> Zombies::take_collected() {
  std::vector<Pid> gone;
  std::ranges::copy_if(fresh_, std::back_inserter(gone), is_gone);
  add_gone_unarmed(gone);
  if (watched_.size() > fresh_.size() + unarmed_.size())
    std::ranges::copy(told_ ? hung_up() : asked(), std::back_inserter(gone));
  std::vector<Zombie> collected;
  for (const Pid pid : gone) {
    if (auto zombie = take(pid)) collected.push_back(*zombie);
  }
  return collected;
}

std::optional<Zombie> Zombies::take(Pid pid) {
  const auto found = watched_.find(pid);
  if (found == watched_.end()) return std::nullopt;
  const Zombie zombie = found->second.zombie;
  watched_.erase(found);
  std::erase(fresh_, pid);
  std::erase(unarmed_, pid);
  return zombie;
}

std::vector<Zombie> Zombies::take_all() {
  std::vector<Zombie> all;
  all.reserve(watched_.size());
  for (const auto& [pid, watched] : watched_) all.push_back(watched.zombie);
  watched_.clear();
  fresh_.clear();
  unarmed_.clear();
  return all;
}

std::optional<std::chrono::milliseconds> Zombies::patience() const {
  return told_ && unarmed_.empty() ? std::nullopt : std::optional(between_questions);
}

}  // namespace ptop::follow
