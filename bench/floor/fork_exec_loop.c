// The traced work: fork, exec /bin/true, wait; as many times as the argument says. With a second one: without
// exec.
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  const int times = argc > 1 ? atoi(argv[1]) : 1000;
  for (int i = 0; i < times; ++i) {
    const pid_t child = fork();
    if (child < 0) return 1;
    if (child == 0) {
      if (argc > 2) _exit(0);
      execl("/bin/true", "true", (char*)NULL);
      _exit(127);
    }
    if (waitpid(child, NULL, 0) < 0) return 1;
  }
  return 0;
}
