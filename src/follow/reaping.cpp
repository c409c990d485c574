// Who collects the dead, and when. The kernel reports the end to us first: only after our wait4(2) does the
// real parent see its zombie (ptrace(2), "Death under ptrace"), so none is missed.
#include <algorithm>
#include <array>
#include <csignal>

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ended.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

constexpr std::chrono::milliseconds last_patience{
    50};  // for init to collect what the end of the tree left it

/// Blocks SIGCHLD in this thread, so that it stays pending until the descriptor is looked at.
Fd open_reports() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  return Fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

void drain(const Fd& reports) {
  std::array<signalfd_siginfo, 2> infos;  // pending for the process, and for this thread
  [[maybe_unused]] const auto read = ::read(reports.get(), infos.data(), sizeof infos);
}

bool ignores_sigchld(const procfs::Stat& stat) { return (stat.ignored_signals >> (SIGCHLD - 1) & 1U) != 0; }

bool is_exiting(const procfs::Stat& stat) {
  constexpr std::uint32_t pf_exiting = 4;  // include/linux/sched.h
  return (stat.flags & pf_exiting) != 0;
}

/// Of a tracee: its report, of its end or of a stop, stays where it is. ECHILD: the end was taken.
bool has_not_ended(Tid tid) {
  siginfo_t info{};
  const auto id = static_cast<id_t>(tid.raw());
  if (::waitid(P_PID, id, &info, WEXITED | WNOHANG | WNOWAIT | __WALL) != 0) return false;
  return info.si_pid == 0 || info.si_code == CLD_TRAPPED || info.si_code == CLD_STOPPED;
}

}  // namespace

void Follower::State::watch_zombie(const Process& dead, std::uint64_t faults) {
  const Zombie zombie{.key = dead.key,
                      .ppid = dead.ppid,
                      .depth = dead.depth,
                      .ended_ns = emitter_.now(),
                      .faults = faults,
                      .parents_faults = dead.parents_faults,
                      .by_sigchld = dead.exit_signal.value_or(SIGCHLD) == SIGCHLD};
  // The wait that told us collected it. The program would be waited for by who called us.
  if (dead.ppid == self_) return program_ == dead.key.pid ? void() : tell_waited_by_parent(zombie);
  if (!zombies_.watch(zombie)) tell_collected_at_once(zombie);
}

void Follower::State::tell_collected_at_once(const Zombie& zombie) {
  if (have_collected_in_round(zombie)) return;
  const Process* const parent = tasks_.find_process(zombie.ppid);
  const bool waits = !parent || parent->running_tasks != 0;
  if (!waits && is_namespace_init(*parent)) return tell_waited_by_parent(zombie);
  const auto stat = facts_->stat(leader_of(zombie.ppid));
  if (!stat || !has_its_children(zombie, *stat)) return tell_collector_unknown(zombie);
  const auto waited = waits ? was_waited_for(zombie, *stat) : std::optional(false);
  // Without SIGCHLD nobody is spared the waiting (kernel/signal.c, do_notify_parent).
  if (waited ? !*waited : zombie.by_sigchld && ignores_sigchld(*stat))
    return tell_reaped(zombie, ReapedHow::ignored, std::nullopt);
  if (waited) return tell_waited_by_parent(zombie);
  parent ? tell_reaped(zombie, ReapedHow::waited, zombie.ppid) : tell_collector_unknown(zombie);
}

/// Whether the parent of one that is gone had not given its children away by now: then nobody else has
/// collected it. All threads do that together, when the last one that is not about to end is (kernel/exit.c,
/// find_alive_thread). `stat`: of its leader.
bool Follower::State::has_its_children(const Zombie& zombie, const procfs::Stat& stat) {
  if (stat.start > zombie.key.start) return false;  // got the number of the parent later
  if (!is_exiting(stat)) return true;
  const Process* const parent = tasks_.find_process(zombie.ppid);
  if (stat.threads <= 1 || !parent) return !has_ended(stat);
  return std::ranges::any_of(parent->tasks, [&](Tid tid) {
    const auto thread = facts_->stat(tid);
    return thread && !is_exiting(*thread);
  });
}

/// The kernel kills whoever is left with it and lets it wait for all of them (kernel/pid_namespace.c,
/// zap_pid_ns_processes): nobody adopts them.
bool Follower::State::is_namespace_init(const Process& process) const {
  return process.pid_namespace != 0 && living_.is_init(process.pid_namespace, process.key.pid);
}

/// SA_NOCLDWAIT is in no file, and what is ignored now may not have been. But whoever waits for a child gets
/// its faults added to those of its children (wait_task_zombie), and the kernel that throws a zombie away
/// adds them to nobody. nullopt: the sum does not tell.
std::optional<bool> Follower::State::was_waited_for(const Zombie& zombie, const procfs::Stat& stat) {
  if (zombie.faults == 0) return std::nullopt;
  const std::uint64_t faults = stat.waited_for->minflt;
  Process* const parent = tasks_.find_process(zombie.ppid);
  if (parent) tell_collected_of(*parent);  // others that it waited for are in the sum
  const auto before = parent ? parent->waited_faults : zombie.parents_faults;
  if (before && faults == *before) return false;
  if (before && faults == *before + zombie.faults) return true;
  if (parent) count_anew(*parent, faults);
  return std::nullopt;
}

/// Others that it waits for are not followed, or were collected since. Those whose end is not handled yet may
/// be in the sum: then there is no saying.
void Follower::State::count_anew(Process& parent, std::uint64_t faults) {
  const bool all_handled =
      handled_ == round_.size() && !has_fresh_early_ends() && !has_zombies(parent.key.pid);
  parent.waited_faults = all_handled ? std::optional(faults) : std::nullopt;
}

/// One of them collected it, or somebody who is not followed: whose sum has it is not known.
void Follower::State::doubt_sums_from(Pid parent) {
  std::size_t left = tasks_.task_count();  // numbers that are used again could make a ring
  for (Process* process = tasks_.find_process(parent); process && left > 0; --left) {
    process->waited_faults.reset();
    process = tasks_.find_process(process->ppid);
  }
}

bool Follower::State::has_zombies(Pid parent) {
  bool any = false;
  zombies_.for_children_of(parent, [&](const Zombie&) { any = true; });
  return any;
}

void Follower::State::tell_waited_for(const Zombie& zombie) {
  if (have_collected_in_round(zombie)) return;
  if (zombie.adopted && zombie.ppid == Pid{}) return tell_reaped(zombie, ReapedHow::adopted, std::nullopt);
  const Process* const parent = tasks_.find_process(zombie.ppid);
  const bool certain = parent && (parent->running_tasks == 0 || parent->tasks.size() == 1);
  bool by_parent = false;
  if (certain) {
    by_parent =
        parent->running_tasks != 0 ? has_not_ended(parent->tasks.front()) : is_namespace_init(*parent);
  } else if (const auto stat = facts_->stat(leader_of(zombie.ppid))) {
    by_parent = has_its_children(zombie, *stat);
  }
  by_parent ? tell_waited_by_parent(zombie) : tell_collector_unknown(zombie);
}

/// A parent past its exit stop did not do it: what it had collected was told at that stop. Then it was
/// whoever adopted the zombie, or the kernel for that one; which of them is not known.
void Follower::State::tell_collector_unknown(const Zombie& zombie) {
  const Process* const parent = tasks_.find_process(zombie.ppid);
  doubt_sums_from(zombie.ppid);
  const bool only_adopter = parent && parent->running_tasks == 0 && !parent->end_unseen;
  tell_reaped(zombie, only_adopter ? ReapedHow::adopted : ReapedHow::waited, std::nullopt);
}

void Follower::State::tell_waited_by_parent(const Zombie& zombie) {
  if (Process* const parent = tasks_.find_process(zombie.ppid); parent && parent->waited_faults)
    *parent->waited_faults += zombie.faults;
  tell_reaped(zombie, ReapedHow::waited, zombie.ppid);
}

void Follower::State::tell_reaped(const Zombie& zombie, ReapedHow how, std::optional<Pid> by) {
  const bool orphan = how == ReapedHow::adopted || (how == ReapedHow::waited && !by);
  const Process gone{.key = zombie.key, .ppid = orphan ? Pid{} : zombie.ppid, .depth = zombie.depth};
  emitter_.emit(gone, leader_of(zombie.key.pid),
                Reaped{.how = how, .by = by, .zombie_ns = emitter_.now() - zombie.ended_ns});
}

/// Its children, before anything is concluded from those that are left.
void Follower::State::tell_collected_of(const Process& parent) {
  if (zombies_.empty() || !may_have_children(parent) || !has_zombies(parent.key.pid)) return;
  zombies_.ask_for_all();
  tell_collected();
}

void Follower::State::tell_collected() {
  if (zombies_.empty()) return;
  for (const Zombie& zombie : zombies_.take_collected()) tell_waited_for(zombie);
}

/// A second report of an end: its parent died, and it is we who adopt. This wait was the collection.
bool Follower::State::have_collected(const trace::EndReport& report) {
  auto zombie = zombies_.take(Pid(report.tid.raw()));
  if (!zombie) return false;
  if (zombie->faults != static_cast<std::uint64_t>(report.usage.ru_minflt)) {  // another one's number
    tell_waited_for(*zombie);
    return false;
  }
  note_collected_ourselves(*zombie);
  return true;
}

/// The same, where that report was taken with this round and its turn is still to come.
bool Follower::State::have_collected_in_round(const Zombie& zombie) {
  const auto is_its_end = [&](const trace::Report& report) {
    const auto* const end = std::get_if<trace::EndReport>(&report.what);
    return end && report.tid == leader_of(zombie.key.pid) &&
           zombie.faults == static_cast<std::uint64_t>(end->usage.ru_minflt);
  };
  const auto taken =
      std::find_if(round_.begin() + static_cast<std::ptrdiff_t>(handled_), round_.end(), is_its_end);
  if (taken == round_.end()) return false;
  round_.erase(taken);
  note_collected_ourselves(zombie);
  return true;
}

void Follower::State::note_collected_ourselves(const Zombie& zombie) {
  const bool parent_is_told = zombie.ppid == self_ || !tasks_.find_process(zombie.ppid);
  collected_ourselves_.push_back(zombie);
  if (parent_is_told) tell_collected_ourselves(zombie.ppid);
}

/// Not before the end of who was their parent.
void Follower::State::tell_collected_ourselves(Pid former_parent) {
  for (auto& zombie : collected_ourselves_) {
    if (zombie.ppid != former_parent) continue;
    zombie.ppid = self_;
    tell_waited_by_parent(zombie);
  }
  std::erase_if(collected_ourselves_, [&](const Zombie& zombie) { return zombie.ppid == self_; });
}

void Follower::State::tell_number_reused(Pid pid) {
  const auto ours = std::ranges::find(collected_ourselves_, pid, [](const Zombie& z) { return z.key.pid; });
  if (ours != collected_ourselves_.end()) tell_collected_ourselves(ours->ppid);
  if (zombies_.empty()) return;
  if (const auto zombie = zombies_.take(pid)) tell_waited_for(*zombie);
}

/// Its zombies went to whoever adopts its children; init collects them in the same moment, mostly.
void Follower::State::rehome_zombies_of(const Process& dead) {
  if (zombies_.empty() || !may_have_children(dead)) return;
  zombies_.for_children_of(dead.key.pid, [&](Zombie& zombie) {
    const auto stat = facts_->stat(leader_of(zombie.key.pid));
    const bool there = stat && stat->start == zombie.key.start && stat->ppid != dead.key.pid;
    zombie.ppid = there ? stat->ppid : Pid{};
    if (!there) doubt_sums_from(dead.ppid);
    zombie.adopted = zombie.by_sigchld = true;
    if (Process* const adopter = tasks_.find_process(zombie.ppid)) tasks_.add_child(*adopter, zombie.key.pid);
  });
}

/// At the end of the log: those that nobody will tell of any more.
void Follower::State::settle_zombies() {
  const auto deadline = std::chrono::steady_clock::now() + last_patience;
  zombies_.ask_for_all();
  for (tell_collected(); !zombies_.empty() && !detaching_; tell_collected()) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) break;
    pollfd hangups{zombies_.descriptor(), POLLIN, 0};
    ::poll(&hangups, 1, static_cast<int>(std::min(left, zombies_.patience().value_or(left)).count()));
  }
  while (!collected_ourselves_.empty()) tell_collected_ourselves(collected_ourselves_.front().ppid);
  for (const Zombie& zombie : zombies_.take_all()) {
    const auto stat = facts_->stat(leader_of(zombie.key.pid));
    if (stat && stat->start == zombie.key.start)
      tell_reaped(zombie, ReapedHow::never, stat->ppid == Pid{} ? std::nullopt : std::optional(stat->ppid));
    else
      tell_waited_for(zombie);
  }
}

/// wait4(2) alone would sleep through the collection of a zombie, and through the time that a held child may
/// be held. What is reported between the look and the sleep leaves a SIGCHLD behind.
Progress Follower::State::run_with_patience(std::size_t limit) {
  constexpr std::chrono::milliseconds between_looks{20};  // at children that are held
  if (!reports_) reports_ = open_reports();
  drain(reports_);
  const Progress looked = poll(limit);
  if (looked != Progress::idle || (zombies_.empty() && early_.empty())) return looked;
  zombies_.arm();
  if (zombies_.has_fresh()) return Progress::more;  // collected just now
  pollfd sources[] = {{reports_.get(), POLLIN, 0}, {zombies_.descriptor(), POLLIN, 0}};
  auto patience = early_.empty() ? zombies_.patience() : std::optional(between_looks);
  // SIGCHLD comes to the process: another thread may take the one that was ours.
  if (::gettid() != self_.raw()) patience = std::min(patience.value_or(between_looks), between_looks);
  const bool woken =
      ::poll(sources, std::size(sources), patience ? static_cast<int>(patience->count()) : -1) >= 0;
  return woken ? Progress::more : Progress::idle;
}

}  // namespace ptop::follow
