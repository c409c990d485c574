// open(2), or pipe(2) and a shell.
#include "output.hpp"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ptop::ptrace_fork {
namespace {

/// In a process group of its own: a Ctrl-C is meant for the program, and the command still has to read its
/// end.
Result<pid_t> start_shell(const std::string& command, const Fd& input) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, input.get(), STDIN_FILENO);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  std::string shell = "sh", option = "-c", text = command;
  char* const argv[] = {shell.data(), option.data(), text.data(), nullptr};
  pid_t pid = 0;
  const int error = ::posix_spawn(&pid, "/bin/sh", &files, &attributes, argv, environ);
  ::posix_spawn_file_actions_destroy(&files);
  ::posix_spawnattr_destroy(&attributes);
  if (error != 0) return fail(os_error(error, command));
  return pid;
}

}  // namespace

Result<Output> Output::open(const std::string& target, bool append) {
  Output output;
  if (target.empty()) {
    // A descriptor of our own even for stderr: the program may close or redirect its copy of the number.
    output.fd_ = Fd(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3));
    if (!output.fd_) return fail(os_error("stderr"));
    return output;
  }
  if (target.front() != '|') {
    const int how = append ? O_APPEND : O_TRUNC;
    output.fd_ = Fd(::open(target.c_str(), O_WRONLY | O_CREAT | how | O_CLOEXEC | O_NOCTTY, 0666));
    if (!output.fd_) return fail(os_error(target));
    return output;
  }
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail(os_error("pipe2"));
  const Fd read_end(ends[0]);
  output.fd_ = Fd(ends[1]);
  auto command = start_shell(target.substr(1), read_end);
  if (!command) return fail(command.error());
  output.command_ = *command;
  return output;
}

Output::~Output() {
  if (!command_ || !fd_) return;  // moved from, or no command
  fd_ = Fd();
  while (::waitpid(*command_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace ptop::ptrace_fork
