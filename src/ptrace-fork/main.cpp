// ptrace-fork: options to follower to sink, signals to the program, its end to our exit status.
#include <cerrno>
#include <exception>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "detached.hpp"
#include "job.hpp"
#include "options.hpp"
#include "output.hpp"
#include "ptop/base/escape.hpp"
#include "ptop/base/message.hpp"
#include "ptop/base/names.hpp"
#include "ptop/follow/follower.hpp"
#include "refusal.hpp"
#include "signals.hpp"
#include "sinks.hpp"
#include "strace_options.hpp"

namespace ptop::ptrace_fork {
namespace {

constexpr int usage_failure = 2;
constexpr int not_executable = 126;
constexpr int not_found = 127;

int complain(int status, std::string_view line) {
  say("ptrace-fork", line);
  return status;
}

/// What was found and yet is not there for execve(2), or nothing.
std::optional<std::string> without_interpreter(const std::string& file, const Error& error) {
  if (error.sys != ENOENT) return std::nullopt;
  const auto found = trace::resolve_program(file);
  return found ? std::optional(*found) : std::nullopt;
}

std::string shown(const std::string& file) { return file.empty() ? "''" : escaped(file); }

/// It says nothing about the program.
bool is_want_of_means(int error) {
  return error == EMFILE || error == ENFILE || error == ENOMEM || error == EAGAIN;
}

int cannot_start(const Options& options, const Error& error) {
  const std::string& file = options.program.front();
  struct stat st {};
  const bool named = file.find('/') != std::string::npos;
  if (named && ::stat(file.c_str(), &st) == 0 && S_ISDIR(st.st_mode))
    return complain(not_executable, escaped(file) + ": is a directory");
  if (const auto found = without_interpreter(file, error))
    return complain(not_found,
                    escaped(*found) + ": its interpreter is missing (the #! line or the ELF loader)");
  if (error.sys == ENOENT && !named) return complain(not_found, shown(file) + ": command not found in PATH");
  if (error.sys == ENOENT) return complain(not_found, escaped(file) + ": " + std::string(errno_text(ENOENT)));
  if (is_want_of_means(error.sys))
    return complain(own_failure, fmt::format("cannot start {}: {}", escaped(file), errno_text(error.sys)));
  if (error.sys == EACCES)
    return complain(not_executable,
                    escaped(file) + ": not executable (" + std::string(errno_text(EACCES)) + ")");
  if (error.what.starts_with("PTRACE_"))
    return complain(own_failure, "cannot trace: " + own_tracer().value_or(describe(error)));
  if (error.sys != 0)
    return complain(not_executable, escaped(file) + ": " + std::string(errno_text(error.sys)));
  return complain(own_failure, escaped(file) + ": " + describe(error));
}

int cannot_attach(const follow::AttachError& error) {
  std::string reason = describe(error);
  if (error.code == Errc::gone) reason = "no such process";
  if (error.code == Errc::denied) reason = why_denied(error.pid);
  return complain(own_failure, fmt::format("cannot attach to {}: {}", error.pid.raw(), reason));
}

/// What is written: the log, and with --json-file the events beside it.
struct Logs {
  std::optional<Output> log_file, json_file;
  std::optional<render::LineOutput> log, json;
  void flush() {
    log->flush();
    if (json) json->flush();
  }
  /// Of the first one that can no longer be written, or 0.
  int error() const { return log->error() != 0 || !json ? log->error() : json->error(); }
};

/// Lets go of everything once there is a reason not to log on: the output is lost, the time or the events are
/// up.
void stop_when_due(follow::Follower& follower, const Logs& logs, const Sinks& sinks,
                   const Deadline& deadline) {
  if (logs.error() != 0 || sinks.error() != 0) follower.detach("output lost");
  if (sinks.full()) follower.detach("enough events");
  if (deadline.passed()) follower.detach("time is up");
}

void follow_to_the_end(follow::Follower& follower, Logs& logs, Sinks& sinks, const Deadline& deadline,
                       Job& job) {
  do {
    logs.flush();
    sinks.flush();
    while (const auto asked = take_asked()) job.obey(*asked);
    job.stop_if_due();
    stop_when_due(follower, logs, sinks, deadline);  // before the first wait: starting made events too
  } while (follower.run() != follow::Progress::finished);
}

int end_as(int status) {
  if (WIFSIGNALED(status)) die_of(WTERMSIG(status));
  return WEXITSTATUS(status);
}

void tell_of_loss(std::string_view what, const render::LineOutput& out) {
  if (out.error() != 0 && out.error() != EPIPE)
    complain(own_failure, fmt::format("cannot write {}: {}", what, errno_text(out.error())));
}

int finish(const Options& options, follow::Follower& follower, const Logs& logs, const Sinks& sinks,
           Job& job) {
  tell_of_loss("the log", *logs.log);
  if (logs.json) tell_of_loss(escaped(options.json_file), *logs.json);
  if (options.daemonize) return 0;  // nobody waits for us: who called us sees the end of the program itself
  auto status = follower.program_status();
  if (!status && follower.program() && !job.ends_at_once()) status = job.wait_for_program();
  if (status) return end_as(*status);
  if (job.asked() != 0) die_of(job.asked());
  return logs.error() != 0 || sinks.error() != 0 ? own_failure : 0;
}

/// As strace(1): where there are no filters each call stops.
bool can_filter() {
  const auto can = trace::can_filter_calls();
  if (!can) complain(0, "--seccomp-bpf: " + describe(can.error()) + "; stopping at each system call");
  return can.has_value();
}

void add_strace_options(const StraceDialect& dialect, follow::Options& wanted) {
  wanted.call_entries = wanted.signal_info = true;
  wanted.newborns = dialect.text.follows;
  wanted.fd_sockets = dialect.sockets;
  wanted.fd_devices = dialect.devices;
  wanted.fd_pidfds = dialect.pidfds;
  wanted.comms = dialect.text.comms;
  wanted.outer_pids = dialect.outer_pids;
  wanted.raw = dialect.raw;
  wanted.whole = dialect.whole;
  wanted.structures = dialect.structures;
  wanted.touching = dialect.touching;
  wanted.data = dialect.data;
  wanted.detach_at_exec = dialect.detach_at_exec;
  wanted.instructions = dialect.text.instructions;
  wanted.stacks = dialect.stacks;
}

/// Audit and selection look at the processes. On the stream that the program may write to as well, the line
/// of an exec comes before what the new program says.
bool runs_ahead(const Options& options) {
  return !options.output.empty() && !options.fd_audit && !options.only;
}

Result<follow::Options> follow_options(const Options& options) {
  follow::Options wanted{.threads = options.threads,
                         .decode = {.string_limit = options.string_limit, .verbose = options.verbose},
                         .fd_paths = options.fd_paths,
                         .recipes = options.recipes,
                         .untraceable = true,
                         .run_ahead = runs_ahead(options)};
  if (options.strace) add_strace_options(*options.strace, wanted);
  wanted.decode.beside = !options.strace || !options.json_file.empty();
  if (!options.trace) return wanted;
  auto set = decode::SyscallSet::parse(*options.trace);
  if (!set) return fail(set.error());
  wanted.syscalls = *set;
  wanted.share_processor = options.share_cpu;
  wanted.filter_calls = options.seccomp_bpf && can_filter();
  return wanted;
}

/// Our environment with what -E says.
std::vector<std::string> environment_of(const Options& options) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
  for (const std::string& change : options.environment) {
    const std::string name = change.substr(0, change.find('='));
    std::erase_if(variables, [&](const std::string& v) { return v.substr(0, v.find('=')) == name; });
    if (name != change) variables.push_back(change);
  }
  return variables;
}

follow::Program program_of(const Options& options, const trace::SignalSetup& signals) {
  follow::Program program{.file = options.program.front(),
                          .argv = options.program,
                          .environment = environment_of(options),
                          .run_as = options.run_as,
                          .signals = signals};
  if (options.argv0) program.argv.front() = *options.argv0;
  return program;
}

/// With -ff each task has a file of its own, and the log is for messages.
Result<void> open_logs(const Options& options, Logs& logs) {
  const bool separate = options.strace && options.strace->separate;
  auto log = Output::open(separate ? "" : options.output, options.strace && options.strace->append);
  if (!log) return fail(log.error());
  // A file is written when the tasks of an event run on already.
  logs.log.emplace(logs.log_file.emplace(std::move(*log)).fd(), !options.output.empty());
  if (options.json_file.empty()) return {};
  auto json = Output::open(options.json_file);
  if (!json) return fail(json.error());
  logs.json.emplace(logs.json_file.emplace(std::move(*json)).fd(), true);
  return {};
}

int follow_into(const Options& options, follow::Options wanted, const trace::SignalSetup& signals,
                std::optional<trace::Waiting> waiting) {
  Logs logs;
  if (const auto opened = open_logs(options, logs); !opened)
    return complain(own_failure, "cannot open " + describe(opened.error()));
  const int log = logs.log_file->fd(), json = logs.json_file ? logs.json_file->fd() : -1;
  if (waiting) keep_only({log, json, waiting->go.get(), waiting->exec_error.get()});
  Sinks sinks(options, *logs.log, log, logs.json ? &*logs.json : nullptr);
  catch_signals(options.strace && options.strace->deaf ? Hearing::deaf : Hearing::listening);

  follow::Follower follower(std::move(wanted), sinks);
  Job job(follower, !options.daemonize);
  if (!options.pids.empty()) {
    if (auto attached = follower.attach(options.pids, options.tree); !attached)
      return cannot_attach(attached.error());
  } else {
    const auto program = program_of(options, signals);
    const auto started = waiting ? follower.start(program, std::move(*waiting)) : follower.start(program);
    if (!started) return cannot_start(options, started.error());
  }
  hear_signals();
  const Deadline deadline(options.timeout_ns);
  follow_to_the_end(follower, logs, sinks, deadline, job);
  logs.flush();
  return finish(options, follower, logs, sinks, job);
}

/// strace -DD and -DDD: away from what the terminal sends to the program's group or session.
void stand_aside(StraceDialect::Aside aside) {
  if (aside == StraceDialect::Aside::group) ::setpgid(0, 0);
  if (aside == StraceDialect::Aside::session) ::setsid();
}

int run(const Options& options) {
  const auto signals = trace::SignalSetup::current();
  auto wanted = follow_options(options);
  if (!wanted) return complain(usage_failure, "-e trace: " + wanted.error().what);
  if (const auto reason = refusal_of_proc()) return complain(own_failure, *reason);
  for (const Pid pid : options.pids) {
    if (const auto reason = refusal(pid))
      return complain(own_failure, fmt::format("cannot attach to {}: {}", pid.raw(), *reason));
  }
  if (!options.daemonize) return follow_into(options, std::move(*wanted), signals, std::nullopt);
  auto waiting = step_aside(program_of(options, signals), *wanted);
  if (!waiting) return cannot_start(options, waiting.error());
  if (options.strace) stand_aside(options.strace->aside);
  return follow_into(options, std::move(*wanted), signals, std::move(*waiting));
}

/// What we open must not get their numbers: it would be taken for the program's input, or our messages would
/// be written into it. The program finds them closed.
void fill_standard_descriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(fd, F_GETFD) < 0) (void)::open("/dev/null", O_RDWR | O_CLOEXEC);
  }
}

}  // namespace
}  // namespace ptop::ptrace_fork

int main(int argc, char** argv) {
  using namespace ptop::ptrace_fork;
  try {
    fill_standard_descriptors();
    Options options;
    const auto status = asks_for_strace(argc, argv) ? parse_strace_options(argc, argv, options)
                                                    : parse_options(argc, argv, options);
    if (status) return *status;
    return run(options);
  } catch (const std::exception& e) {
    ptop::say("ptrace-fork", std::string("internal error: ") + e.what());
    return own_failure;
  }
}
