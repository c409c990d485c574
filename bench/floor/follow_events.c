// The floor of a tracer: SEIZE with the fork, exec and exit events, resume at every stop, look at nothing.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

// What to deliver when this stop is resumed: the signal of a signal-delivery-stop, nothing otherwise.
static long signal_to_inject(int status) {
  if (status >> 16 != 0 || WSTOPSIG(status) == SIGTRAP) return 0;
  return WSTOPSIG(status);
}

int main(int argc, char** argv) {
  int ready[2];
  if (argc < 2 || pipe(ready) != 0) return 2;
  const pid_t program = fork();
  if (program < 0) return 1;
  if (program == 0) {
    char go;
    close(ready[1]);
    if (read(ready[0], &go, 1) != 0) _exit(126);  // ends when the tracer has seized us
    close(ready[0]);
    execvp(argv[1], argv + 1);
    _exit(127);
  }
  const long options = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
                       PTRACE_O_TRACEEXIT;
  if (ptrace(PTRACE_SEIZE, program, 0, options) != 0) return perror("floor_follow_events"), 1;
  close(ready[0]);
  close(ready[1]);
  int exit_status = 0, status;
  pid_t task;
  while ((task = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
    if (task <= 0) continue;
    if (!WIFSTOPPED(status)) {
      if (task == program) exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      continue;
    }
    ptrace(PTRACE_CONT, task, 0, signal_to_inject(status));
  }
  return exit_status;
}
