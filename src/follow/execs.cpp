// A successful execve(2): what runs now, and which thread is left.
#include <algorithm>
#include <csignal>

#include <linux/audit.h>
#include <sys/wait.h>

#include "memory.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

/// The kernel puts the name of a script behind its interpreter and that one's argument (fs/binfmt_script.c).
bool may_be_script(const ExecImage& image) {
  if (image.filename.empty() || image.argv.size() < 2) return false;
  return std::find(image.argv.begin() + 1, image.argv.end(), image.filename) != image.argv.end();
}

}  // namespace

/// What is another as soon as the program runs: its stack, and the directory that names are relative to.
Follower::State::ExecSeen Follower::State::see_exec(Process& process, const trace::Stopped& stopped,
                                                    Tid former) {
  const Pid pid = process.key.pid;
  ExecSeen seen;
  Facts::describe_cwd(pid, seen.told);
  if (former != leader_of(pid) && former != Tid{}) seen.told.former_tid = former;
  process.start_stack = {};
  end_with_sigchld(process);
  const auto info = stopped.syscall();
  if (!info) return seen;
  process.start_stack = info->stack;
  TaskMemory memory(leader_of(pid));
  seen.image = read_exec_image(memory, info->stack, info->arch == AUDIT_ARCH_I386 ? 4 : 8);
  seen.told.denied =
      !seen.image && stopped.event_message().has_value();  // one that is killed does not answer
  if (seen.told.denied) seen.told.comm = facts_->comm(pid);
  if (!seen.image || !may_be_script(*seen.image)) return seen;
  seen.told.path = facts_->exe(pid);
  if (seen.image->filename != seen.told.path)
    seen.told.interpreters = facts_->interpreters(pid, seen.image->filename);
  if (!seen.told.interpreters.empty()) seen.told.interpreter = seen.told.path;
  return seen;
}

/// It does (fs/exec.c, de_thread), and so do the children it has by now: what they were made with is not for
/// another program (kernel/signal.c, do_notify_parent).
void Follower::State::end_with_sigchld(Process& execed) {
  execed.exit_signal = SIGCHLD;
  for (const Pid pid : execed.children) {
    Process* const child = tasks_.find_process(pid);
    if (child && child->ppid == execed.key.pid) child->exit_signal = SIGCHLD;
  }
}

/// The rest stays as it is until the process ends, and it has to stop before that (PTRACE_EVENT_EXIT).
Execed Follower::State::describe_exec(Process& process, ExecSeen seen) {
  Execed execed = std::move(seen.told);
  if (execed.path.empty()) execed.path = facts_->exe(process.key.pid);
  execed.prepares_another = prepares_another(execed.path);
  execed.unread = !seen.image;
  if (execed.denied) {  // whatever comes after cannot be compared with it
    process.environment.reset();
    process.credentials.reset();
  }
  if (execed.unread) return execed;
  describe_credentials(execed, process, seen.image->credentials);
  Environment environment = seen.image->take_environment();
  if (process.environment) {
    const auto& compared = environments_.compare(process.environment, std::move(environment));
    execed.env = compared.change;
    process.environment = compared.after;
  } else {
    process.environment = std::make_shared<const Environment>(std::move(environment));
  }
  execed.filename = std::move(seen.image->filename);
  execed.argv = std::move(seen.image->argv);
  return execed;
}

void Follower::State::begin_exec(Process& process, Tid former) {
  const Tid leader = leader_of(process.key.pid);
  if (former != leader) processor_.renamed(former, leader);
  collapse_to_leader(process, leader, former);
  release_early_children_of(process);
  tell_recipe(*tasks_.find_task(leader), true);
}

void Follower::State::tell_exec(Process& process, ExecSeen seen) {
  const Tid leader = leader_of(process.key.pid);
  Execed execed = describe_exec(process, std::move(seen));
  const bool killed = execed.unread && process.start_stack == TraceeAddr{};
  if (killed && !process.untold_exec) {
    process.untold_exec = std::make_unique<Execed>(std::move(execed));
    return;
  }
  process.untold_exec.reset();
  const bool window_goes_on = options_.recipes && execed.prepares_another;
  emitter_.emit(process, leader, std::move(execed));
  if (window_goes_on) tasks_.find_task(leader)->window = begin_preparation(process.key.pid, false);
}

/// A task with a fatal signal pending makes no PTRACE_EVENT_EXEC stop (kernel/signal.c, ptrace_stop), and one
/// that is killed in that stop answers nothing: killed between the moment its descriptors are closed, which
/// is how its parent may know of it, and the end of execve(2), it has only its exit to report. There it still
/// has the stack of the new program.
Task& Follower::State::tell_unreported_exec(Task& task, const trace::Stopped& stopped) {
  Process& process = *task.process;
  const Tid leader = leader_of(process.key.pid);
  if (task.tid != leader || task.exiting) return task;
  if (!process.untold_exec && !execed_unseen(process, stopped)) return task;
  const Tid former = process.untold_exec ? process.untold_exec->former_tid.value_or(leader) : leader;
  begin_exec(process, former);
  tell_exec(process, see_exec(process, stopped, former));
  return *tasks_.find_task(leader);
}

/// Only by SIGKILL: it is SIGSEGV where execve(2) fails when nothing is left to return to (fs/exec.c,
/// bprm_execve), and no program was started.
bool Follower::State::execed_unseen(const Process& process, const trace::Stopped& exiting) {
  const int status = static_cast<int>(exiting.event_message().value_or(0));
  if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL || process.start_stack == TraceeAddr{})
    return false;
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
  if (now) facts_->describe_rights(process.key.pid, execed);
}

/// Every other thread is dead and its end was or will never be reported; a caller that was not the leader
/// carries on under the leader's tid (ptrace(2), "execve(2) under ptrace").
void Follower::State::collapse_to_leader(Process& process, Tid leader, Tid former) {
  std::unique_ptr<PendingCall> call;
  std::unique_ptr<PreparationWindow> window;
  if (Task* const caller = tasks_.find_task(former)) {
    call = std::move(caller->call);
    window = std::move(caller->window);
  }
  const auto tids = process.tasks;
  for (const Tid tid : tids) {
    if (!window) window = std::move(tasks_.find_task(tid)->window);  // another thread execs
    tasks_.erase_task(tid);
  }
  Task& survivor = tasks_.add_task(process, leader);
  survivor.call = std::move(call);
  survivor.window = std::move(window);
  process.group_stopped = false;
  process.end_unseen = false;
}

}  // namespace ptop::follow
