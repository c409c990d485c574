// Forks, prepares the child a little, and has it run `true`. Built for 64 bits and, where that can be,
// for 32.
#include <cstdio>
#include <cstring>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc < 2 || std::strcmp(argv[1], "fork_and_exec") != 0) return 0;
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(0, 5);
    ::umask(027);
    ::execl("/bin/true", "true", static_cast<char*>(nullptr));
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}
