// A descriptor closes in execve(2), and who waits for that kills the new program before the call has ended.
// Whether it was that fast or not, the program was started; if it was, its stack may not have been made yet.
#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) sleep_for_ever();
  began(argv);
  const pid_t self = ::getpid();
  for (int round = 0; round < 50; ++round) {
    int closed[2];
    require(::pipe2(closed, 02000000 /* O_CLOEXEC */) == 0, "pipe2");
    const pid_t child = ::vfork();
    if (child == 0) {
      ::execl("/proc/self/exe", argv[0], "killed", nullptr);
      ::_exit(97);
    }
    require(child > 0, "vfork");
    ::close(closed[1]);
    char byte;
    require(::read(closed[0], &byte, 1) == 0, "read");
    ::kill(child, SIGKILL);
    ::close(closed[0]);
    expect("%d vfork %d", self, child);
    expect("%d exec-killed %s killed", child, argv[0]);
    expect("%d killed SIGKILL", child);
    require(WTERMSIG(wait_for(child)) == SIGKILL, "status of the child");
  }
  succeed();
}
