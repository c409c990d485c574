// Ways in: starting a program, and attaching to processes.
#include <cerrno>
#include <utility>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ptop/trace/spawn.hpp"
#include "state.hpp"
#include "stopping_calls.hpp"

namespace ptop::follow {
namespace {

/// PTRACE_SEIZE answers EPERM for a task that is ours already (the kernel seized it with its creator) as for
/// one we may not trace; its TracerPid, the tid of the tracing thread, tells which.
bool is_ours(procfs::Reader& reader, Tid tid) {
  auto dir = reader.open_process(Pid(tid.raw()));
  if (!dir) return false;
  const auto status = dir->read_status();
  return status && status->tracer_pid.raw() == ::gettid();
}

tl::unexpected<AttachError> not_attached(const Error& error, Pid pid) {
  return tl::unexpected<AttachError>(AttachError{error, pid});
}

std::vector<std::string> inherited_environment() {
  const Environment own = own_environment();
  const auto entries = own.entries();
  return {entries.begin(), entries.end()};
}

}  // namespace

Result<void> Follower::State::open_facts() {
  if (facts_) return {};
  auto facts = Facts::open();
  if (!facts) return fail(facts.error());
  facts_.emplace(std::move(*facts));
  return {};
}

Result<trace::Image> image_of(const Program& program, const Options& options) {
  auto paths = trace::resolve_programs(program.file);
  if (!paths) return fail(paths.error());
  return trace::Image{
      .path = paths->front(),
      .further_paths = {paths->begin() + 1, paths->end()},
      .argv = program.argv,
      .environment = program.environment ? *program.environment : inherited_environment(),
      .run_as = program.run_as,
      .terminal = program.terminal,
      .filter = options.filter_calls ? stopping_filter(stopping_calls(options)) : std::vector<sock_filter>()};
}

Result<Pid> Follower::State::start(const Program& program) {
  if (auto opened = open_facts(); !opened) return fail(opened.error());
  const auto image = image_of(program, options_);
  if (!image) return fail(image.error());
  filtered_ = !image->filter.empty();
  auto launched = trace::launch(engine_, *image, program.signals);
  if (!launched) return fail(launched.error());
  return run_program(program, std::move(*launched));
}

Result<Pid> Follower::State::start(const Program& program, trace::Waiting waiting) {
  if (auto opened = open_facts(); !opened) return fail(opened.error());
  filtered_ = waiting.bond == trace::Bond::for_life;
  auto launched = trace::launch(engine_, std::move(waiting));
  if (!launched) return fail(launched.error());
  return run_program(program, std::move(*launched));
}

Result<Pid> Follower::State::run_program(const Program& program, trace::Launched launched) {
  const Tid tid = launched.tid;
  const Pid pid(tid.raw());
  const auto stat = facts_->stat(tid);
  Process& process =
      tasks_.add_process({.key = {pid, stat ? stat->start : Ticks{}},
                          .ppid = stat ? stat->ppid : Pid{},
                          .waited_faults = stat ? std::optional(stat->waited_for->minflt) : std::nullopt,
                          .environment = std::make_shared<const Environment>(own_environment()),
                          .born_ns = emitter_.now()});
  Task& task = tasks_.add_task(process, tid);
  program_ = pid;
  auto stopped = run_to_exec(std::move(launched), task);
  if (!stopped) {
    tasks_.erase_process(pid);
    program_.reset();
    return fail(stopped.error());
  }
  // Not earlier: the child began as a copy of us, and could not have been seized.
  if (options_.untraceable) ::prctl(PR_SET_DUMPABLE, 0);
  emitter_.begin(program.argv, {}, facts_->clock_ticks());
  emitter_.emit(process, tid, Attached{.comm = program.argv.front(), .ppid = process.ppid, .spawned = true});
  const bool detach_at_next = std::exchange(options_.detach_at_exec, false);
  at(task, std::move(*stopped), trace::ExecDone{tid}, {});
  options_.detach_at_exec = detach_at_next;
  return pid;
}

/// From the handshake to the exec event. What the child does before is ours, not the program's, and not told;
/// only the execve call itself is kept for the log.
Result<trace::Stopped> Follower::State::run_to_exec(trace::Launched launched, Task& task) {
  if (auto r = std::move(launched.task).resume(how(task), 0); !r) return fail(r.error());
  while (auto report = engine_.next_from(task.tid, trace::Wait::block)) {
    auto* const stop = std::get_if<trace::StopReport>(&report->what);
    if (!stop) {
      const int error_number = trace::exec_error_number(launched.exec_error);
      if (error_number != 0) return fail(os_error(error_number, ""));
      return fail({Errc::gone, ESRCH, "killed before it started"});
    }
    if (std::holds_alternative<trace::ExecDone>(stop->stop)) return std::move(stop->task);
    const auto* const signal = std::get_if<trace::SignalDelivery>(&stop->stop);
    if (std::holds_alternative<trace::SyscallReached>(stop->stop) ||
        std::holds_alternative<trace::Seccomp>(stop->stop)) {
      const auto info = stop->task.syscall();
      const auto* const enter = info ? std::get_if<trace::SyscallEnter>(&info->what) : nullptr;
      if (enter)
        enter_call(task, *info, *enter);
      else if (task.call)
        task.call->inside = false;
    }
    if (auto r = std::move(stop->task).resume(how(task), signal ? signal->signal : 0); !r)
      return fail(r.error());
  }
  return fail(os_error("wait4"));
}

tl::expected<void, AttachError> Follower::State::attach(const std::vector<Pid>& pids, bool tree) {
  if (auto opened = open_facts(); !opened)
    return not_attached(opened.error(), pids.empty() ? Pid() : pids.front());
  if (options_.untraceable) ::prctl(PR_SET_DUMPABLE, 0);
  for (const Pid pid : pids) {
    if (auto r = seize_process(pid); !r) {
      emitter_.close();
      return not_attached(r.error(), pid);
    }
  }
  if (tree) seize_descendants(pids);
  emitter_.begin({}, pids, facts_->clock_ticks());
  tell_attached();
  return {};
}

/// A leader that had ended before is no tracee, and its process is told all the same.
void Follower::State::tell_attached() {
  const auto tell = [&](const Process& process, Tid tid) {
    emitter_.emit(process, tid, Attached{.comm = facts_->comm(Pid(tid.raw())), .ppid = process.ppid});
  };
  for (const Tid tid : tasks_.tids()) {
    const Process& process = *tasks_.find_task(tid)->process;
    const Tid leader = leader_of(process.key.pid);
    if (!tasks_.find_task(leader) && process.tasks.front() == tid) tell(process, leader);
    if (tid == leader || options_.threads) tell(process, tid);
  }
}

Result<void> Follower::State::seize_process(Pid pid) {
  const auto stat = facts_->stat(leader_of(pid));
  if (!stat) return fail(os_error(ESRCH, "no such process"));
  if (tasks_.find_process(pid)) return {};
  const Process* const parent = tasks_.find_process(stat->ppid);
  Process& process = tasks_.add_process({.key = {pid, stat->start},
                                         .ppid = stat->ppid,
                                         .depth = parent ? parent->depth + 1 : 0,
                                         .start_stack = stat->start_stack,
                                         .born_before = true,
                                         .peak_before = std::nullopt});
  if (Process* const known_parent = tasks_.find_process(stat->ppid)) known_parent->children.push_back(pid);
  // A thread made by one not seized yet is found by the next look; one made by a seized thread is seized
  // already.
  for (bool more = true; more;) {
    const auto found = seize_new_tasks(process);
    if (!found) {
      tasks_.erase_process(pid);
      return fail(found.error());
    }
    more = *found;
  }
  return {};
}

/// True when one look at its threads found a new one. Errors: not one of its threads could be seized.
Result<bool> Follower::State::seize_new_tasks(Process& process) {
  auto dir = facts_->reader().open_process(process.key.pid);
  if (!dir) return fail(dir.error());
  const auto tids = dir->tids();
  if (!tids) return fail(tids.error());
  bool found = false;
  std::optional<Error> refused;
  for (const Tid tid : *tids) {
    if (tasks_.find_task(tid) || early_.contains(tid)) continue;
    if (!options_.newborns && tid != leader_of(process.key.pid)) continue;
    auto seized = engine_.seize(tid);
    if (!seized && !is_ours(facts_->reader(), tid)) {
      if (seized.error().code != Errc::gone) refused = seized.error();
      continue;
    }
    if (!seized) continue;  // the kernel seized it: its first stop and its creator's event will come
    tasks_.add_task(process, tid);
    // To stop at its next system call a running task must be resumed with PTRACE_SYSCALL, so stop it once.
    if (!options_.syscalls.empty()) (void)engine_.interrupt(tid);
    found = true;
  }
  if (process.tasks.empty()) return fail(refused.value_or(os_error(ESRCH, "no such process")));
  return found;
}

}  // namespace ptop::follow
