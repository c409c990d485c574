// The floor of every process table: open, read and close the files named by the arguments of each process of
// /proc; nothing else.
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static void read_file(int proc, const char* pid, const char* name) {
  static char path[320], text[16384];
  snprintf(path, sizeof path, "%s/%s", pid, name);
  const int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  if (read(fd, text, sizeof text) < 0) text[0] = 0;
  close(fd);
}

int main(int argc, char** argv) {
  DIR* proc = opendir("/proc");
  if (!proc) return 1;
  struct dirent* entry;
  while ((entry = readdir(proc)) != NULL) {
    if (!isdigit((unsigned char)entry->d_name[0])) continue;
    for (int i = 1; i < argc; ++i) read_file(dirfd(proc), entry->d_name, argv[i]);
  }
  closedir(proc);
  return 0;
}
