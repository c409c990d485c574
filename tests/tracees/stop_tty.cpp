// The other signals that stop: SIGTSTP, SIGTTIN, SIGTTOU, each named in the stop.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  expect("ignore signal");  // SIGTERM may be delivered before SIGCONT
  for (const int signal : {SIGTSTP, SIGTTIN, SIGTTOU}) {
    const pid_t child = ::fork();
    if (child == 0) sleep_for_ever();
    const char* const name = ::sigabbrev_np(signal);
    expect("%d fork %d", ::getpid(), child);
    ::setpgid(child, child);  // its parent is in the same session: the group is not orphaned, the stop counts
    int status = 0;
    ::kill(child, signal);
    require(::waitpid(child, &status, WUNTRACED) == child && WSTOPSIG(status) == signal, "stopped");
    expect("%d signal SIG%s", child, name);
    expect("%d stop SIG%s", child, name);
    ::kill(child, SIGCONT);
    require(::waitpid(child, &status, WCONTINUED) == child, "continued");
    expect("%d continue", child);
    ::kill(child, SIGTERM);
    expect("%d signal SIGTERM", child);
    expect("%d killed SIGTERM", child);
    wait_for(child);
  }
  succeed();
}
