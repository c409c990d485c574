// System calls: the enter stop and the exit stop of a task, paired.
#include <algorithm>

#include "memory.hpp"
#include "pending_call.hpp"
#include "ptop/decode/call_shape.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

decode::RawCall raw_call(trace::AuditArch arch, const trace::SyscallEnter& enter, TraceeAddr stack) {
  return {.arch = call_arch(arch, enter.nr).value_or(decode::Arch::x86_64),
          .nr = enter.nr,
          .args = enter.args,
          .stack_pointer = stack.raw()};
}

bool names_one_of(const decode::Call& call, std::string_view argument,
                  const std::vector<std::string>& paths) {
  const auto field = std::ranges::find(call.arguments, argument, &decode::Field::name);
  if (field == call.arguments.end() || field->value == nullptr) return false;
  const auto* text = std::get_if<decode::Text>(&field->value->what);
  return text != nullptr && std::ranges::find(paths, text->bytes) != paths.end();
}

}  // namespace

/// As strace -P: a path as the call has it, or a descriptor that leads there. Nothing is resolved.
bool Follower::State::touches_wanted(const decode::Call& call, decode::Arena& arena) {
  if (call.row == nullptr) return false;
  for (const decode::ArgumentShape& shape : decode::shape_of(*call.row)) {
    if (shape.is_path && names_one_of(call, shape.name, options_.touching)) return true;
    const auto fd = static_cast<std::int32_t>(call.raw.args[shape.in_register]);
    if (shape.is_descriptor && fd >= 0 &&
        std::ranges::find(options_.touching, descriptors_.path(fd, arena)) != options_.touching.end())
      return true;
  }
  return false;
}

decode::Options Follower::State::decode_options(const decode::Call& call) const {
  decode::Options options = options_.decode;
  if (decodes_all_alike_) return options;
  options.raw = options_.raw.contains(call);
  options.verbose = options.verbose || options_.whole.contains(call);
  options.structures = options_.structures.contains(call);
  return options;
}

/// Nothing is to be told of the call that it leaves, so the kernel need not be asked.
bool Follower::State::leaves_unlogged_call(Task& task) {
  if (!task.call || !task.call->inside || task.call->logged || task.is_preparing() || task.exec_path)
    return false;
  task.call->inside = false;
  return true;
}

void Follower::State::at_syscall(Task& task, const trace::Stopped& stopped) {
  if (leaves_unlogged_call(task)) return;
  const auto info = stopped.syscall();
  if (!info) return;  // killed meanwhile
  if (const auto* enter = std::get_if<trace::SyscallEnter>(&info->what)) {
    const decode::RawCall raw = raw_call(info->arch, *enter, info->stack);
    mind_affinity(task, raw);
    prepare_enter(task, raw);
    if (!options_.syscalls.empty()) {
      enter_call(task, *info, *enter);
      tell_entry(task);
    }
  }
  if (const auto* exit = std::get_if<trace::SyscallExit>(&info->what)) {
    leave_call(task, *info, *exit);
    prepare_leave(task, *exit);
  }
}

/// A program of 64 bits may make calls of 32 bits in between (int 0x80).
void Follower::State::note_convention(Task& task, decode::Arch arch) {
  if (task.convention == arch) return;
  task.convention = arch;
  emitter_.convention(*task.process, task.tid, arch);
}

namespace {

/// ERESTARTSYS and relatives, include/linux/errno.h: by the stop in which we let it go.
bool is_interrupted(const trace::SyscallExit& exit) {
  return exit.error && exit.value <= -512 && exit.value >= -516;
}

constexpr std::string_view restart_call = "restart_syscall";

/// Restarted again it is still the first one that goes on.
const decode::SyscallRow* call_before(const PendingCall& pending) {
  const auto* const last = pending.call.row;
  return last != nullptr && last->name == restart_call ? pending.before : last;
}

CallNumber number_of(const PendingCall& pending) {
  const decode::Call& call = pending.call;
  CallNumber number{.nr = call.raw.nr.raw(), .arch = call.raw.arch};
  const bool restarts = call.row != nullptr && call.row->name == restart_call;
  if (restarts && pending.before != nullptr) number.restarts = pending.before->name;
  return number;
}

}  // namespace

void Follower::State::enter_call(Task& task, const trace::SyscallInfo& info,
                                 const trace::SyscallEnter& enter) {
  if (!task.call) task.call = std::make_unique<PendingCall>();
  PendingCall& pending = *task.call;
  pending.before = call_before(pending);
  const decode::RawCall raw = raw_call(info.arch, enter, info.stack);
  note_convention(task, raw.arch);
  TaskMemory memory(task.tid);
  pending.call = decode::find_call(raw, memory);
  pending.logged = options_.syscalls.contains(pending.call);
  // What a filter stops unlogged, it stops for its entry.
  pending.inside = pending.logged || !filtered_ || task.is_preparing() || task.exec_path;
  if (!pending.logged) return;
  pending.arena.release();
  pending.entered_ns = emitter_.now();
  pending.system_ns = task.system_ns;
  descriptors_.set_task(task.tid);
  living_.set_task(task.tid);
  surroundings_.set_task(task.tid);
  decode::decode_enter(pending.call, memory, pending.arena, decode_options(pending.call));
  if (!options_.touching.empty()) pending.logged = touches_wanted(pending.call, pending.arena);
  if (options_.instructions) pending.instruction = info.instruction.raw();
}

/// The line that strace begins here.
void Follower::State::tell_entry(const Task& task) {
  const PendingCall& pending = *task.call;
  if (!options_.call_entries || !pending.logged) return;
  emitter_.enter({.t_ns = pending.entered_ns,
                  .pid = task.process->key.pid,
                  .tid = task.tid,
                  .name = decode::call_name(pending.call, task.call->arena),
                  .number = number_of(pending),
                  .args = pending.call.arguments,
                  .instruction = pending.instruction});
}

/// An exit stop without its enter stop belongs to a call that was under way when we attached: its arguments
/// are unknown.
void Follower::State::leave_call(Task& task, const trace::SyscallInfo& info, const trace::SyscallExit& exit) {
  if (!task.call || !task.call->inside) return;
  PendingCall& pending = *task.call;
  if (detaching_ && options_.call_entries && is_interrupted(exit)) return;  // let go inside of it
  pending.inside = false;
  if (!pending.logged) return;
  const decode::RawResult result{.value = exit.value, .error = exit.error};
  TaskMemory memory(task.tid);
  descriptors_.set_task(task.tid);
  living_.set_task(task.tid);
  surroundings_.set_task(task.tid);
  const decode::Options options = decode_options(pending.call);
  decode::decode_exit(pending.call, result, memory, pending.arena, options);
  if (options_.instructions) pending.instruction = info.instruction.raw();
  const auto stack = stack_of(task);
  const auto data = options_.data.empty()
                        ? std::span<const decode::DataPiece>()
                        : decode::moved_data(pending.call, result, memory, pending.arena, options_.data);
  emitter_.emit(
      *task.process, task.tid,
      SyscallDone{.name = decode::call_name(pending.call, pending.arena),
                  .number = number_of(pending),
                  .args = pending.call.arguments,
                  .ret = exit.value,
                  .ret_decoded = decode::decode_result(pending.call, result, memory, pending.arena, options),
                  .ret_detail = pending.call.detail,
                  .error_number = exit.error ? static_cast<int>(-exit.value) : 0,
                  .duration_ns = emitter_.now() - pending.entered_ns,
                  .system_ns = task.system_ns - pending.system_ns,
                  .instruction = pending.instruction,
                  .stack = stack,
                  .data = data,
                  .memory = &memory});
}

/// exit_group, or whatever a killed task was in: it never returned.
void Follower::State::tell_unfinished_call(Task& task) {
  if (!task.call || !task.call->inside) return;
  PendingCall& pending = *task.call;
  pending.inside = false;
  if (!pending.logged) return;
  emitter_.emit(*task.process, task.tid,
                SyscallDone{.name = decode::call_name(pending.call, pending.arena),
                            .number = number_of(pending),
                            .args = pending.call.arguments,
                            .ret = std::nullopt,
                            .ret_decoded = {},
                            .duration_ns = emitter_.now() - pending.entered_ns,
                            .instruction = pending.instruction});
}

}  // namespace ptop::follow
