// The other way in: attaching to processes.
#include <algorithm>
#include <cerrno>

#include <sys/prctl.h>
#include <unistd.h>

#include "state.hpp"

namespace ptop::follow {
namespace {

tl::unexpected<AttachError> not_attached(const Error& error, Pid pid) {
  return tl::unexpected<AttachError>(AttachError{error, pid});
}

}  // namespace

/// PTRACE_SEIZE answers EPERM for a task that is ours already (the kernel seized it with its creator) as for
/// one we may not trace; its TracerPid, the tid of the tracing thread, tells which.
bool Follower::State::is_ours(Tid tid) {
  const auto status = facts_->reader().read_status(Pid(tid.raw()));
  return status && status->tracer_pid.raw() == ::gettid();
}

/// A number may be that of any thread of a process, and stands for all of it.
tl::expected<void, AttachError> Follower::State::attach(const std::vector<Pid>& given, bool tree) {
  if (auto opened = open_facts(); !opened)
    return not_attached(opened.error(), given.empty() ? Pid() : given.front());
  if (options_.untraceable) ::prctl(PR_SET_DUMPABLE, 0);
  std::vector<Pid> pids;
  for (const Pid number : given) {
    const Tid named(number.raw());
    const Pid pid = thread_group_of(named);
    if (auto r = seize(pid, named); !r) {
      emitter_.close();
      return not_attached(r.error(), number);
    }
    if (std::ranges::find(pids, pid) == pids.end()) pids.push_back(pid);
  }
  if (tree) seize_descendants(pids);
  emitter_.begin({}, pids, facts_->clock_ticks());
  tell_attached();
  tell_denied();
  return {};
}

/// Whoever has the parent's number and is younger got it later.
Process* Follower::State::followed_parent_of(const Process& process) {
  Process* const parent = tasks_.find_process(process.ppid);
  return parent && parent->key.start <= process.key.start ? parent : nullptr;
}

/// Whose child each is, which shows once all are there; parents before their children.
std::vector<Process*> Follower::State::arrange_attached() {
  const auto by_age = tasks_.processes();
  std::vector<Process*> pending, arranged;
  for (Process* const process : by_age) {
    (void)look_inside(*process);
    if (!followed_parent_of(*process)) {  // perhaps the one it had died before we came to it
      const auto stat = facts_->stat(leader_of(process->key.pid));
      if (stat && stat->start == process->key.start) process->ppid = stat->ppid;
    }
    if (Process* const parent = followed_parent_of(*process))
      parent->children.push_back(process->key.pid);
    else
      pending.push_back(process);
  }
  std::ranges::reverse(pending);
  while (!pending.empty()) {
    Process* const process = arranged.emplace_back(pending.back());
    pending.pop_back();
    for (auto child = process->children.rbegin(); child != process->children.rend(); ++child) {
      pending.push_back(tasks_.find_process(*child));
      pending.back()->depth = process->depth + 1;
    }
  }
  return arranged;
}

/// A leader that had ended before is no tracee, and its process is told all the same.
void Follower::State::tell_attached() {
  for (const Process* const process : arrange_attached()) {
    const auto tell = [&](Tid tid) {
      emitter_.emit(*process, tid, Attached{.comm = facts_->comm(Pid(tid.raw())), .ppid = process->ppid});
    };
    const Tid leader = leader_of(process->key.pid);
    if (options_.newborns || tasks_.find_task(leader)) tell(leader);
    for (const Tid tid : process->tasks) {
      if (tid != leader && (options_.threads || !options_.newborns)) tell(tid);
    }
  }
}

/// Without newborns: the task alone.
Result<void> Follower::State::seize(Pid pid, Tid named) {
  if (tasks_.find_task(named)) return {};
  const auto stat = facts_->stat(leader_of(pid));
  if (pid == Pid{} || !stat) return fail(os_error(ESRCH, "no such process"));
  Process* process = tasks_.find_process(pid);
  const bool known = process != nullptr;
  if (known && options_.newborns) return {};
  if (!known) process = &add_attached(pid, *stat);
  auto seized = options_.newborns ? seize_all_tasks(*process) : seize_task(*process, named);
  if (!seized && !known) tasks_.erase_process(pid);
  return seized;
}

Process& Follower::State::add_attached(Pid pid, const procfs::Stat& stat) {
  return tasks_.add_process({.key = {pid, stat.start},
                             .ppid = stat.ppid,
                             .waited_faults = stat.waited_for->minflt,
                             .start_stack = stat.start_stack,
                             .born_before = true,
                             .peak_before = std::nullopt});
}

Result<void> Follower::State::seize_task(Process& process, Tid tid) {
  if (auto seized = engine_.seize(tid); !seized) return fail(seized.error());
  tasks_.add_task(process, tid);
  // To stop at its next system call a running task must be resumed with PTRACE_SYSCALL, so stop it once.
  if (!options_.syscalls.empty()) (void)engine_.interrupt(tid);
  return {};
}

/// A thread made by one not seized yet is found by the next look; one made by a seized thread is seized
/// already.
Result<void> Follower::State::seize_all_tasks(Process& process) {
  for (bool more = true; more;) {
    const auto found = seize_new_tasks(process);
    if (!found) return fail(found.error());
    more = *found;
  }
  return {};
}

/// True when one look at its threads found a new one. Errors: not one of its threads could be seized.
Result<bool> Follower::State::seize_new_tasks(Process& process) {
  auto dir = facts_->reader().open_process(process.key.pid);
  if (!dir) return fail(dir.error());
  const auto tids = dir->tids();
  if (!tids) return fail(tids.error());
  bool found = false;
  std::optional<Error> refused;
  for (const Tid tid : *tids) {
    if (tasks_.find_task(tid) || early_.contains(tid)) continue;
    const auto seized = seize_task(process, tid);
    found = found || seized.has_value();
    // One that the kernel seized: its first stop and its creator's event will come.
    if (seized || seized.error().code == Errc::gone || is_ours(tid)) continue;
    refused = seized.error();
    if (refused->code == Errc::denied) denied_[process.key.pid].insert(tid);
  }
  if (process.tasks.empty()) return fail(refused.value_or(os_error(ESRCH, "no such process")));
  return found;
}

}  // namespace ptop::follow
