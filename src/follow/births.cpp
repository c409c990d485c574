// Children and threads: told when their parent's event comes, whichever of the two stops arrives first.
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

void Follower::State::hold(trace::StopReport report) {
  const Tid tid = report.task.tid();
  EarlyStop early{.report = std::move(report), .ppid = {}, .pid = {}};
  if (auto dir = facts_->reader().open_process(Pid(tid.raw()))) {
    if (auto status = dir->read_status()) {
      early.ppid = status->ppid;
      early.pid = status->tgid;
    }
  }
  early_.emplace(tid, std::move(early));
}

/// The child's stop, or its end, if it came before its birth was told.
void Follower::State::adopt_early(Task& child) {
  const Tid tid = child.tid;
  if (auto stop = early_.extract(tid)) {
    on_stop(std::move(stop.mapped().report), {});
    return;
  }
  if (auto end = early_ends_.extract(tid)) on_end(end.mapped());
}

std::string Follower::State::descriptor_path(Tid tid, int fd) {
  decode::Arena arena;
  descriptors_.set_task(tid);
  return std::string(descriptors_.name(fd, arena));
}

void Follower::State::describe_birth(Forked& forked, const Task& parent, const BirthCall& call) {
  forked.set_tid = call.set_tid;
  if (call.cgroup_fd) forked.cgroup = descriptor_path(parent.tid, *call.cgroup_fd);
  int pidfd = -1;
  TaskMemory memory(parent.tid);
  if (call.pidfd_address &&
      memory.read(*call.pidfd_address, std::as_writable_bytes(std::span(&pidfd, 1))) == sizeof pidfd)
    forked.pidfd = pidfd;
  if (!forked.thread) forked.namespace_pids = facts_->namespace_pids(forked.child.tid);
}

void Follower::State::born(Task& parent, const trace::Stopped& stopped, const trace::NewChild& event) {
  if (event.child == Tid{})
    return;  // the parent was killed inside its event: the child is released as an early one
  TaskMemory memory(parent.tid);
  const auto call = read_birth_call(stopped, memory);
  const bool thread = call && call->thread();
  Process& from = *parent.process;
  const Pid child_pid = thread ? from.key.pid : Pid(event.child.raw());

  Forked forked{.kind = fork_kind(event.kind), .child_pid = child_pid, .thread = thread};
  Ticks start = from.key.start;
  if (!thread || options_.threads) {
    if (auto stat = facts_->stat(event.child)) start = stat->start;
  }
  forked.child = {event.child, start};
  decode::Arena arena;
  if (call) {
    forked.flags = decode::clone_flags(call->flags, arena);
    forked.exit_signal = call->exit_signal;
    describe_birth(forked, parent, *call);
  }

  Process* into = &from;
  if (!thread) {
    tell_number_reused(child_pid);
    into = &tasks_.add_process({.key = {child_pid, start},
                                .ppid = call && call->parents_sibling() ? from.ppid : from.key.pid,
                                .depth = from.depth + 1,
                                .environment = from.environment,
                                .born_ns = emitter_.now()});
    from.children.push_back(child_pid);
  }
  Task& child = tasks_.add_task(*into, event.child);
  child.newborn = true;
  if (!thread && options_.recipes) child.preparation = std::make_unique<Preparation>(emitter_.now());
  parent.preparation.reset();  // who makes children of its own does not prepare an exec
  if (!thread || options_.threads) emitter_.emit(from, parent.tid, forked);
  adopt_early(child);
}

/// `dead` will send no more fork events: a child of it that still waits was born in its last moment.
void Follower::State::release_early_children_of(const Process& dead) {
  std::vector<Tid> orphans;
  for (const auto& [tid, early] : early_) {
    if (early.ppid == dead.key.pid && early.pid.raw() == tid.raw()) orphans.push_back(tid);
  }
  for (const Tid tid : orphans) {
    const auto stat = facts_->stat(tid);
    Process& process = tasks_.add_process({.key = {Pid(tid.raw()), stat ? stat->start : Ticks{}},
                                           .ppid = dead.key.pid,
                                           .depth = dead.depth + 1,
                                           .environment = dead.environment,
                                           .born_ns = emitter_.now()});
    Task& child = tasks_.add_task(process, tid);
    child.newborn = true;
    emitter_.emit(dead, leader_of(dead.key.pid),
                  Forked{.child = {tid, process.key.start}, .child_pid = process.key.pid});
    adopt_early(child);
  }
}

/// Nobody is left who could tell of them: they are attached to like strangers.
void Follower::State::release_all_early() {
  while (!early_.empty()) {
    const Tid tid = early_.begin()->first;
    const auto stat = facts_->stat(tid);
    Process& process = tasks_.add_process({.key = {early_.begin()->second.pid, stat ? stat->start : Ticks{}},
                                           .ppid = early_.begin()->second.ppid,
                                           .born_ns = emitter_.now()});
    Task& child = tasks_.add_task(process, tid);
    child.newborn = true;
    emitter_.emit(process, tid, Attached{.comm = stat ? stat->comm : std::string(), .ppid = process.ppid});
    adopt_early(child);
  }
}

}  // namespace ptop::follow
