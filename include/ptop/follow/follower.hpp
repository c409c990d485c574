// Follows a tree of tasks and tells a Sink what happens: joins trace (stops), decode (meaning) and procfs
// (names). ptrace is per thread: construct, use and destroy a Follower on one thread.
#pragma once

#include <csignal>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/base/result.hpp"
#include "ptop/decode/decoder.hpp"
#include "ptop/decode/moved_data.hpp"
#include "ptop/decode/syscall_set.hpp"
#include "ptop/follow/event.hpp"
#include "ptop/trace/spawn.hpp"

namespace ptop::follow {

struct Options {
  bool threads = false;  ///< log births and ends of threads too
  /// false: only the first task of each process given: what it forks and clones, and its other threads, run
  /// untraced.
  bool newborns = true;
  decode::SyscallSet syscalls;  ///< empty: no system-call stop at all
  decode::Options decode;
  bool fd_paths = false;  ///< -y: what is behind each descriptor
  /// -yy: of sockets their protocol and addresses, of devices their numbers, of pidfds the process.
  bool fd_sockets = false, fd_devices = false, fd_pidfds = false;
  bool comms = false;        ///< -Y: command names behind pids
  bool outer_pids = false;   ///< --decode-pids=pidns: pids of another namespace in ours, too
  decode::SyscallSet raw;    ///< calls with decode.raw
  decode::SyscallSet whole;  ///< calls with decode.verbose
  decode::SyscallSet structures = decode::SyscallSet::all();  ///< calls with decode.structures
  std::vector<std::string> touching;  ///< -P: only calls with one of these paths, or a descriptor of it
  decode::DataWanted data;            ///< -e read=, -e write=: SyscallDone::data
  bool instructions = false;          ///< -i: where the task was when it called
  bool stacks = false;                ///< -k: who called, up to the program's first function
  /// Recipe and ExecFailed events, for which each child stops at its system calls from its birth to its exec.
  bool recipes = false;
  bool call_entries = false;    ///< Sink::on_enter
  bool detach_at_exec = false;  ///< a process is let go at its exec; the program that is started: at its next
  bool signal_info = false;     ///< Signalled::info
  /// A program that is started gets a seccomp filter that stops it at `syscalls` only. It keeps that for
  /// ever, so it ends with its Follower: see trace/call_filter.hpp. No use with all calls.
  bool filter_calls = false;
  /// Where system calls stop without a filter, tracer and tracees are on one processor while that is faster
  /// (trace/shared_processor.hpp). For a program with one thread only: it is forked.
  bool share_processor = false;
  /// PR_SET_DUMPABLE 0 for this process, before a tracee makes its first step: a program that traced us would
  /// wait for us, and we for it. Against a tracee with CAP_SYS_PTRACE it does not help.
  bool untraceable = false;
  /// A task runs on before its event is told, where nothing more is asked of the stopped task: it waits less.
  /// Not for a Sink that looks at the task, nor where what the program says must come after its event.
  bool run_ahead = false;
};

struct Program {
  std::string file;               ///< looked up in PATH when it has no '/', as execvp(3) does
  std::vector<std::string> argv;  ///< argv[0] first; never empty
  /// NAME=VALUE; nullopt: as the caller's.
  std::optional<std::vector<std::string>> environment = std::nullopt;
  std::optional<trace::RunAs> run_as = std::nullopt;
  int terminal = -1;  ///< trace::Image::terminal
  trace::SignalSetup signals =
      trace::SignalSetup::current();  ///< what it inherits; take it before changing any
};

/// What is given to execve(2) for it. Errors: as trace::resolve_program().
Result<trace::Image> image_of(const Program& program, const Options& options);

/// Why attaching failed, and for whom.
struct AttachError : Error {
  Pid pid;
};

/// What a poll of the Follower came to.
enum class Progress : std::uint8_t {
  idle,      ///< nothing to do now; wait for SIGCHLD
  more,      ///< stopped at the limit, there is more at once
  finished,  ///< no task is followed any more; the trailer has been sent
};

class Follower {
 public:
  Follower(Options options, Sink& sink);
  /// Detaches whatever is still followed; nothing stays stopped. Waits a second at most: a task that the
  /// kernel keeps from stopping (state D, a parent in vfork(2)) is let go by the kernel when this thread
  /// ends, so destroy a Follower that is not finished only on the way out.
  ~Follower();
  Follower(const Follower&) = delete;
  Follower& operator=(const Follower&) = delete;

  /// Starts the program, followed from its first instruction. Its environment and descriptors are those of
  /// the caller. Errors: as execve(2), with `sys` set; nothing was logged then.
  Result<Pid> start(const Program& program);

  /// The same for a process that waits to become the program (trace::become_program): no child of ours.
  Result<Pid> start(const Program& program, trace::Waiting waiting);

  /// Seizes every thread of each process; with `tree` all living descendants too. A number may be that of any
  /// thread, and stands for its process; without Options::newborns for that thread alone. Call once.
  /// Errors: of the first process that could not be seized at all; those seized before are released, and
  /// nothing was or will be logged.
  tl::expected<void, AttachError> attach(const std::vector<Pid>& pids, bool tree);

  /// Handles up to `limit` stops without blocking. SIGCHLD tells when to call again: block it and read it
  /// from a signalfd(2).
  Progress poll(std::size_t limit = 256);

  /// Blocks for the next stop and handles up to `limit`. idle: a signal handler ran.
  Progress run(std::size_t limit = 256);

  /// Starts detaching every task: each is interrupted and released as soon as it stops. Go on with poll() or
  /// run() until finished. A task in state D, or a parent waiting in vfork(2), takes as long as the kernel
  /// keeps it. `reason`: Trailer::reason. With Options::filter_calls nothing can be detached: the log ends
  /// now, and all is followed silently until it has ended.
  void detach(std::string_view reason);

  /// Ends the log now, after detach(), without waiting for the tasks that the kernel still holds. Only on the
  /// way out.
  void abandon();

  /// Other system calls from now on, instead of Options::syscalls; none: no stop at system calls any more.
  /// A call that is under way is told as it was meant to be. Not with Options::filter_calls.
  void set_calls(decode::SyscallSet calls);

  /// The program started by start(), once it ended: wait status as waitpid(2) gives it.
  std::optional<int> program_status() const;
  std::optional<Pid> program() const;
  std::size_t task_count() const;
  bool follows(Pid process) const;

  /// Called when the program's process stops by a signal (group-stop), and with 0 when it goes on: for job
  /// control.
  void on_program_stop(std::function<void(int signal)> hook);

  /// Called with each signal that the program's process is about to get.
  void on_program_signal(std::function<void(const siginfo_t&)> hook);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace ptop::follow
