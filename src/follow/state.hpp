// The inside of a Follower: stops in, events out.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <unistd.h>

#include "birth.hpp"
#include "descriptors.hpp"
#include "emitter.hpp"
#include "exec_image.hpp"
#include "facts.hpp"
#include "living.hpp"
#include "ptop/follow/follower.hpp"
#include "ptop/trace/engine.hpp"
#include "ptop/trace/shared_processor.hpp"
#include "signal_codes.hpp"
#include "surroundings.hpp"
#include "tasks.hpp"
#include "zombies.hpp"

namespace ptop::follow {

class Follower::State {
 public:
  State(Options options, Sink& sink) : options_(std::move(options)), emitter_(sink) {
    descriptors_.want({options_.fd_paths, options_.fd_sockets, options_.fd_devices, options_.fd_pidfds});
    if (descriptors_.wants_any()) options_.decode.descriptors = &descriptors_;
    living_.want({options_.comms, options_.outer_pids});
    if (options_.comms || options_.outer_pids) options_.decode.processes = &living_;
    options_.decode.surroundings = &surroundings_;
  }

  Result<Pid> start(const Program& program);
  Result<Pid> start(const Program& program, trace::Waiting waiting);
  tl::expected<void, AttachError> attach(const std::vector<Pid>& pids, bool tree);
  Progress poll(std::size_t limit);
  Progress run(std::size_t limit);
  void detach(std::string_view reason);
  void abandon();
  void set_calls(decode::SyscallSet calls);

  std::optional<int> program_status() const { return program_status_; }
  std::optional<Pid> program() const { return program_; }
  std::size_t task_count() const { return tasks_.task_count(); }
  bool is_bound_for_life() const { return filtered_ && !finished_; }
  bool follows(Pid process) { return tasks_.find_process(process) != nullptr; }
  void on_program_stop(std::function<void(int)> hook) { program_stop_hook_ = std::move(hook); }
  void on_program_signal(std::function<void(const siginfo_t&)> hook) {
    program_signal_hook_ = std::move(hook);
  }

 private:
  /// A task that stopped before its parent's fork event: it waits for that event, so that the log tells its
  /// birth first.
  struct EarlyStop {
    trace::StopReport report;
    std::uint64_t held_ns = 0;  ///< event time
    bool looked_at = false;     ///< at what follows
    std::optional<procfs::Stat> stat = std::nullopt;
    Pid ppid = {}, pid = {};
  };

  /// Of a task that was killed before its parent's fork event was told.
  struct EarlyEnd {
    trace::EndReport report;
    std::uint64_t seen_ns = 0;  ///< since_boot_ns()
  };

  /// A child that waited too long: its maker's event may still come, when it is dead perhaps.
  struct ToldAhead {
    Ticks start;
    Pid maker;  ///< the process, as far as /proc can tell
  };

  /// What only a stopped task shows of its exec.
  struct ExecSeen {
    Execed told;
    std::optional<ExecImage> image;  ///< nullopt: killed in the same moment, or denied
  };

  Result<void> open_facts();
  // follower.cpp: reports and stops
  void handle(trace::Report&& report);
  Task* find_or_adopt(Tid tid);
  void on_stop(trace::StopReport&& report, const rusage& usage);
  void at(Task& task, trace::Stopped stopped, const trace::NewChild& event);
  void at(Task& task, trace::Stopped stopped, const trace::ExecDone& event, const rusage& usage);
  void at(Task& task, trace::Stopped stopped, const trace::ExitComing& event, const rusage& usage);
  void at(Task& task, trace::Stopped stopped, const trace::SignalDelivery& event);
  void at(Task& task, trace::Stopped stopped, const trace::GroupStop& event);
  void at(Task& task, trace::Stopped stopped, const trace::Interrupted& event);
  void describe_sender(const Process& receiver, const siginfo_t& info, Signalled& signalled);
  bool is_end_of_child(const Process& receiver, const siginfo_t& info);
  void name_sender(const Process& receiver, Signalled& signalled);
  void proceed(Task& task, trace::Stopped stopped, int inject);
  void told_continue(const Task& task);
  void take_late_stops_of(const Process& process);
  Progress take(trace::Wait wait, std::size_t limit);
  bool take_one(trace::Wait wait);
  void take_round(std::size_t most);
  void take_report_of(Tid tid);
  void ask_everybody();
  Progress finish_if_done(Progress otherwise);
  void forget_unreported();
  void fall_silent(std::string_view reason);
  // births.cpp
  Pid thread_group_of(Tid tid);
  void adopt_early_stop(Tid child);
  void adopt_early(Tid child);
  void resume_newborn(Task& child);
  std::string descriptor_path(Tid tid, int fd);
  void describe_birth(Forked& forked, const Task& parent, const BirthCall& call, decode::Arena& arena);
  bool is_thread_of(const Process& process, const trace::NewChild& event);
  Pid describe_sibling(Forked& forked, const Process& maker);
  Task& enrol(const Forked& forked, Task& parent, Pid ppid);
  std::vector<Pid> look_inside(Process& process);
  void look_at_newborn(Forked& forked, Task& child, std::optional<Ticks> start);
  void born(Task& parent, trace::Stopped stopped, const trace::NewChild& event);
  // early.cpp
  void hold(trace::Report&& report);
  void hold(trace::StopReport report);
  void hold(const trace::EndReport& report);
  void drop_end_of_former(Tid child, const Task& maker);
  bool has_fresh_early_ends() const;
  void look_at(Tid tid, EarlyStop& early);
  void look_at_early();
  void release_early_children_of(const Process& parent);
  void release_early(Tid tid);
  void release_overdue_early();
  bool was_told_ahead(Tid child);
  void forget_told_ahead_by(Pid maker);
  void release_all_early();
  // ends.cpp
  void on_end(const trace::EndReport& report);
  trace::EndReport end_of_unseized_leader(const Process& process, const trace::EndReport& last);
  void process_ended(Process& process, const trace::EndReport& report);
  std::vector<Tid> dying_below(const Process& parent);
  std::optional<int> exit_signal_of(const Process& process);
  void tell_ends_before(const Process& parent);
  void tell_adoptions(const Process& dead);
  static bool is_dying(const Process& process, const procfs::Stat& stat);
  void tell_adoption_at_exit(Process& process);
  void note_faults_of_parent(Process& process);
  void tell_adoption(Process& child, const procfs::Stat& stat);
  // reaping.cpp
  void watch_zombie(const Process& dead, std::uint64_t faults);
  void tell_collected_at_once(const Zombie& zombie);
  bool has_its_children(const Zombie& zombie, const procfs::Stat& stat);
  bool is_namespace_init(const Process& process) const;
  std::optional<bool> was_waited_for(const Zombie& zombie, const procfs::Stat& parent);
  void count_anew(Process& parent, std::uint64_t faults);
  void doubt_sums_from(Pid parent);
  bool has_zombies(Pid parent);
  void tell_waited_by_parent(const Zombie& zombie);
  void tell_collected_of(const Process& parent);
  void tell_collected();
  bool have_collected(const trace::EndReport& report);
  bool have_collected_in_round(const Zombie& zombie);
  void note_collected_ourselves(const Zombie& zombie);
  void tell_collected_ourselves(Pid former_parent);
  void tell_reaped(const Zombie& zombie, ReapedHow how, std::optional<Pid> by);
  void tell_waited_for(const Zombie& zombie);
  void tell_collector_unknown(const Zombie& zombie);
  void tell_number_reused(Pid pid);
  void rehome_zombies_of(const Process& dead);
  void settle_zombies();
  Progress run_with_patience(std::size_t limit);
  // starting.cpp
  Result<Pid> run_program(const Program& program, trace::Launched launched);
  Result<trace::Stopped> run_to_exec(trace::Launched launched, Task& task);
  // attaching.cpp
  Process* followed_parent_of(const Process& process);
  std::vector<Process*> arrange_attached();
  void tell_attached();
  Result<void> seize(Pid pid, Tid named);
  Process& add_attached(Pid pid, const procfs::Stat& stat);
  Result<void> seize_task(Process& process, Tid tid);
  Result<void> seize_all_tasks(Process& process);
  Result<bool> seize_new_tasks(Process& process);
  bool is_ours(Tid tid);
  // denial.cpp
  std::vector<Tid> still_denied(const std::set<Tid>& tids);
  void tell_denied();
  // descendants.cpp
  void seize_descendants(const std::vector<Pid>& roots);
  // calls.cpp
  bool leaves_unlogged_call(Task& task);
  void at_syscall(Task& task, const trace::Stopped& stopped);
  void enter_call(Task& task, const trace::SyscallInfo& info, const trace::SyscallEnter& enter);
  void tell_entry(const Task& task);
  void leave_call(Task& task, const trace::SyscallInfo& info, const trace::SyscallExit& exit);
  bool touches_wanted(const decode::Call& call, decode::Arena& arena);
  void note_convention(Task& task, decode::Arch arch);
  decode::Options decode_options(const decode::Call& call) const;
  std::vector<StackFrame> stack_of(const Task& task);
  void tell_unfinished_call(Task& task);
  // affinity.cpp
  bool may_share_processor() const;
  void share_processor(Task& task);
  void mind_affinity(Task& task, const decode::RawCall& raw);
  // preparing.cpp
  std::unique_ptr<PreparationWindow> begin_preparation(Pid pid, bool is_forked);
  void give_up_preparation(Task& task);
  void prepare_enter(Task& task, const decode::RawCall& raw);
  void prepare_leave(Task& task, const trace::SyscallExit& exit);
  void note_failed_exec(Task& task, int error_number);
  void tell_failed_exec(Task& task);
  void tell_failed_recipe(Task& task, const trace::Stopped& ending);
  void tell_recipe(Task& task, bool execed);
  // execs.cpp
  void begin_exec(Process& process, Tid former);
  ExecSeen see_exec(Process& process, const trace::Stopped& stopped, Tid former);
  void end_with_sigchld(Process& execed);
  void tell_exec(Process& process, ExecSeen seen);
  Task& tell_unreported_exec(Task& task, const trace::Stopped& stopped);
  bool execed_unseen(const Process& process, const trace::Stopped& exiting);
  Execed describe_exec(Process& process, ExecSeen seen);
  void describe_credentials(Execed& execed, Process& process, const std::optional<Credentials>& now);
  void collapse_to_leader(Process& process, Tid leader, Tid former);

  /// With a filter the calls that are logged stop by themselves; only their ends are asked for.
  trace::Resume how(const Task& task) const {
    const bool inside = task.call && task.call->inside;
    const bool wanted = filtered_ ? inside : logs_calls_;
    return wanted || task.is_preparing() ? trace::Resume::next_syscall : trace::Resume::run;
  }

  /// Its bill has theirs in it, then: those it has waited for.
  bool may_have_children(const Process& process) const {
    return !process.children.empty() || process.born_before || !options_.newborns;
  }

  /// It is not let go at the end of this stop: then its process stays known. Of a recipe it is the exec that
  /// decides how the task is resumed.
  bool runs_ahead(const Task& task) const {
    return options_.run_ahead && !options_.recipes && !detaching_ && !task.leaves;
  }

  Options options_;
  bool logs_calls_ = !options_.syscalls.empty();
  /// No call has options of its own.
  const bool decodes_all_alike_ =
      options_.raw.empty() && options_.whole.empty() && options_.structures == decode::SyscallSet::all();
  Emitter emitter_;
  trace::Engine engine_{options_.newborns ? trace::Newborns::seized : trace::Newborns::left_alone};
  trace::SharedProcessor processor_;
  TaskDescriptors descriptors_;
  TaskSurroundings surroundings_;
  LivingProcesses living_;
  std::optional<Facts> facts_;
  const Pid self_{::getpid()};
  TaskTable tasks_;
  EnvironmentComparison environments_;
  std::unordered_map<Tid, EarlyStop> early_;
  std::unordered_map<Tid, EarlyEnd> early_ends_;
  std::unordered_map<Tid, ToldAhead> told_ahead_;
  std::map<Pid, std::set<Tid>> denied_;  ///< tasks of processes that we meant to attach to
  Zombies zombies_;
  std::vector<Zombie> collected_ourselves_;  ///< adopted; their parent's end is not told yet
  ExitSignals exit_signals_;
  Fd reports_;  ///< signalfd(2) of SIGCHLD, once there was a zombie to wait for
  std::optional<Pid> program_;
  std::optional<int> program_status_;
  std::vector<trace::Report> round_;  ///< what is handled now; its memory is kept
  std::size_t handled_ = 0;           ///< of those, or being handled
  bool telling_ends_ = false;
  unsigned takes_ = 0;
  bool filtered_ = false;  ///< the program has a filter that needs us
  bool detaching_ = false, finished_ = false, silent_ = false;
  std::string reason_;
  std::function<void(int)> program_stop_hook_;
  std::function<void(const siginfo_t&)> program_signal_hook_;
};

}  // namespace ptop::follow
