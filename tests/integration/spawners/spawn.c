// usage: spawn one | many N: programs started by posix_spawn(3).
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int status_of(pid_t pid) {
  int status = 0;
  return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

// Everything a recipe can show: stdin and stdout are files, a directory, an environment, a session.
static int one(void) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "in", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "out", O_WRONLY | O_CREAT | O_TRUNC, 0666);
  posix_spawn_file_actions_addchdir_np(&actions, "/");
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  char* words[] = {"cat", NULL};
  char* environment[] = {"A=b", NULL};
  pid_t pid;
  return posix_spawn(&pid, "/bin/cat", &actions, &attributes, words, environment) == 0 ? status_of(pid) : 1;
}

static int many(int times) {
  for (int i = 0; i < times; ++i) {
    char script[64];
    snprintf(script, sizeof script, "echo number %d; exit %d", i, i % 7);
    char* words[] = {"sh", "-c", script, NULL};
    pid_t pid;
    if (posix_spawnp(&pid, "sh", NULL, NULL, words, environ) != 0 || status_of(pid) != i % 7) return 1;
  }
  char* words[] = {"no such program", NULL};
  pid_t pid;
  printf("%s\n", strerror(posix_spawnp(&pid, words[0], NULL, NULL, words, environ)));
  return 0;
}

int main(int argc, char** argv) { return argc < 3 ? one() : many(atoi(argv[2])); }
