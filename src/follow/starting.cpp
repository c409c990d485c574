// One way in: starting a program.
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

}  // namespace ptop::follow
