// The floor of every process table: open, read and close the stat file of each process; nothing else.
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  DIR* proc = opendir("/proc");
  if (!proc) return 1;
  struct dirent* entry;
  while ((entry = readdir(proc)) != NULL) {
    if (!isdigit((unsigned char)entry->d_name[0])) continue;
    char path[64], text[1024];
    snprintf(path, sizeof path, "%.20s/stat", entry->d_name);
    const int fd = openat(dirfd(proc), path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue;
    if (read(fd, text, sizeof text) < 0) text[0] = 0;
    close(fd);
  }
  closedir(proc);
  return 0;
}
