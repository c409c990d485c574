// Children and threads: told when their parent's event comes, whichever of the two stops arrives first.
#include <utility>

#include "birth.hpp"
#include "memory.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

ForkKind fork_kind(trace::ChildKind kind) {
  switch (kind) {
    case trace::ChildKind::fork:
      return ForkKind::fork;
    case trace::ChildKind::vfork:
      return ForkKind::vfork;
    case trace::ChildKind::clone:
      return ForkKind::clone;
  }
  return ForkKind::clone;
}

}  // namespace

Pid Follower::State::thread_group_of(Tid tid) {
  if (auto dir = facts_->reader().open_process(Pid(tid.raw()))) {
    if (const auto status = dir->read_status()) return status->tgid;
  }
  return {};
}

/// Its first stop, if that came by now, has nothing to tell.
void Follower::State::resume_newborn(Task& child) {
  if (!child.newborn) return;
  if (!early_.contains(child.tid)) {
    auto report = engine_.next_from(child.tid, trace::Wait::poll);
    if (!report) return;
    hold(std::move(*report));
  }
  const auto early = early_.find(child.tid);
  if (early != early_.end() && std::holds_alternative<trace::Interrupted>(early->second.report.stop))
    adopt_early_stop(child.tid);
}

void Follower::State::adopt_early_stop(Tid child) {
  if (auto stop = early_.extract(child)) on_stop(std::move(stop.mapped().report), {});
}

/// The child's stop and its end, where they came before its birth was told.
void Follower::State::adopt_early(Tid child) {
  adopt_early_stop(child);
  if (const auto end = early_ends_.extract(child)) on_end(end.mapped().report);
}

std::string Follower::State::descriptor_path(Tid tid, int fd) {
  decode::Arena arena;
  descriptors_.set_task(tid);
  return std::string(descriptors_.path(fd, arena));
}

/// What only the parent knows, while it is stopped.
void Follower::State::describe_birth(Forked& forked, const Task& parent, const BirthCall& call,
                                     decode::Arena& arena) {
  forked.flags = decode::clone_flags(call.flags, arena);
  forked.exit_signal = call.exit_signal;
  forked.set_tid = call.set_tid;
  if (call.cgroup_fd) forked.cgroup = descriptor_path(parent.tid, *call.cgroup_fd);
  int pidfd = -1;
  TaskMemory memory(parent.tid);
  if (call.pidfd_address &&
      memory.read(*call.pidfd_address, std::as_writable_bytes(std::span(&pidfd, 1))) == sizeof pidfd)
    forked.pidfd = pidfd;
}

/// Where the registers of a maker that was killed are gone: by the child's thread group, and when that one is
/// gone as well, by what clone(2) is mostly called for.
bool Follower::State::is_thread_of(const Process& process, const trace::NewChild& event) {
  const auto early = early_.find(event.child);
  const Pid group =
      early != early_.end() && early->second.pid != Pid{} ? early->second.pid : thread_group_of(event.child);
  return group == Pid{} ? event.kind == trace::ChildKind::clone : group == process.key.pid;
}

void Follower::State::born(Task& parent, trace::Stopped stopped, const trace::NewChild& event) {
  drop_end_of_former(event.child, parent);
  if (event.child == Tid{} || was_told_ahead(event.child) || tasks_.find_task(event.child)) {
    // The parent was killed inside its event: the child is released as an early one. Or the child was told
    // when its waiting grew too long.
    return proceed(parent, std::move(stopped), 0);
  }
  TaskMemory memory(parent.tid);
  const auto call = read_birth_call(stopped, memory);
  Process& from = *parent.process;
  const bool thread = call ? call->thread() : is_thread_of(from, event);
  const auto start = facts_->start_between(parent.resumed_ns, since_boot_ns());
  Forked forked{.kind = fork_kind(event.kind),
                .child = {event.child, from.key.start},
                .child_pid = thread ? from.key.pid : Pid(event.child.raw()),
                .thread = thread};
  decode::Arena arena;
  if (call) describe_birth(forked, parent, *call, arena);
  if (!thread) parent.window.reset();  // who makes children of its own does not prepare an exec
  // The parent need not wait for what is asked about the child. That one stays in its first stop until we
  // resume it; if it has ended, it is there until its parent collects it.
  const bool parent_waits = detaching_ || early_ends_.contains(event.child);
  std::optional<trace::Stopped> waiting;
  if (parent_waits)
    waiting.emplace(std::move(stopped));
  else
    proceed(parent, std::move(stopped), 0);
  const bool sibling = !thread && call && call->parents_sibling();
  Task& child = enrol(forked, parent, sibling ? describe_sibling(forked, from) : from.key.pid);
  if (runs_ahead(child)) resume_newborn(child);
  look_at_newborn(forked, child, start);
  if (runs_ahead(child)) resume_newborn(child);
  if (!thread || options_.threads) emitter_.emit(from, parent.tid, forked);
  adopt_early(event.child);
  if (waiting) proceed(parent, std::move(*waiting), 0);
}

/// CLONE_PARENT: the child has its maker's parent, which may have become another one that we have not heard
/// of, and its exit signal, whatever was asked for (kernel/fork.c, copy_process). Its parent.
Pid Follower::State::describe_sibling(Forked& forked, const Process& maker) {
  const auto stat = facts_->stat(forked.child.tid);
  forked.exit_signal = maker.exit_signal;
  if (stat && !forked.exit_signal) forked.exit_signal = stat->exit_signal;
  return stat ? stat->ppid : maker.ppid;
}

Task& Follower::State::enrol(const Forked& forked, Task& parent, Pid ppid) {
  Process& from = *parent.process;
  const Tid tid = forked.child.tid;
  Process* into = &from;
  if (!forked.thread) {
    tell_number_reused(forked.child_pid);
    Process* const real_parent = tasks_.find_process(ppid);
    into = &tasks_.add_process({.key = {forked.child_pid, {}},
                                .ppid = ppid,
                                .depth = real_parent ? real_parent->depth + 1 : from.depth,
                                .exit_signal = forked.exit_signal,
                                .waited_faults = 0,
                                .environment = from.environment,
                                .credentials = from.credentials,
                                .start_stack = from.start_stack,
                                .born_ns = emitter_.now()});
    if (real_parent) tasks_.add_child(*real_parent, forked.child_pid);
  }
  Task& child = tasks_.add_task(*into, tid);
  processor_.born(parent.tid, tid);
  child.newborn = true;
  child.convention = parent.convention;
  if (!forked.thread && options_.recipes) child.window = begin_preparation(forked.child_pid, true);
  return child;
}

/// Its pids in other namespaces than ours; who they belong to is remembered: in each, since who is told of
/// its end, or got its signal, may be further out than its own.
std::vector<Pid> Follower::State::look_inside(Process& process) {
  auto [pid_namespaces, pids] = facts_->inside(leader_of(process.key.pid));
  process.pid_namespace = pid_namespaces.empty() ? 0 : pid_namespaces.back();
  for (std::size_t i = 0; i < pids.size(); ++i) {
    if (pid_namespaces[i] != 0) living_.remember(pid_namespaces[i], pids[i], process.key.pid);
  }
  return std::move(pids);
}

/// What /proc has: it is there until the child's end is waited for.
void Follower::State::look_at_newborn(Forked& forked, Task& child, std::optional<Ticks> start) {
  const Tid tid = forked.child.tid;
  if (!start && (!forked.thread || options_.threads)) {
    const auto early = early_.find(tid);
    const auto stat = early == early_.end() || !early->second.stat ? facts_->stat(tid) : early->second.stat;
    if (stat) start = stat->start;
  }
  if (start) forked.child.start = *start;
  if (forked.thread) return;
  forked.namespace_pids = look_inside(*child.process);
  child.process->key.start = forked.child.start;
}

}  // namespace ptop::follow
