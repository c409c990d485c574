// System calls: the enter stop and the exit stop of a task, paired.
#include "memory.hpp"
#include "pending_call.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

decode::RawCall raw_call(trace::AuditArch arch, const trace::SyscallEnter& enter) {
  return {
      .arch = call_arch(arch, enter.nr).value_or(decode::Arch::x86_64), .nr = enter.nr, .args = enter.args};
}

}  // namespace

void Follower::State::at_syscall(Task& task, const trace::Stopped& stopped) {
  const auto info = stopped.syscall();
  if (!info) return;  // killed meanwhile
  if (const auto* enter = std::get_if<trace::SyscallEnter>(&info->what)) {
    prepare_enter(task, raw_call(info->arch, *enter));
    if (!options_.syscalls.empty()) enter_call(task, info->arch, *enter);
  }
  if (const auto* exit = std::get_if<trace::SyscallExit>(&info->what)) {
    leave_call(task, *exit);
    prepare_leave(task, *exit);
  }
}

void Follower::State::enter_call(Task& task, trace::AuditArch arch, const trace::SyscallEnter& enter) {
  if (!task.call) task.call = std::make_unique<PendingCall>();
  PendingCall& pending = *task.call;
  pending.inside = true;
  pending.logged = options_.syscalls.contains(enter.nr);
  if (!pending.logged) return;
  pending.arena.release();
  pending.entered_ns = emitter_.now();
  TaskMemory memory(task.tid);
  descriptors_.set_task(task.tid);
  surroundings_.set_task(task.tid);
  pending.call = decode::decode_enter(raw_call(arch, enter), memory, pending.arena, options_.decode);
  if (!options_.call_entries) return;
  emitter_.enter({.t_ns = pending.entered_ns,
                  .pid = task.process->key.pid,
                  .tid = task.tid,
                  .name = decode::call_name(pending.call.raw, pending.arena),
                  .nr = enter.nr.raw(),
                  .args = pending.call.arguments});
}

/// An exit stop without its enter stop belongs to a call that was under way when we attached: its arguments
/// are unknown.
void Follower::State::leave_call(Task& task, const trace::SyscallExit& exit) {
  if (!task.call || !task.call->inside) return;
  PendingCall& pending = *task.call;
  pending.inside = false;
  if (!pending.logged) return;
  const decode::RawResult result{.value = exit.value, .error = exit.error};
  TaskMemory memory(task.tid);
  descriptors_.set_task(task.tid);
  surroundings_.set_task(task.tid);
  decode::decode_exit(pending.call, result, memory, pending.arena, options_.decode);
  emitter_.emit(*task.process, task.tid,
                SyscallDone{.name = decode::call_name(pending.call.raw, pending.arena),
                            .nr = pending.call.raw.nr.raw(),
                            .args = pending.call.arguments,
                            .ret = exit.value,
                            .ret_decoded = decode::decode_result(pending.call, result, memory, pending.arena,
                                                                 options_.decode),
                            .ret_detail = pending.call.detail,
                            .error_number = exit.error ? static_cast<int>(-exit.value) : 0,
                            .duration_ns = emitter_.now() - pending.entered_ns});
}

/// exit_group, or whatever a killed task was in: it never returned.
void Follower::State::tell_unfinished_call(Task& task) {
  if (!task.call || !task.call->inside) return;
  PendingCall& pending = *task.call;
  pending.inside = false;
  if (!pending.logged) return;
  emitter_.emit(*task.process, task.tid,
                SyscallDone{.name = decode::call_name(pending.call.raw, pending.arena),
                            .nr = pending.call.raw.nr.raw(),
                            .args = pending.call.arguments,
                            .ret = std::nullopt,
                            .ret_decoded = {},
                            .duration_ns = emitter_.now() - pending.entered_ns});
}

}  // namespace ptop::follow
