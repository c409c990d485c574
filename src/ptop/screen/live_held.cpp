#include "live_held.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace ptop::app {

/// pidfd_send_signal(2), since Linux 5.1.
Result<void> LiveHeld::send(int signal) {
  if (::syscall(SYS_pidfd_send_signal, pidfd_.get(), signal, nullptr, 0) != 0)
    return fail(os_error("pidfd_send_signal"));
  return {};
}

/// The kernel looks for it before it looks at permissions.
bool LiveHeld::is_there() {
  const auto there = send(0);
  return there || there.error().sys == EPERM;
}

/// A child belongs to the thread that made it (real_parent).
Result<std::vector<Pid>> LiveHeld::listed_children() {
  std::vector<Pid> found;
  auto directory = reader_.open_process(key_.pid);
  if (!directory) return fail(directory.error());
  const auto tids = directory->tids();
  if (!tids) return fail(tids.error());
  bool listed = false;
  for (const Tid tid : *tids) {
    auto thread = reader_.open_thread(key_.pid, tid);
    if (!thread) continue;
    const auto children = thread->read_children();
    if (!children) continue;
    listed = true;
    found.insert(found.end(), children->begin(), children->end());
  }
  if (listed) return found;
  if (!is_there()) return fail({Errc::gone, 0, "it has ended"});
  return fail({Errc::unsupported, 0, "this kernel lists no children"});
}

/// nullptr: it has ended, or is a child of somebody else by now. The pidfd comes first: as long as what it
/// holds is there, what the pid's file says is about that process.
std::unique_ptr<HeldProcess> LiveHeld::hold_child(Pid pid) {
  Fd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid.raw(), 0)));
  if (pidfd.get() < 0) return nullptr;
  const auto stat = reader_.read_stat(pid);
  if (!stat || stat->ppid != key_.pid) return nullptr;
  auto child = std::make_unique<LiveHeld>(reader_, ProcessKey{pid, stat->start}, std::move(pidfd));
  if (!child->is_there()) return nullptr;
  return child;
}

/// The list is complete unless one on it ended while it was read: the kernel then may lose its place.
Result<std::vector<std::unique_ptr<HeldProcess>>> LiveHeld::children() {
  constexpr int most_tries = 10;
  List found;
  for (int i = 0; i < most_tries; ++i) {
    const auto pids = listed_children();
    if (!pids) return fail(pids.error());
    found.clear();
    for (const Pid pid : *pids)
      if (auto child = hold_child(pid)) found.push_back(std::move(child));
    if (found.size() == pids->size()) break;
  }
  // Only now it is known that its pid was its own all the time.
  if (!is_there()) return fail({Errc::gone, 0, "it has ended"});
  return found;
}

}  // namespace ptop::app
