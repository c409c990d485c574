// Children whose first stop comes before the event of their maker, and those whose maker's never comes.
#include <algorithm>
#include <utility>

#include "ended.hpp"
#include "ptop/base/overloaded.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

/// No exit signal is sent for a thread that leads no group (kernel/fork.c, copy_process).
bool is_thread(const procfs::Stat& stat) { return stat.exit_signal == -1; }

}  // namespace

void Follower::State::hold(trace::StopReport report) {
  const Tid tid = report.task.tid();
  const auto known = early_.find(tid);
  if (known == early_.end()) {
    early_ends_.erase(tid);  // of one that had the number before
    early_.emplace(tid, EarlyStop{.report = std::move(report), .held_ns = emitter_.now()});
    return;
  }
  // It was killed while it was held: this is its exit stop, and the last that can be asked of it.
  std::move(known->second.report.task).expire();
  known->second.report = std::move(report);
  look_at(tid, known->second);
}

/// An end that nobody is known for: of a child that was killed before its maker's event, which comes soon; or
/// of a child of ours that is nobody's business.
void Follower::State::hold(const trace::EndReport& report) {
  constexpr std::uint64_t longest_hold_ns = 60'000'000'000;
  const std::uint64_t now = since_boot_ns();
  std::erase_if(early_ends_, [&](const auto& end) { return now - end.second.seen_ns > longest_hold_ns; });
  early_ends_.insert_or_assign(report.tid, EarlyEnd{report, now});
  if (const auto stop = early_.find(report.tid); stop != early_.end()) look_at(report.tid, stop->second);
}

/// Whose maker's event may come at any moment now. Of a child of ours that is nobody's business it never
/// will.
bool Follower::State::has_fresh_early_ends() const {
  constexpr std::uint64_t fresh_ns = 1'000'000'000;
  if (early_ends_.empty()) return false;
  const std::uint64_t now = since_boot_ns();
  return std::ranges::any_of(early_ends_,
                             [&](const auto& end) { return now - end.second.seen_ns < fresh_ns; });
}

void Follower::State::hold(trace::Report&& report) {
  std::visit(overloaded{[&](trace::StopReport& stop) { hold(std::move(stop)); },
                        [&](const trace::EndReport& end) { hold(end); }},
             report.what);
}

/// An end with the number of a child that is born now, if it is older than the birth can be, or the child
/// lives, or has an end of its own.
void Follower::State::drop_end_of_former(Tid child, const Task& maker) {
  const auto end = early_ends_.find(child);
  if (end == early_ends_.end()) return;
  if (end->second.seen_ns < maker.resumed_ns) return (void)early_ends_.erase(end);
  if (early_.contains(child)) return;
  if (auto report = engine_.next_from(child, trace::Wait::poll)) return hold(std::move(*report));
  if (const auto stat = facts_->stat(child); stat && !has_ended(*stat)) early_ends_.erase(child);
}

void Follower::State::look_at(Tid tid, EarlyStop& early) {
  if (std::exchange(early.looked_at, true)) return;
  early.stat = facts_->stat(tid);
  if (!early.stat) return;
  early.ppid = early.stat->ppid;
  early.pid = is_thread(*early.stat) ? thread_group_of(tid) : Pid(tid.raw());
}

/// Its parent's event is mostly among the reports that came with its own, and then nothing need be asked.
void Follower::State::look_at_early() {
  for (auto& [tid, early] : early_) look_at(tid, early);
}

/// The birth of a held child, told in the name of its parent: the event of its maker will not come.
void Follower::State::release_early(Tid tid) {
  const EarlyStop& early = early_.at(tid);
  const Pid pid = early.pid == Pid{} ? Pid(tid.raw()) : early.pid;
  const bool thread = pid.raw() != tid.raw();
  const auto now = facts_->stat(tid);
  const auto stat = now ? now : early.stat;
  const Ticks start = stat ? stat->start : Ticks{};
  Process* const parent = tasks_.find_process(thread ? pid : early.ppid);
  if (!stat && !parent) {  // dead, like the process it was born into: there is nobody to tell of
    (void)std::move(early_.extract(tid).mapped().report.task).detach(0);
    early_ends_.erase(tid);
    return;
  }
  Process* into = thread ? parent : nullptr;
  if (!into) {
    into = &tasks_.add_process({.key = {pid, start},
                                .ppid = early.ppid,
                                .depth = parent ? parent->depth + 1 : 0,
                                .exit_signal = stat ? std::optional<int>(stat->exit_signal) : std::nullopt,
                                .environment = parent ? parent->environment : nullptr,
                                .credentials = parent ? parent->credentials : std::nullopt,
                                .start_stack = stat ? stat->start_stack : TraceeAddr{},
                                .born_ns = emitter_.now()});
    if (parent) tasks_.add_child(*parent, pid);
    (void)look_inside(*into);
  }
  told_ahead_.insert_or_assign(tid, ToldAhead{start, thread ? pid : early.ppid});
  Task& child = tasks_.add_task(*into, tid);
  processor_.born(std::nullopt, tid);
  child.newborn = true;
  if (!parent)
    emitter_.emit(
        *into, tid,
        Attached{.comm = std::string(stat ? stat->comm.view() : std::string_view()), .ppid = into->ppid});
  else if (!thread || options_.threads)
    emitter_.emit(*parent, leader_of(parent->key.pid),
                  Forked{.child = {tid, start},
                         .child_pid = pid,
                         .kind_known = false,
                         .thread = thread,
                         .exit_signal = stat && !thread ? std::optional<std::int32_t>(stat->exit_signal)
                                                        : std::nullopt});
  adopt_early(tid);
}

/// `parent` is dead, or execed: none of the threads that it had will send a fork event any more. A child that
/// still waits was born in the last moment of one.
void Follower::State::release_early_children_of(const Process& parent) {
  look_at_early();
  std::vector<Tid> orphans;
  for (const auto& [tid, early] : early_) {
    if (early.ppid == parent.key.pid && early.pid.raw() == tid.raw()) orphans.push_back(tid);
  }
  for (const Tid tid : orphans) release_early(tid);
}

/// A maker that is killed between its child's first steps and its own event says nothing, and the child may
/// come to its first stop long after: it must not wait for ever.
void Follower::State::release_overdue_early() {
  constexpr std::uint64_t longest_hold_ns = 200'000'000;
  look_at_early();
  std::vector<Tid> overdue;
  for (const auto& [tid, early] : early_) {
    if (emitter_.now() - early.held_ns > longest_hold_ns) overdue.push_back(tid);
  }
  if (overdue.empty()) return;
  ask_everybody();  // its maker's event may be there: it was we who did not get to run
  for (const Tid tid : overdue) {
    if (early_.contains(tid)) release_early(tid);
  }
}

/// Whether this event is about a child that was told without it. Its number may belong to another one by now,
/// which is there then: it has stopped, or ended, for us to be waited for.
bool Follower::State::was_told_ahead(Tid child) {
  const auto told = told_ahead_.extract(child);
  if (!told || early_.contains(child) || early_ends_.contains(child)) return false;
  const auto stat = facts_->stat(child);
  return !stat || stat->start == told.mapped().start;
}

/// None of its threads will send the event of a birth any more.
void Follower::State::forget_told_ahead_by(Pid maker) {
  std::erase_if(told_ahead_, [&](const auto& told) { return told.second.maker == maker; });
}

/// Nobody is left who could tell of them: they are attached to like strangers.
void Follower::State::release_all_early() {
  look_at_early();
  while (!early_.empty()) release_early(early_.begin()->first);
}

}  // namespace ptop::follow
