// A successful execve(2): what runs now, and which thread is left.
#include <algorithm>

#include <linux/audit.h>
#include <sys/wait.h>

#include "exec_image.hpp"
#include "memory.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

/// The kernel puts the name of a script behind its interpreter and that one's argument (fs/binfmt_script.c).
bool looks_like_script(const ExecImage& image, const std::string& exe) {
  if (image.filename.empty() || image.filename == exe || image.argv.size() < 2) return false;
  return std::find(image.argv.begin() + 1, image.argv.end(), image.filename) != image.argv.end();
}

}  // namespace

Execed Follower::State::describe_exec(Process& process, const trace::Stopped& stopped, Tid former) {
  const Pid pid = process.key.pid;
  auto facts = facts_->image(pid);
  Execed execed{.path = std::move(facts.exe), .cwd = std::move(facts.cwd)};
  if (former != leader_of(pid) && former != Tid{}) execed.former_tid = former;

  execed.unread = true;
  process.start_stack = {};
  const auto info = stopped.syscall();
  if (!info) return execed;
  process.start_stack = info->stack;
  TaskMemory memory(leader_of(pid));
  auto image = read_exec_image(memory, info->stack, info->arch == AUDIT_ARCH_I386 ? 4 : 8);
  if (!image) return execed;
  execed.unread = false;
  if (looks_like_script(*image, execed.path)) {
    execed.interpreters = facts_->interpreters(pid, image->filename);
    if (!execed.interpreters.empty()) execed.interpreter = execed.path;
  }
  describe_credentials(execed, process, image->credentials);
  auto environment = std::make_shared<const Environment>(std::move(image->environment));
  if (process.environment) execed.env = environment_change(*process.environment, *environment);
  const bool same = process.environment && *process.environment == *environment;
  if (!same) process.environment = std::move(environment);
  execed.filename = std::move(image->filename);
  execed.argv = std::move(image->argv);
  return execed;
}

void Follower::State::execed(Process& process, const trace::Stopped& stopped, Tid former) {
  const Tid leader = leader_of(process.key.pid);
  if (former != leader) processor_.renamed(former, leader);
  collapse_to_leader(process, leader, former);
  release_early_children_of(process);
  tell_recipe(*tasks_.find_task(leader), true);
  Execed execed = describe_exec(process, stopped, former);
  const bool killed = execed.unread && process.start_stack == TraceeAddr{};
  if (killed && !process.untold_exec) {
    process.untold_exec = std::make_unique<Execed>(std::move(execed));
    return;
  }
  process.untold_exec.reset();
  const bool window_goes_on = options_.recipes && prepares_another(execed.path);
  emitter_.emit(process, leader, std::move(execed));
  if (window_goes_on)
    tasks_.find_task(leader)->preparation = std::make_unique<Preparation>(emitter_.now(), process.key.pid);
}

/// A task with a fatal signal pending makes no PTRACE_EVENT_EXEC stop (kernel/signal.c, ptrace_stop), and one
/// that is killed in that stop answers nothing: killed between the moment its descriptors are closed, which
/// is how its parent may know of it, and the end of execve(2), it has only its exit to report. There it still
/// has the stack of the new program.
Task& Follower::State::tell_unreported_exec(Task& task, const trace::Stopped& stopped) {
  Process& process = *task.process;
  const Tid leader = leader_of(process.key.pid);
  if (task.tid != leader || task.exiting || (!process.untold_exec && !execed_unseen(process, stopped)))
    return task;
  const Tid former = process.untold_exec ? process.untold_exec->former_tid.value_or(leader) : leader;
  execed(process, stopped, former);
  return *tasks_.find_task(leader);
}

bool Follower::State::execed_unseen(const Process& process, const trace::Stopped& exiting) {
  const int status = static_cast<int>(exiting.event_message().value_or(0));
  if (!WIFSIGNALED(status) || process.start_stack == TraceeAddr{}) return false;
  const auto stat = facts_->stat(leader_of(process.key.pid));
  return stat && stat->start_stack != TraceeAddr{} && stat->start_stack != process.start_stack;
}

/// They are in the user namespace of the program: what it sees itself.
void Follower::State::describe_credentials(Execed& execed, Process& process,
                                           const std::optional<Credentials>& now) {
  execed.former_credentials = process.credentials;
  execed.credentials = now;
  process.credentials = now;
  // AT_SECURE is set also where a tracer made the kernel take the rights back (cap_bprm_creds_from_file).
  if (!now) return;
  execed.set_id_ignored = facts_->is_set_id_ignored(process.key.pid, *now);
  facts_->describe_capabilities(process.key.pid, execed);
}

/// Every other thread is dead and its end was or will never be reported; a caller that was not the leader
/// carries on under the leader's tid (ptrace(2), "execve(2) under ptrace").
void Follower::State::collapse_to_leader(Process& process, Tid leader, Tid former) {
  std::unique_ptr<PendingCall> call;
  std::unique_ptr<Preparation> preparation;
  if (Task* const caller = tasks_.find_task(former)) {
    call = std::move(caller->call);
    preparation = std::move(caller->preparation);
  }
  const auto tids = process.tasks;
  for (const Tid tid : tids) tasks_.erase_task(tid);
  Task& survivor = tasks_.add_task(process, leader);
  survivor.call = std::move(call);
  survivor.preparation = std::move(preparation);
  process.group_stopped = false;
}

}  // namespace ptop::follow
