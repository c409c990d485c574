// A successful execve(2): what runs now, and which thread is left.
#include <algorithm>

#include <linux/audit.h>

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
  const auto info = stopped.syscall();
  if (!info) return execed;
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
