// Deaths by a dozen signals, one of them of real time.
#include <sys/resource.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  const int signals[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGILL,  SIGTRAP, SIGABRT, SIGBUS,    SIGFPE,
                         SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGXCPU, SIGSYS,  SIGSTKFLT, 40};
  for (const int signal : signals) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::signal(signal, SIG_DFL);
      ::kill(::getpid(), signal);
      sleep_for_ever();
    }
    expect("%d fork %d", ::getpid(), child);
    char name[32];
    if (signal == 40)
      std::snprintf(name, sizeof name, "SIGRT_8");
    else
      std::snprintf(name, sizeof name, "SIG%s", ::sigabbrev_np(signal));
    expect("%d signal %s", child, name);
    expect("%d killed %s", child, name);
    require(WTERMSIG(wait_for(child)) == signal, "status");
  }
  succeed();
}
