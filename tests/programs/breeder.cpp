// Processes that live for a moment, one after the other, for ever. All that is inherited at birth tells their
// breed: the name, argv, the user and the working directory; and they do nothing that would change any of it.
// usage: breeder NAME UID FOLDER
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const auto id = static_cast<uid_t>(std::atoi(argv[2]));
  prctl(PR_SET_NAME, argv[1]);
  if (chdir(argv[3]) != 0 || setresgid(id, id, id) != 0 || setresuid(id, id, id) != 0) return 1;
  prctl(PR_SET_DUMPABLE, 1);  // which a change of the user takes away: the links would be denied
  while (true) {
    const pid_t pid = fork();
    if (pid == 0) {
      while (true) pause();
    }
    if (pid < 0) continue;  // no number is free
    kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
  }
}
