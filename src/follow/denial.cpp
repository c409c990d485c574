// Those that the kernel does not let us attach to: said, where they live and the rest is followed.
#include "ptop/follow/denial.hpp"

#include <fmt/format.h>

#include "state.hpp"

namespace ptop::follow {
namespace {

std::string named(procfs::Reader& reader, Pid pid) {
  const auto stat = reader.read_stat(pid);
  return stat ? fmt::format("{} ({})", pid.raw(), stat->comm.view()) : fmt::format("{}", pid.raw());
}

}  // namespace

std::string why_denied(procfs::Reader& reader, Tid tid) {
  const Pid number(tid.raw());  // /proc/<tid> exists for every thread, listed or not
  const auto stat = reader.read_stat(number);
  if (stat && stat->is_kernel_thread()) return "it is a kernel thread";
  if (stat && stat->state == procfs::TaskState::zombie)
    return stat->threads > 1 ? "its first thread has ended already" : "it has ended already and is a zombie";
  const auto status = reader.read_status(number);
  if (status && status->tracer_pid != Pid(0))
    return fmt::format("it is traced already, by {}", named(reader, status->tracer_pid));
  return "not permitted (another user's, or forbidden by the system)";
}

/// Not those that were ending, which is EPERM as well, nor those that have become ours since.
std::vector<Tid> Follower::State::still_denied(const std::set<Tid>& tids) {
  std::vector<Tid> living;
  for (const Tid tid : tids) {
    const auto stat = facts_->stat(tid);
    const bool ended =
        !stat || stat->state == procfs::TaskState::zombie || stat->state == procfs::TaskState::dead;
    if (!ended && !tasks_.find_task(tid) && !is_ours(tid)) living.push_back(tid);
  }
  return living;
}

void Follower::State::tell_denied() {
  for (const auto& [pid, tids] : denied_) {
    const auto living = still_denied(tids);
    if (const Process* const process = tasks_.find_process(pid)) {
      for (const Tid tid : living)
        emitter_.emit(*process, tid,
                      Note{fmt::format("cannot attach to its thread {}: {}", tid.raw(),
                                       why_denied(facts_->reader(), tid))});
      continue;
    }
    const auto stat = facts_->stat(leader_of(pid));
    if (living.empty() || !stat) continue;
    Process stranger{.key = {pid, stat->start}, .ppid = stat->ppid};
    if (const Process* const parent = followed_parent_of(stranger)) stranger.depth = parent->depth + 1;
    emitter_.emit(stranger, leader_of(pid),
                  Note{fmt::format("cannot attach to {}: {}", named(facts_->reader(), pid),
                                   why_denied(facts_->reader(), living.front()))});
  }
  denied_.clear();
}

}  // namespace ptop::follow
