// Makes COUNT processes that do nothing, says "ready", and waits for standard input to end; then they die and
// are reaped. usage: crowd COUNT
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Ends with its parent, whatever that one dies of.
static void wait_for_the_end(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  while (getppid() == parent) pause();
  _exit(0);
}

int main(int argc, char** argv) {
  const int count = argc > 1 ? atoi(argv[1]) : 10000;
  const pid_t parent = getpid();
  pid_t* crowd = calloc((size_t)count + 1, sizeof *crowd);
  int made = 0;
  if (!crowd) return 1;
  for (; made < count; ++made) {
    crowd[made] = fork();
    if (crowd[made] == 0) wait_for_the_end(parent);
    if (crowd[made] < 0) break;
  }
  if (made == count) {
    puts("ready");
    fflush(stdout);
    for (char byte; read(STDIN_FILENO, &byte, 1) > 0;) {
    }
  } else {
    perror("crowd: fork");
  }
  for (int i = 0; i < made; ++i) kill(crowd[i], SIGKILL);
  for (int i = 0; i < made; ++i) waitpid(crowd[i], NULL, 0);
  free(crowd);
  return made == count ? 0 : 1;
}
