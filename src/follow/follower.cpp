// Reports of the engine, one by one, to the place that knows what to do with them.
#include "ptop/follow/follower.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

#include "ptop/base/overloaded.hpp"
#include "ptop/decode/siginfo.hpp"
#include "state.hpp"

namespace ptop::follow {
namespace {

/// si_pid and si_uid are there when a process sent it, or a child changed state; others of the codes below
/// SI_USER have a timer's number or a descriptor in that place (kernel/signal.c, siginfo_layout).
bool has_sender(const siginfo_t& info, std::optional<int> code_of) {
  if (info.si_code == SI_TIMER || info.si_code == SI_SIGIO) return false;
  return info.si_code <= SI_USER || code_of.value_or(info.si_signo) == SIGCHLD;
}

/// In the window of a recipe a task stops at the entry of each call, and once more for its filter.
bool is_inside_call(const Task& task) { return task.call && task.call->inside; }
std::uint64_t system_time_ns(const rusage& usage) {
  return static_cast<std::uint64_t>(usage.ru_stime.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(usage.ru_stime.tv_usec) * 1'000;
}

}  // namespace

void Follower::State::handle(trace::Report&& report) {
  std::visit(overloaded{[&](trace::StopReport& stop) { on_stop(std::move(stop), report.usage); },
                        [&](trace::EndReport& end) { on_end(end); }},
             report.what);
}

/// A leader that had ended when we attached could not be seized. Where another thread of its process execs it
/// goes on under the leader's number.
Task* Follower::State::find_or_adopt(Tid tid) {
  if (Task* const task = tasks_.find_task(tid)) return task;
  Process* const process = tasks_.find_process(Pid(tid.raw()));
  return process ? &tasks_.add_task(*process, tid) : nullptr;
}

void Follower::State::on_stop(trace::StopReport&& report, const rusage& usage) {
  Task* const task = find_or_adopt(report.task.tid());
  if (!task) return hold(std::move(report));
  task->system_ns = system_time_ns(usage);
  if (task->is_preparing() && task->resumed_ns != 0) task->window->ran(since_boot_ns() - task->resumed_ns);
  trace::Stopped& stopped = report.task;
  if (!std::holds_alternative<trace::SyscallReached>(report.stop)) tell_failed_exec(*task);
  std::visit(overloaded{[&](const trace::NewChild& e) { at(*task, std::move(stopped), e); },
                        [&](const trace::ExecDone& e) { at(*task, std::move(stopped), e, usage); },
                        [&](const trace::ExitComing& e) { at(*task, std::move(stopped), e, usage); },
                        [&](const trace::SignalDelivery& e) { at(*task, std::move(stopped), e); },
                        [&](const trace::GroupStop& e) { at(*task, std::move(stopped), e); },
                        [&](const trace::Interrupted& e) { at(*task, std::move(stopped), e); },
                        [&](const trace::SyscallReached&) {
                          share_processor(*task);
                          at_syscall(*task, stopped);
                          proceed(*task, std::move(stopped), 0);
                        },
                        [&](const trace::UnknownStop& e) {
                          emitter_.emit(*task->process, task->tid,
                                        Note{"unknown ptrace stop, event " + std::to_string(e.event)});
                          proceed(*task, std::move(stopped), 0);
                        },
                        [&](const trace::VforkDone&) { proceed(*task, std::move(stopped), 0); },
                        [&](const trace::Seccomp&) {
                          share_processor(*task);
                          if (!silent_ && !is_inside_call(*task)) at_syscall(*task, stopped);
                          proceed(*task, std::move(stopped), 0);
                        }},
             report.stop);
}

void Follower::State::at(Task& task, trace::Stopped stopped, const trace::NewChild& event) {
  born(task, std::move(stopped), event);
}

void Follower::State::at(Task& task, trace::Stopped stopped, const trace::ExecDone& event,
                         const rusage& usage) {
  const Tid leader = task.tid;
  Process& process = *task.process;
  const Tid former = event.former == Tid{} ? leader : event.former;
  begin_exec(process, former);  // `task` is another object from here on
  // 0: of the program that we start, whose process was a copy of ours before.
  process.peak_before = usage.ru_maxrss == 0 ? std::nullopt : std::optional(peak_of(usage));
  ExecSeen seen = see_exec(process, stopped, former);
  Task& survivor = *tasks_.find_task(leader);
  survivor.leaves = options_.detach_at_exec;
  if (runs_ahead(survivor)) {
    proceed(survivor, std::move(stopped), 0);
    return tell_exec(process, std::move(seen));
  }
  tell_exec(process, std::move(seen));
  proceed(survivor, std::move(stopped), 0);
}

void Follower::State::at(Task& ending, trace::Stopped stopped, const trace::ExitComing&,
                         const rusage& usage) {
  tell_unfinished_call(ending);
  Task& task = tell_unreported_exec(ending, stopped);
  tell_failed_recipe(task, stopped);
  Process& process = *task.process;
  if (process.running_tasks == 1 && may_have_children(process) && has_zombies(process.key.pid)) {
    zombies_.ask_for_all();
    tell_collected();  // by it: it waits no more
  }
  if (!task.exiting) --process.running_tasks;
  task.exiting = true;
  // In an exit_group all threads may stand here at once: the last one to arrive sees the whole bill.
  if (process.running_tasks == 0) {
    if (!process.exit_signal) process.exit_signal = exit_signal_of(process);
    tell_adoption_at_exit(process);
    process.exit_facts = facts_->exit_facts(process, task.tid, usage, may_have_children(process));
    emitter_.tell_exit_stop(process);
  }
  proceed(task, std::move(stopped), 0);
}

/// The kernel gives the sender's number in the namespace of the receiver; 0: it has none there.
void Follower::State::name_sender(const Process& receiver, Signalled& signalled) {
  if (receiver.pid_namespace == 0 || *signalled.sender == Pid{}) return;
  signalled.sender_inside = signalled.sender;
  signalled.sender = living_.who_was(receiver.pid_namespace, *signalled.sender);
}

void Follower::State::describe_sender(const Process& receiver, const siginfo_t& info, Signalled& signalled) {
  signalled.code = info.si_code;
  signalled.code_of = signal_of_code(info, is_end_of_child(receiver, info));
  if (!has_sender(info, signalled.code_of)) return;
  signalled.sender = Pid(info.si_pid);
  signalled.sender_uid = Uid(info.si_uid);
  name_sender(receiver, signalled);
}

/// One that ended with another signal than SIGCHLD; each end is announced once.
bool Follower::State::is_end_of_child(const Process& receiver, const siginfo_t& info) {
  if (!exit_signals_.any(receiver.key.pid, info.si_signo)) return false;
  const auto child = receiver.pid_namespace == 0 ? Pid(info.si_pid)
                                                 : living_.who_was(receiver.pid_namespace, Pid(info.si_pid));
  return child && exit_signals_.take(*child, receiver.key.pid, info.si_signo);
}

void Follower::State::at(Task& task, trace::Stopped stopped, const trace::SignalDelivery& event) {
  Signalled signalled{.signal = event.signal};
  const auto info = stopped.signal_info();
  if (info) {
    if (program_signal_hook_ && program_ == task.process->key.pid) program_signal_hook_(*info);
    describe_sender(*task.process, *info, signalled);
  }
  decode::Arena arena;
  descriptors_.set_task(task.tid);
  living_.set_task(task.tid);
  if (info && options_.signal_info)
    signalled.info = arena.node(decode::decode_siginfo(*info, arena, options_.decode));
  if (options_.instructions) {
    if (const auto where = stopped.syscall()) signalled.instruction = where->instruction.raw();
  }
  const auto stack = stack_of(task);
  signalled.stack = stack;
  if (runs_ahead(task)) {
    proceed(task, std::move(stopped), event.signal);
    return emitter_.emit(*task.process, task.tid, std::move(signalled));
  }
  emitter_.emit(*task.process, task.tid, std::move(signalled));
  proceed(task, std::move(stopped), event.signal);
}

void Follower::State::at(Task& task, trace::Stopped stopped, const trace::GroupStop& event) {
  Process& process = *task.process;
  task.newborn = false;
  const bool first = !process.group_stopped;
  process.group_stopped = true;
  if (first) ++process.group_stops;
  task.group_stop = process.group_stops;
  if (first) emitter_.emit(process, task.tid, StoppedBy{event.signal});
  if (detaching_) return proceed(task, std::move(stopped), 0);  // the kernel keeps the group stopped
  // Not PTRACE_CONT: the task would run on and Ctrl-Z would seem to do nothing.
  (void)std::move(stopped).listen();
  if (first && program_ == process.key.pid && program_stop_hook_) program_stop_hook_(event.signal);
}

void Follower::State::at(Task& task, trace::Stopped stopped, const trace::Interrupted&) {
  const Tid tid = task.tid;
  if (task.newborn)
    task.newborn = false;
  else
    told_continue(task);
  if (Task* const living = tasks_.find_task(tid)) return proceed(*living, std::move(stopped), 0);
  (void)std::move(stopped).resume(trace::Resume::run, 0);  // another thread has execed: it is dying
}

/// Each thread of a process that was stopped comes here, the late ones when it is stopped again perhaps.
void Follower::State::told_continue(const Task& task) {
  Process& process = *task.process;
  const Pid pid = process.key.pid;
  const Tid tid = task.tid;
  if (!process.group_stopped || task.group_stop != process.group_stops || detaching_) return;
  take_late_stops_of(process);
  if (!tasks_.find_process(pid)) return;
  process.group_stopped = false;
  emitter_.emit(process, tid, Continued{});
  if (program_ == pid && program_stop_hook_) program_stop_hook_(0);
}

/// Of threads that have stopped with the others and were not asked yet: later it would look like another
/// stop.
void Follower::State::take_late_stops_of(const Process& process) {
  const Pid pid = process.key.pid;
  for (const Tid tid : std::vector(process.tasks)) {
    const Process* const living = tasks_.find_process(pid);
    const Task* const task = tasks_.find_task(tid);
    if (living && task && task->group_stop != living->group_stops) take_report_of(tid);
  }
}

/// Every stop ends here (or in a listen): the task runs on, or is let go when we are leaving.
void Follower::State::proceed(Task& task, trace::Stopped stopped, int inject) {
  if (!detaching_ && !task.leaves) {
    task.resumed_ns = since_boot_ns();
    (void)std::move(stopped).resume(how(task), inject);  // gone: it was killed, and its end will be reported
    return;
  }
  Process& process = *task.process;
  const Tid tid = task.tid;
  processor_.leave(tid);
  processor_.ended(tid);
  if (!std::move(stopped).detach(inject)) return;  // it was killed, and its end will be reported
  emitter_.let_go(process, tid);
  tasks_.erase_task(tid);
  if (!process.tasks.empty()) return;
  emitter_.emit(process, tid, Detached{});
  tasks_.erase_process(process.key.pid);
}

void Follower::State::detach(std::string_view reason) {
  if (filtered_) return fall_silent(reason);
  if (detaching_) return;
  processor_.close();
  engine_.set_shared_processor(false);
  detaching_ = true;
  reason_ = reason;
  for (const Tid tid : tasks_.tids())
    (void)engine_.interrupt(tid);  // one that is stopped already will report that stop
}

/// Let go, a program with a filter would see its calls fail. So the log ends, and we stay until it has ended.
void Follower::State::fall_silent(std::string_view reason) {
  if (silent_) return;
  silent_ = true;
  if (emitter_.begun()) emitter_.end(reason, program_status_);
}

/// The kernel says that nobody is left to wait for: whoever is still in the table ended without a report.
void Follower::State::forget_unreported() {
  for (const Tid tid : tasks_.tids()) {
    const Task* const task = tasks_.find_task(tid);
    if (!task) continue;  // went with its process
    const Process& process = *task->process;
    emitter_.emit(process, tid, Lost{1, "its end was not reported"});
    tasks_.erase_process(process.key.pid);
  }
}

/// A running task has to be resumed in another way: it is stopped once. One that will stop at its next call
/// anyway finds out there.
void Follower::State::set_calls(decode::SyscallSet calls) {
  const bool stops_already = logs_calls_;
  options_.syscalls = std::move(calls);
  logs_calls_ = !options_.syscalls.empty();
  if (stops_already || !logs_calls_ || detaching_) return;
  for (const Tid tid : tasks_.tids()) (void)engine_.interrupt(tid);
}

void Follower::State::abandon() {
  for (const Tid tid : tasks_.tids()) {
    const Task* const task = tasks_.find_task(tid);
    if (!task) continue;  // went with its process
    const Process& process = *task->process;
    emitter_.emit(process, tid, Note{"could not be stopped; the kernel lets it go"});
    tasks_.erase_process(process.key.pid);
  }
  early_.clear();
  (void)finish_if_done(Progress::idle);
}

Progress Follower::State::finish_if_done(Progress otherwise) {
  if (finished_) return Progress::finished;
  if (engine_.childless()) forget_unreported();
  if (!tasks_.empty()) return otherwise;
  release_all_early();
  if (!tasks_.empty()) return Progress::more;
  settle_zombies();
  finished_ = true;
  if (emitter_.begun())
    emitter_.end(reason_.empty() ? (program_ ? "exited" : "no processes left") : reason_, program_status_);
  return Progress::finished;
}

Progress Follower::State::poll(std::size_t limit) { return take(trace::Wait::poll, limit); }

Progress Follower::State::run(std::size_t limit) {
  return zombies_.empty() && early_.empty() ? take(trace::Wait::block, limit) : run_with_patience(limit);
}

/// A stop is left to the kernel until its handler resumes the task, but for one that has to be held.
bool Follower::State::take_one(trace::Wait wait) {
  auto report = engine_.next(wait, trace::Claim::left);
  if (!report) return false;
  if (auto* const stop = std::get_if<trace::StopReport>(&report->what); stop && !find_or_adopt(report->tid)) {
    std::move(stop->task).expire();
    report = engine_.next_from(report->tid, trace::Wait::poll);
  }
  if (report) handle(std::move(*report));
  return true;
}

void Follower::State::take_round(std::size_t most) {
  round_.clear();
  handled_ = 0;
  while (round_.size() < most) {
    auto report = engine_.next(trace::Wait::poll);
    if (!report) break;
    round_.push_back(std::move(*report));
  }
  for (handled_ = 0; handled_ < round_.size();) handle(std::move(round_[handled_++]));
}

/// The one that was taken with this round is in there still.
void Follower::State::take_report_of(Tid tid) {
  const auto taken = std::find_if(round_.begin() + static_cast<std::ptrdiff_t>(handled_), round_.end(),
                                  [&](const trace::Report& report) { return report.tid == tid; });
  if (taken == round_.end()) {
    if (auto report = engine_.next_from(tid, trace::Wait::poll)) handle(std::move(*report));
    return;
  }
  trace::Report report = std::move(*taken);
  round_.erase(taken);
  handle(std::move(report));
}

/// One by one, which finds also those that wait4(2) for all comes to last.
void Follower::State::ask_everybody() {
  for (const Tid tid : tasks_.tids()) {
    if (!tasks_.find_task(tid)) continue;  // went with its process
    if (auto report = engine_.next_from(tid, trace::Wait::poll)) handle(std::move(*report));
  }
}

/// wait4(2) begins its search with the youngest tracee every time: where that one is resumed at once it may
/// be the only one ever heard. So from time to time all that have something to report are asked for, and then
/// each is handled; and where those are more than one round takes, everybody is asked. In between each is
/// handled as it comes, which is half the calls, and which no death of ours can take a signal from.
Progress Follower::State::take(trace::Wait wait, std::size_t limit) {
  if (finish_if_done(Progress::idle) == Progress::finished) return Progress::finished;
  constexpr unsigned between_rounds = 8;
  const bool round_due = wait == trace::Wait::poll || ++takes_ % between_rounds == 0;
  const std::uint64_t told = emitter_.told();
  const bool any = take_one(wait);
  if (any && round_due && limit > 1 && tasks_.task_count() > 1) {
    take_round(limit - 1);
    if (round_.size() >= limit - 1) ask_everybody();
  } else if (any && !early_.empty()) {
    // The event of a held child's parent is there by now, mostly, and then the child need not be looked at.
    (void)take_one(trace::Wait::poll);
  }
  release_overdue_early();
  tell_collected();
  const bool idle = !any && emitter_.told() == told;
  return finish_if_done(idle ? Progress::idle : Progress::more);
}

Follower::Follower(Options options, Sink& sink) : state_(std::make_unique<State>(std::move(options), sink)) {}

Follower::~Follower() {
  constexpr auto patience = std::chrono::seconds(1);
  constexpr auto pause = std::chrono::milliseconds(1);
  state_->detach("detached");
  if (state_->is_bound_for_life()) return;  // the kernel will kill what still runs
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (Progress p = poll(); p != Progress::finished && std::chrono::steady_clock::now() < deadline;
       p = poll()) {
    if (p == Progress::idle) std::this_thread::sleep_for(pause);
  }
}

Result<Pid> Follower::start(const Program& program) { return state_->start(program); }
Result<Pid> Follower::start(const Program& program, trace::Waiting waiting) {
  return state_->start(program, std::move(waiting));
}
tl::expected<void, AttachError> Follower::attach(const std::vector<Pid>& pids, bool tree) {
  return state_->attach(pids, tree);
}
Progress Follower::poll(std::size_t limit) { return state_->poll(limit); }
Progress Follower::run(std::size_t limit) { return state_->run(limit); }
void Follower::detach(std::string_view reason) { state_->detach(reason); }
void Follower::set_calls(decode::SyscallSet calls) { state_->set_calls(std::move(calls)); }
void Follower::abandon() { state_->abandon(); }
std::optional<int> Follower::program_status() const { return state_->program_status(); }
std::optional<Pid> Follower::program() const { return state_->program(); }
std::size_t Follower::task_count() const { return state_->task_count(); }
bool Follower::follows(Pid process) const { return state_->follows(process); }
void Follower::on_program_stop(std::function<void(int signal)> hook) {
  state_->on_program_stop(std::move(hook));
}
void Follower::on_program_signal(std::function<void(const siginfo_t&)> hook) {
  state_->on_program_signal(std::move(hook));
}

}  // namespace ptop::follow
