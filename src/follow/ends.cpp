// Ends of tasks and processes, and who adopts the children they leave.
#include <csignal>

#include <sys/wait.h>

#include "state.hpp"

namespace ptop::follow {
namespace {

Exited outcome(const trace::EndReport& report, Exited exited = {}) {
  if (const auto* normal = std::get_if<trace::TaskExited>(&report.how)) exited.code = normal->code;
  if (const auto* killed = std::get_if<trace::TaskKilled>(&report.how)) {
    exited.signal = killed->signal;
    exited.core = killed->core;
  }
  return exited;
}

}  // namespace

void Follower::State::on_end(const trace::EndReport& report) {
  Task* const task = find_or_adopt(report.tid);
  if (!task) {
    // Our own child that we detached from, a zombie that we adopted, or a newborn whose parent's event is
    // still to come.
    if (program_ && report.tid == leader_of(*program_))
      program_status_ = report.status;
    else if (!have_collected(report))
      hold(report);
    return;
  }
  processor_.ended(report.tid);
  tell_unfinished_call(*task);
  Process& process = *task->process;
  if (!task->exiting) process.end_unseen = true;
  if (report.tid == leader_of(process.key.pid)) return process_ended(process, report);
  if (options_.threads) {
    Exited exited = outcome(report);
    exited.thread = true;
    emitter_.emit(process, report.tid, exited);
  }
  tasks_.erase_task(report.tid);
  if (!process.tasks.empty()) return;
  if (!options_.newborns) return tasks_.erase_process(process.key.pid);  // its other threads are not ours
  process_ended(process, end_of_unseized_leader(process, report));
}

/// Whose leader had ended when we attached: that one is no tracee, and its end is in /proc as long as nobody
/// has waited for it. `last`: the end of its last thread, which is that of all in an exit_group(2).
trace::EndReport Follower::State::end_of_unseized_leader(const Process& process,
                                                         const trace::EndReport& last) {
  trace::EndReport end = last;
  end.tid = leader_of(process.key.pid);
  const auto stat = facts_->stat(end.tid);
  if (!stat || stat->start != process.key.start) return end;
  end.status = stat->exit_code;
  const auto how = trace::classify_wait_status(end.status);
  if (const auto* exited = std::get_if<trace::TaskExited>(&how)) end.how = *exited;
  if (const auto* killed = std::get_if<trace::TaskKilled>(&how)) end.how = *killed;
  return end;
}

/// A leader's end is reported after that of all its threads (kernel/exit.c, delay_group_leader).
void Follower::State::process_ended(Process& process, const trace::EndReport& report) {
  release_early_children_of(process);
  forget_told_ahead_by(process.key.pid);
  tell_ends_before(process);
  if (process.running_tasks != 0) tell_adoption_at_exit(process);  // killed once more: no exit stop
  process.running_tasks = 0;
  tell_collected_of(process);
  if (process.untold_exec) emitter_.emit(process, report.tid, std::move(*process.untold_exec));
  if (!process.exit_facts.utime_ns && !may_have_children(process))  // no exit stop
    process.exit_facts = Facts::end_facts(process, report.usage);
  Exited exited = outcome(report, process.exit_facts);
  exited.lifetime_ns =
      process.born_before ? facts_->age_ns(process.key.start) : emitter_.now() - process.born_ns;
  emitter_.emit(process, report.tid, exited);
  if (program_ == process.key.pid) program_status_ = report.status;
  exit_signals_.forget(process.key.pid);
  const int exit_signal = process.exit_signal.value_or(SIGCHLD);
  if (exit_signal > 0 && exit_signal != SIGCHLD)
    exit_signals_.ended(process.key.pid, process.ppid, exit_signal);
  tell_adoptions(process);
  tell_collected_ourselves(process.key.pid);
  rehome_zombies_of(process);
  watch_zombie(process, static_cast<std::uint64_t>(report.usage.ru_minflt));
  tasks_.erase_process(process.key.pid);
}

/// Who is past its exit stop like its parent, and like all between them. The deepest come first, and of each
/// the leader last, as they are reported.
std::vector<Tid> Follower::State::dying_below(const Process& parent) {
  std::vector<const Process*> dying{&parent};
  for (std::size_t i = 0; i < dying.size(); ++i) {
    for (const Pid pid : dying[i]->children) {
      const Process* const child = tasks_.find_process(pid);
      if (child && child->ppid == dying[i]->key.pid && child->running_tasks == 0) dying.push_back(child);
    }
  }
  std::vector<Tid> tids;
  for (; dying.size() > 1; dying.pop_back())
    tids.insert(tids.end(), dying.back()->tasks.rbegin(), dying.back()->tasks.rend());
  return tids;
}

/// Killed together they end in any order. A child that was dead, or dying, when its parent died is told
/// before it: nobody saw it as an orphan.
void Follower::State::tell_ends_before(const Process& parent) {
  if (telling_ends_ || parent.children.empty()) return;
  telling_ends_ = true;
  for (const Tid tid : dying_below(parent)) take_report_of(tid);
  telling_ends_ = false;
}

/// The kernel gave its children to a new parent before it told us of the end (exit_notify), so /proc has the
/// answer.
void Follower::State::tell_adoptions(const Process& dead) {
  for (const Pid pid : dead.children) {
    Process* const child = tasks_.find_process(pid);
    if (!child || child->ppid != dead.key.pid) continue;
    const auto stat = facts_->stat(leader_of(pid));
    if (stat && stat->start == child->key.start)
      tell_adoption(*child, *stat);
    else
      child->ppid = {};
  }
}

/// Asked for: where we attached to it.
std::optional<int> Follower::State::exit_signal_of(const Process& process) {
  const auto stat = facts_->stat(leader_of(process.key.pid));
  return stat ? std::optional<int>(stat->exit_signal) : std::nullopt;
}

/// A leader that ended before its process is a zombie as well.
bool Follower::State::is_dying(const Process& process, const procfs::Stat& stat) {
  if (process.running_tasks == 0) return true;
  return stat.state == procfs::TaskState::zombie && process.tasks.size() <= 1;
}

/// An orphan may come to its own end before that of its parent is reported. Then the parent has had its exit
/// stop, and this one, at its own, has the new parent already. Where the parent is not followed nobody tells
/// of its end.
void Follower::State::tell_adoption_at_exit(Process& process) {
  const Process* const parent = tasks_.find_process(process.ppid);
  if (parent ? parent->running_tasks != 0 : process.ppid == self_) return;
  const auto stat = facts_->stat(leader_of(process.key.pid));
  if (!stat || stat->start != process.key.start) return;
  tell_adoption(process, *stat);
  if (process.running_tasks == 0) note_faults_of_parent(process);
}

/// Before its end is waited for, and so before it can be collected.
void Follower::State::note_faults_of_parent(Process& process) {
  if (process.ppid == self_ || tasks_.find_process(process.ppid)) return;
  if (const auto parent = facts_->stat(leader_of(process.ppid)))
    process.parents_faults = parent->waited_for->minflt;
}

void Follower::State::tell_adoption(Process& child, const procfs::Stat& stat) {
  const Pid pid = child.key.pid, former = child.ppid;
  if (stat.ppid == former) return;
  child.ppid = stat.ppid;
  child.exit_signal = SIGCHLD;  // kernel/exit.c, reparent_leader
  if (Process* const adopter = tasks_.find_process(stat.ppid)) tasks_.add_child(*adopter, pid);
  emitter_.emit(child, leader_of(pid),
                Reparented{.from = former,
                           .to = stat.ppid,
                           .to_comm = facts_->comm(stat.ppid),
                           .daemon_signs = is_dying(child, stat) ? std::vector<std::string_view>()
                                                                 : facts_->daemon_signs(pid, stat)});
}

}  // namespace ptop::follow
