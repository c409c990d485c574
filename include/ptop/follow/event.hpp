// What happened, as plain data. Belongs to no engine and to no front end: ptrace, the proc connector or a
// recording may produce it, text, JSON and the screen consume it.
//
// Strings are raw bytes chosen by strangers. An event, and everything it points to, is valid only during
// Sink::on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ptop/base/ids.hpp"
#include "ptop/decode/decoded.hpp"
#include "ptop/decode/moved_data.hpp"
#include "ptop/decode/syscall_table.hpp"
#include "ptop/follow/call_tally.hpp"

namespace ptop::follow {

enum class ForkKind : std::uint8_t { fork, vfork, clone };
std::string_view fork_kind_name(ForkKind kind);  ///< "fork", "vfork", "clone": also the JSON type

/// First event of a task we did not see being born: the program we started, or one we attached to.
struct Attached {
  std::string comm;
  std::optional<Pid> ppid;
  bool spawned = false;  ///< started by us
};

/// fork(2), vfork(2), clone(2), clone3(2): from the parent's side. `thread`: CLONE_THREAD.
struct Forked {
  ForkKind kind = ForkKind::fork;
  TaskKey child;
  Pid child_pid;           ///< its thread group
  bool kind_known = true;  ///< false: its maker was killed before it could tell how; then `kind` is fork
  bool thread = false;
  std::optional<decode::FlagNames> flags;  ///< CLONE_*; nullopt: could not be read
  std::optional<int> exit_signal;          ///< what the parent gets when it ends: SIGCHLD mostly; 0 none
  std::vector<Pid> namespace_pids;  ///< in each pid namespace below ours that it is in, outermost first
  std::vector<Pid> set_tid;         ///< asked for with clone3(2), innermost namespace first
  std::string cgroup;               ///< CLONE_INTO_CGROUP: path of the directory given; else empty
  std::optional<int> pidfd;         ///< CLONE_PIDFD: the parent's new descriptor
};

/// As the kernel told the new program in its auxiliary vector (getauxval(3)).
struct Credentials {
  Uid uid, euid;
  Gid gid, egid;
  bool secure = false;  ///< AT_SECURE: set-id, file capabilities, or a security module changed its rights
  friend bool operator==(const Credentials&, const Credentials&) = default;
};

struct EnvironmentChange {
  std::vector<std::string> added;    ///< NAME=VALUE
  std::vector<std::string> removed;  ///< NAME
  std::vector<std::string> changed;  ///< NAME=VALUE, the new one
};

struct Execed {
  std::string path;      ///< of the file now running: /proc/PID/exe
  std::string filename;  ///< as the caller wrote it, relative or a script; may equal path
  std::vector<std::string> argv;
  std::optional<std::string> cwd;
  std::string_view cwd_unavailable;  ///< why it is not known: "too_long" (than PATH_MAX), "denied", "gone"
  std::optional<std::string> interpreter;  ///< when a script was started: the program that reads it
  std::vector<std::string>
      interpreters;  ///< of a script read by a script: each one's `#!`, the script's first
  std::optional<EnvironmentChange> env;  ///< against the environment of the caller; nullopt: not known
  std::optional<Tid> former_tid;         ///< exec by a thread that was not the leader: its old tid
  /// Of the new program, and those that the one before began with: of a child's first exec, its maker's
  /// program. It may have changed them since, as setpriv(1) does, or the child has before its exec.
  std::optional<Credentials> credentials, former_credentials;
  bool unread = false;  ///< filename, argv, environment are not known: killed in the same moment, or `denied`
  bool denied = false;  ///< it runs, but its file may not be read by us, hence nor its memory (execve(2))
  std::string comm;     ///< of what is `denied`: all that is told of its name
  bool set_id = false;  ///< its effective IDs are those of its file, which is set-id
  /// Of its file (capabilities(7)), or all that set-user-ID root brings: bit n is capability n.
  std::uint64_t capabilities_gained = 0;
  std::uint64_t capabilities_ignored =
      0;                          ///< that the file has, and the program did not get: for those reasons
  bool set_id_ignored = false;    ///< the file is set-id, and the program got nothing of it: a tracer without
                                  ///< CAP_SYS_PTRACE, a mount with nosuid, no_new_privs
  bool prepares_another = false;  ///< env(1), nice(1) and their like: the program is there to start another
};

/// An exec that did not happen. Known where system calls are followed: with a set of them, or in the window
/// of a recipe.
struct ExecAttempt {
  std::string path;  ///< as the caller wrote it; of execveat(2) with a descriptor the file that this leads to
  int error_number = 0;
};
/// One attempt, or one after the other for a file of one name, as execvp(3) searches PATH.
struct ExecFailed {
  /// Of one that was tried before with the same error nothing is added.
  void add(ExecAttempt attempt);
  /// The one whose error execvp(3) returns: with EACCES, if there was such; otherwise the last.
  const ExecAttempt& told() const;
  std::vector<ExecAttempt> tried;  ///< never empty; each once, and no more than anybody's PATH has
};

struct ClosedRange {
  int first = 0, last = 0;
};
/// In order, neighbours as one.
void join_ranges(std::vector<ClosedRange>& ranges);

struct CapabilityChange {
  std::string_view set;  ///< effective permitted inheritable ambient bounding
  std::uint64_t before = 0, after = 0;
};

/// One thing that a child did to itself between its birth and its exec. `args` borrows as the event does.
struct RecipeStep {
  /// open pipe dup close close_on_exec keep flags socket chdir chroot setsid setpgid terminal default ignore
  /// umask credentials limit prctl namespace scheduling timer mount security write lock other
  std::string_view action;
  std::string_view call;                ///< the system call; of a folded step its first
  std::span<const decode::Field> args;  ///< of that call
  std::optional<int> fd, to;        ///< dup: from and to; pipe: read and write end, or both of a socketpair
  std::vector<ClosedRange> closed;  ///< close, close_on_exec
  std::vector<int> cloexec;         ///< of those it makes: which the exec closed
  std::vector<int> signals;         ///< default, ignore: where that is a change for the program
  std::string path;                 ///< raw
  std::string_view mode;            ///< open: read write append read_write; lock: shared exclusive none
  std::optional<std::int64_t> number;          ///< setpgid: the group, 0 a new one
  std::vector<CapabilityChange> capabilities;  ///< sets that are other ones than before, and stay
  int error_number = 0;
  bool unfinished = false;  ///< it was killed in this call
};

struct OpenDescriptor {
  int fd = -1;
  std::string target;  ///< link of /proc/<pid>/fd, raw, without " (deleted)"
  bool deleted = false;
};

/// How a program was prepared, told before its exec.
struct Recipe {
  std::vector<RecipeStep> steps;
  std::uint64_t calls = 0;      ///< system calls in the window
  std::uint64_t window_ns = 0;  ///< from its birth to here, or as long as it was followed
  bool execed = false;          ///< false: it ended without
  bool partial = false;         ///< it took so long that it was followed no more: the steps are its first
  /// What the program gets: as /proc has it at the exec.
  std::vector<OpenDescriptor> descriptors;
  bool new_session = false, new_group = false;
  std::vector<int> blocked, ignored;  ///< signals
  /// Its permitted ones, where its user does not imply them.
  std::optional<std::uint64_t> capabilities;
};

/// The process ended (all its threads have). With `--threads`, also the end of one thread.
struct Exited {
  bool thread = false;
  std::optional<int> code;    ///< exit(2) status 0…255
  std::optional<int> signal;  ///< or the signal that killed it
  bool core = false;
  std::optional<std::uint64_t> utime_ns, stime_ns;
  std::optional<std::uint64_t> max_rss;  ///< bytes
  std::optional<std::uint64_t>
      lifetime_ns;  ///< since it was started or, if attached to, since its start time
  std::optional<std::uint64_t> minor_faults, major_faults;
  std::optional<std::uint64_t> read_bytes, write_bytes;  ///< of storage
  std::optional<std::uint64_t> open_fds;                 ///< descriptors it left to the kernel to close
};

enum class ReapedHow : std::uint8_t {
  waited,   ///< its parent, or whoever adopted it, waited for it; which of them may not be known
  ignored,  ///< its parent ignores SIGCHLD, or has SA_NOCLDWAIT: the kernel collected it at once
  adopted,  ///< its parent died, and a process we did not come to know collected it, or the kernel for that
            ///< one
  never,    ///< still a zombie at the end of the log
};
std::string_view reaped_how_name(ReapedHow how);  ///< the words above: also in JSON

/// A zombie was collected: its number is free again.
struct Reaped {
  ReapedHow how = ReapedHow::waited;
  std::optional<Pid> by;        ///< who waited for it; never: who should have. nullopt: not known
  std::uint64_t zombie_ns = 0;  ///< since its end
};

/// Its parent died and another process adopted it.
struct Reparented {
  Pid from, to;
  std::string to_comm;
  /// What of a daemon it has at that moment: "new_session" (not the one of the tracer),
  /// "no_terminal", "root_directory", "null_descriptors" (0 to 2). daemon(7)
  std::vector<std::string_view> daemon_signs;
  bool is_daemon() const { return daemon_signs.size() >= 2; }
};

/// One function on a task's stack. Offsets are zero at the begin of the symbol and of the file.
struct StackFrame {
  std::string path;    ///< of the file it is mapped from, raw; empty: of none
  std::string symbol;  ///< raw; empty: not known
  std::uint64_t symbol_offset = 0, file_offset = 0;
  std::uint64_t address = 0;
};

/// A signal on its way to a task (signal-delivery-stop).
struct Signalled {
  int signal = 0;
  int code = 0;  ///< si_code
  std::optional<Pid>
      sender;  ///< si_pid, when si_code says it is one; also nullopt: not known in our namespace
  std::optional<Pid> sender_inside = std::nullopt;  ///< si_pid, where the receiver has another pid namespace
  std::optional<Uid> sender_uid;
  /// Whose codes `code` is one of where that is another signal: SIGCHLD, of a child that ended, or SIGIO, of
  /// a descriptor (F_SETSIG of fcntl(2)).
  std::optional<int> code_of = std::nullopt;
  const decode::Decoded* info = nullptr;                    ///< with Options::signal_info: all of siginfo_t
  std::optional<std::uint64_t> instruction = std::nullopt;  ///< with Options::instructions
  std::span<const StackFrame> stack = {};                   ///< with Options::stacks
};

struct StoppedBy {
  int signal = 0;
};  ///< group-stop
struct Continued {};

/// Which call, in the terms of the machine.
struct CallNumber {
  std::int64_t nr = 0;
  decode::Arch arch = decode::machine_arches().front();  ///< the convention it was made in, call by call
  /// Of restart_syscall(2): the name of the call it goes on with; empty where that is not known.
  std::string_view restarts = {};
  bool is_native() const { return arch == decode::machine_arches().front(); }
};

struct SyscallDone {
  std::string_view name;
  CallNumber number;
  std::span<const decode::Field> args;
  std::optional<std::int64_t> ret;                 ///< nullopt: it never returned
  decode::Decoded ret_decoded;                     ///< of a success
  std::span<const decode::Field> ret_detail = {};  ///< what the result says beside: Call::detail
  int error_number = 0;                            ///< 0: success
  std::optional<std::uint64_t> duration_ns;
  std::optional<std::uint64_t> system_ns =
      std::nullopt;  ///< CPU time of the kernel in it, as wait4(2) counts
  std::optional<std::uint64_t> instruction = std::nullopt;  ///< with Options::instructions
  std::span<const StackFrame> stack = {};                   ///< with Options::stacks: innermost first
  std::span<const decode::DataPiece> data = {};             ///< with Options::data
  decode::MemoryReader* memory = nullptr;                   ///< where `data` is, with it
};

/// Where an open file comes from, as far as looks at /proc/<pid>/fd tell.
struct DescriptorOrigin {
  bool before = false;  ///< open when following began: of the caller, or of a process attached to
  ProcessKey opener;    ///< who had it first
  std::string program;  ///< that it ran then: path, raw
  std::uint64_t after_ns = 0, until_ns = 0;  ///< event time of the look without it, and of the one with it
  std::string call;  ///< the system call that opened it, where calls are seen; else empty
};

/// What says that a descriptor was passed on purpose.
enum class DescriptorPurpose : std::uint8_t {
  none,         ///< nothing that can be seen: a leak, unless the program knows of it by other ways
  listen_fds,   ///< LISTEN_FDS and LISTEN_PID, sd_listen_fds(3)
  jobserver,    ///< MAKEFLAGS has --jobserver-auth
  argument,     ///< a word of argv names it: /dev/fd/63, --status-fd=3
  environment,  ///< a variable does: NODE_CHANNEL_FD=3
  opened,       ///< by the process itself between its birth and this exec
  placed,       ///< given this number between birth and exec: dup2(2)
  unmarked,     ///< close-on-exec was taken off before the exec
  launcher,     ///< the program only prepares another one: a leak unless it closes it before it starts that
};
std::string_view descriptor_purpose_name(DescriptorPurpose purpose);  ///< the words above: also in JSON

struct InheritedDescriptor {
  int fd = -1;
  std::string target;     ///< link of /proc/<pid>/fd, raw
  std::string_view type;  ///< as `ptop fds` names it: "regular", "pipe", "socket"…
  DescriptorOrigin origin;
  std::uint64_t execs = 0;  ///< since it was opened, this one included
  DescriptorPurpose purpose = DescriptorPurpose::none;
  std::string named_by;     ///< the word or variable that names it, raw; else empty
  std::vector<Pid> ends;    ///< the followed who have the other end of a pipe or a unix socket
  std::uint64_t story = 0;  ///< DescriptorAudit::story of its open file
  bool is_leak() const { return !origin.before && purpose == DescriptorPurpose::none; }
};

/// The descriptors from 3 up that a new program got because they are not close-on-exec. After its exec.
struct Inherited {
  std::vector<InheritedDescriptor> descriptors;  ///< ascending
  bool denied = false;                           ///< they could not be read
};

/// What a program was seen to do with a descriptor that it got. Never more than was seen: read(2) from a pipe
/// leaves no mark in /proc.
enum class DescriptorUse : std::uint8_t {
  unknown,    ///< nothing of its kind can be seen, or the program was killed before the look
  none_seen,  ///< position and flags are what they were
  moved,      ///< position or flags changed: by it, or by another process that has the same open file
  marked,     ///< it set close-on-exec
  closed,     ///< it closed it
  called,     ///< a system call with it was seen
};
std::string_view descriptor_use_name(DescriptorUse use);  ///< the words above: also in JSON

struct DescriptorHolder {
  ProcessKey process;
  std::string program;  ///< path, raw
  int fd = -1;
  DescriptorPurpose purpose = DescriptorPurpose::none;
  DescriptorUse use = DescriptorUse::unknown;
  bool at_exit = false;       ///< the process still had it when it ended
  std::uint64_t exec_ns = 0;  ///< event time of the exec
};

/// The story of one open file that crossed an exec, once nobody followed has it any more. Told with the last
/// process that had it.
struct DescriptorAudit {
  int fd = -1;         ///< its first number
  std::string target;  ///< raw
  std::string_view type;
  DescriptorOrigin origin;
  bool leaked = false;          ///< a program got it without a sign of purpose
  std::uint64_t execs = 0;      ///< it crossed, in all processes together
  std::uint64_t leaks = 0;      ///< of those, without a sign of purpose
  std::uint64_t at_exit = 0;    ///< programs that still had it when their process ended
  std::uint64_t untouched = 0;  ///< programs that had it and were seen to do nothing with it
  /// Programs that got it: the first of them, leaks before others, and in the order of their execs.
  std::vector<DescriptorHolder> holders;
  std::uint64_t story = 0;  ///< which one: InheritedDescriptor::story says the same
};

struct Detached {};
/// Events that happened and could not be told.
struct Lost {
  std::uint64_t count = 0;
  std::string reason;
};
/// A line for the person: what we could not do, and why.
struct Note {
  std::string text;
};

using What =
    std::variant<Attached, Forked, Execed, ExecFailed, Recipe, Exited, Reaped, Reparented, Signalled,
                 StoppedBy, Continued, SyscallDone, Inherited, DescriptorAudit, Detached, Lost, Note>;

struct Event {
  std::uint64_t seq = 0;   ///< no gaps, from 1
  std::uint64_t t_ns = 0;  ///< CLOCK_MONOTONIC since the start of the log
  Pid pid;
  TaskKey task;             ///< tid and start time
  Pid ppid;                 ///< 0: unknown
  std::uint32_t depth = 0;  ///< in the followed tree; 0: where following began
  What what;
};

/// Once, before the first event.
struct Header {
  std::uint64_t started_realtime_ns = 0;   ///< CLOCK_REALTIME at t_ns 0
  std::uint64_t started_monotonic_ns = 0;  ///< CLOCK_MONOTONIC at t_ns 0
  std::uint64_t clock_ticks = 100;         ///< per second: unit of start
  std::string hostname, kernel;
  std::vector<std::string> argv;  ///< the program, or empty
  std::vector<Pid> attached;      ///< or the processes attached to
};

/// Once, after the last event.
struct Trailer {
  std::uint64_t t_ns = 0;
  std::uint64_t events = 0, lost = 0, processes = 0, execs = 0, exits = 0;
  std::optional<int> code, signal;  ///< of the program we started
  std::string reason;               ///< "exited", "detached", "interrupted", "no processes left"
};

/// A task went into a system call that will be told when it is done: for who shows calls under way. Not an
/// event: a SyscallDone follows, or the end of the task.
struct CallEntered {
  std::uint64_t t_ns = 0;
  Pid pid;
  Tid tid;
  std::string_view name;
  CallNumber number;
  std::span<const decode::Field> args;  ///< value nullptr: not there yet
  std::optional<std::uint64_t> instruction = std::nullopt;
};

/// A task makes its first system call in another convention than the one before. Not an event: each call says
/// its own.
struct ConventionChange {
  std::uint64_t t_ns = 0;
  Pid pid;
  Tid tid;
  decode::Arch arch = decode::machine_arches().front();
};

/// A task runs on without us. Not an event: a Detached follows with the last task of its process.
struct LetGo {
  std::uint64_t t_ns = 0;
  Pid pid;
  Tid tid;
};

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void begin(const Header&) {}
  virtual void on_convention(const ConventionChange&) {}
  virtual void on_enter(const CallEntered&) {}  ///< with Options::call_entries
  virtual void on_let_go(const LetGo&) {}
  virtual void on(const Event& event) = 0;
  /// Of system calls that no event tells of: their process was not known to be of interest.
  virtual void on_tally(const CallTally&) {}
  /// No event: the last task of a process is at its exit stop, and /proc/<pid> complete for the last time.
  virtual void at_exit_stop(ProcessKey) {}
  virtual void end(const Trailer&) {}
};

}  // namespace ptop::follow
