// fork, handshake, seize, exec.
#include "ptop/trace/spawn.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ptop::trace {
namespace {

constexpr int last_signal = 64;
constexpr const char* shell = "/bin/sh";
constexpr const char* default_path = "/bin:/usr/bin";  // execvp(3) without PATH in the environment

bool executable_file(const std::string& path, int& error_number) {
  struct stat st {};
  if (::stat(path.c_str(), &st) != 0) {
    error_number = errno;
    return false;
  }
  if (!S_ISREG(st.st_mode) || ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) != 0) {
    error_number = EACCES;
    return false;
  }
  return true;
}

/// Words as execve(2) wants them. Built before fork: a child of a threaded process must not allocate.
std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> out;
  out.reserve(words.size() + 1);
  for (const auto& word : words) out.push_back(const_cast<char*>(word.c_str()));
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> through_shell(const std::string& path, const std::vector<std::string>& argv) {
  std::vector<std::string> words{shell, path};
  if (argv.size() > 1) words.insert(words.end(), argv.begin() + 1, argv.end());
  return words;
}

struct ChildPlan {
  char* const* paths;  ///< nullptr last
  char* const* argv;
  char** shell_argv;  ///< the path is the second word
  char* const* envp;
  const RunAs* run_as;  ///< nullptr: as we are
  const gid_t* groups;
  std::span<const sock_filter> filter;
  const SignalSetup* signals;
  int terminal;
  int go, error;
  int tracers_go;  ///< would keep `go` from ever ending
};

bool change_user(const ChildPlan& plan) {
  if (!plan.run_as) return true;
  return ::setgroups(plan.run_as->groups.size(), plan.groups) == 0 && ::setgid(plan.run_as->gid.raw()) == 0 &&
         ::setuid(plan.run_as->uid.raw()) == 0;
}

/// False: nobody will.
bool wait_to_be_seized(int go) {
  char byte = 0;
  for (;;) {
    const auto got = ::read(go, &byte, 1);
    if (got > 0) return true;
    if (got == 0 || errno != EINTR) return false;
  }
}

/// As login and terminal emulators do it.
bool take_terminal(int terminal) {
  if (terminal < 0) return true;
  if (::setsid() < 0 || ::ioctl(terminal, TIOCSCTTY, 0) != 0) return false;
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::dup2(terminal, fd) < 0) return false;
  return true;
}

/// As shells ask it: no NUL before the first newline. A program of another machine is no script: what a shell
/// makes of its bytes is anything.
bool is_text(const char* path) {
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return true;  // the shell tells why
  char begin[256];
  const auto got = ::read(file, begin, sizeof begin);
  ::close(file);
  for (const char* at = begin; at < begin + got && *at != '\n'; ++at)
    if (*at == '\0') return false;
  return true;
}

/// What execvp(3) takes for a file that is not there: a missing interpreter, a mount that has gone.
bool goes_on_after(int error_number) {
  return error_number == EACCES || error_number == ENOENT || error_number == ENOTDIR ||
         error_number == ESTALE || error_number == ENODEV || error_number == ETIMEDOUT;
}

/// Returns with errno: EACCES where one of them was denied.
void exec_one_of(const ChildPlan& plan) {
  bool denied = false;
  for (char* const* path = plan.paths; *path != nullptr; ++path) {
    ::execve(*path, plan.argv, plan.envp);
    if (errno == ENOEXEC && is_text(*path)) {
      plan.shell_argv[1] = *path;
      ::execve(shell, plan.shell_argv, plan.envp);
      return;
    }
    if (!goes_on_after(errno)) return;
    denied |= errno == EACCES;
  }
  if (denied) errno = EACCES;
}

[[noreturn]] void run_child(const ChildPlan& plan) {
  ::close(plan.tracers_go);
  plan.signals->restore();
  if (!wait_to_be_seized(plan.go)) ::_exit(125);
  ::prctl(PR_SET_PTRACER, 0);
  // The terminal is opened by whom we are; the filter comes before the change of user, which may take the
  // right to install it.
  if (take_terminal(plan.terminal) && (plan.filter.empty() || install_call_filter(plan.filter)) &&
      change_user(plan)) {
    exec_one_of(plan);
  }
  const int error_number = errno;
  (void)!::write(plan.error, &error_number, sizeof error_number);
  ::_exit(error_number == ENOENT ? 127 : 126);
}

struct Pipe {
  Fd read, write;
};
Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(os_error("pipe2"));
  return Pipe{Fd(ends[0]), Fd(ends[1])};
}

struct Pipes {
  Pipe go, error;
};
Result<Pipes> make_pipes() {
  auto go = make_pipe();
  if (!go) return fail(go.error());
  auto error = make_pipe();
  if (!error) return fail(error.error());
  return Pipes{std::move(*go), std::move(*error)};
}

Bond bond_of(const Image& image) { return image.filter.empty() ? Bond::loose : Bond::for_life; }

/// What the child needs, in words that it can use without allocating.
class Plan {
 public:
  Plan(const Image& image, const SignalSetup& signals, const Pipes& pipes)
      : path_words_(paths_of(image)),
        shell_words_(through_shell(image.path, image.argv)),
        paths_(pointers(path_words_)),
        words_(pointers(image.argv)),
        through_(pointers(shell_words_)),
        envp_(pointers(image.environment)),
        groups_(raw_groups(image.run_as)),
        plan_{.paths = paths_.data(),
              .argv = words_.data(),
              .shell_argv = through_.data(),
              .envp = envp_.data(),
              .run_as = image.run_as ? &*image.run_as : nullptr,
              .groups = groups_.data(),
              .filter = image.filter,
              .signals = &signals,
              .terminal = image.terminal,
              .go = pipes.go.read.get(),
              .error = pipes.error.write.get(),
              .tracers_go = pipes.go.write.get()} {}
  const ChildPlan& of_child() const { return plan_; }

 private:
  static std::vector<gid_t> raw_groups(const std::optional<RunAs>& run_as) {
    std::vector<gid_t> groups;
    if (!run_as) return groups;
    for (const Gid group : run_as->groups) groups.push_back(group.raw());
    return groups;
  }

  static std::vector<std::string> paths_of(const Image& image) {
    std::vector<std::string> paths{image.path};
    paths.insert(paths.end(), image.further_paths.begin(), image.further_paths.end());
    return paths;
  }

  std::vector<std::string> path_words_, shell_words_;
  std::vector<char*> paths_, words_, through_, envp_;
  std::vector<gid_t> groups_;
  ChildPlan plan_;
};

/// Lets through whatever comes before the stop we asked for: signals the child got meanwhile are its own.
Result<Stopped> wait_until_interrupted(Engine& engine, Tid tid) {
  while (auto report = engine.next_from(tid, Wait::block)) {
    auto* stop = std::get_if<StopReport>(&report->what);
    if (!stop) return fail({Errc::gone, ESRCH, "the program was killed before it started"});
    if (std::holds_alternative<Interrupted>(stop->stop)) return std::move(stop->task);
    const auto* signal = std::get_if<SignalDelivery>(&stop->stop);
    if (auto r = std::move(stop->task).resume(Resume::run, signal ? signal->signal : 0); !r)
      return fail(r.error());
  }
  return fail(os_error("wait4"));
}

}  // namespace

SignalSetup SignalSetup::current() {
  SignalSetup s;
  ::sigprocmask(SIG_SETMASK, nullptr, &s.mask_);
  for (int signal = 1; signal <= last_signal; ++signal) {
    struct sigaction action {};
    if (::sigaction(signal, nullptr, &action) == 0)
      s.ignored_[static_cast<std::size_t>(signal)] = action.sa_handler == SIG_IGN;
  }
  return s;
}

void SignalSetup::restore() const {
  for (int signal = 1; signal <= last_signal; ++signal) {
    struct sigaction action {};
    action.sa_handler = ignored_[static_cast<std::size_t>(signal)] ? SIG_IGN : SIG_DFL;
    ::sigaction(signal, &action, nullptr);  // fails for SIGKILL, SIGSTOP and libc's own two: as it should
  }
  ::sigprocmask(SIG_SETMASK, &mask_, nullptr);
}

Result<std::string> resolve_program(const std::string& file) {
  auto paths = resolve_programs(file);
  if (!paths) return fail(paths.error());
  return std::move(paths->front());
}

Result<std::vector<std::string>> resolve_programs(const std::string& file) {
  int error_number = ENOENT;
  if (file.find('/') != std::string::npos) {
    if (executable_file(file, error_number)) return std::vector{file};
    return fail(os_error(error_number, file));
  }
  std::vector<std::string> found;
  const char* const variable = std::getenv("PATH");
  std::string_view rest = variable ? variable : default_path;
  bool denied = false;
  for (bool more = !file.empty(); more;) {
    const auto colon = rest.find(':');
    const std::string_view folder = rest.substr(0, colon);
    std::string candidate = folder.empty() ? file : fmt::format("{}/{}", folder, file);
    if (executable_file(candidate, error_number))
      found.push_back(std::move(candidate));
    else
      denied |= error_number == EACCES;
    more = colon != rest.npos;
    if (more) rest.remove_prefix(colon + 1);
  }
  if (!found.empty()) return found;
  return fail(os_error(denied ? EACCES : ENOENT, file));
}

Result<Launched> launch(Engine& engine, const Image& image, const SignalSetup& signals) {
  auto pipes = make_pipes();
  if (!pipes) return fail(pipes.error());
  const Plan plan(image, signals, *pipes);
  const pid_t pid = ::fork();
  if (pid < 0) return fail(os_error("fork"));
  if (pid == 0) run_child(plan.of_child());
  pipes->go.read = Fd();
  pipes->error.write = Fd();
  auto launched =
      launch(engine, {Tid(pid), std::move(pipes->go.write), std::move(pipes->error.read), bond_of(image)});
  if (launched) return launched;
  // When seizing fails, closing `go` ended the child's read, and it ends: it must not run untraced.
  while (engine.next_from(Tid(pid), Wait::block)) {
  }
  return launched;
}

Result<Launched> launch(Engine& engine, Waiting waiting) {
  if (auto r = engine.seize(waiting.tid, waiting.bond); !r) return fail(r.error());
  if (auto r = engine.interrupt(waiting.tid); !r) return fail(r.error());
  auto task = wait_until_interrupted(engine, waiting.tid);
  if (!task) return fail(task.error());
  (void)!::write(waiting.go.get(), "g", 1);
  return Launched{waiting.tid, std::move(*task), std::move(waiting.exec_error)};
}

/// The child between ends at once. It is made without an exit signal: a SIGCHLD that the program has blocked
/// would wait for it through its exec.
Result<Waiting> become_program(const Image& image, const SignalSetup& signals) {
  auto pipes = make_pipes();
  if (!pipes) return fail(pipes.error());
  const Plan plan(image, signals, *pipes);
  const Tid program(::getpid());
  ::prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);  // Yama lets only ancestors trace; unknown without it
  const auto between = static_cast<pid_t>(::syscall(SYS_clone, 0, nullptr, nullptr, nullptr, nullptr));
  if (between < 0) return fail(os_error("clone"));
  if (between == 0) {
    const pid_t tracer = ::fork();
    if (tracer != 0) ::_exit(tracer < 0 ? 1 : 0);
    pipes->go.read = Fd();
    pipes->error.write = Fd();
    return Waiting{program, std::move(pipes->go.write), std::move(pipes->error.read), bond_of(image)};
  }
  while (::waitpid(between, nullptr, __WALL) < 0 && errno == EINTR) {
  }
  run_child(plan.of_child());
}

int exec_error_number(const Fd& exec_error) {
  int error_number = 0;
  if (::read(exec_error.get(), &error_number, sizeof error_number) != sizeof error_number) return 0;
  return error_number;
}

}  // namespace ptop::trace
