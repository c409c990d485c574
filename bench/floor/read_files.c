// The floor of every process table: what the arguments name of each process of /proc, and nothing else. A
// file is opened, read and closed; @NAME is a link and only read; @NAME/ a directory whose links are all
// read. usage: read_files NAME…
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static _Alignas(struct dirent64) char text[32768];

static void read_file(int proc, const char* path) {
  const int fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  if (read(fd, text, sizeof text) < 0) text[0] = 0;
  close(fd);
}

static void read_links(int proc, const char* path) {
  static char target[4096];
  const int dir = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (dir < 0) return;
  for (ssize_t length; (length = getdents64(dir, text, sizeof text)) > 0;) {
    for (ssize_t at = 0; at < length;) {
      const struct dirent64* entry = (const struct dirent64*)(text + at);
      at += entry->d_reclen;
      if (entry->d_name[0] == '.') continue;
      if (readlinkat(dir, entry->d_name, target, sizeof target) < 0) target[0] = 0;
    }
  }
  close(dir);
}

static void read_one(int proc, const char* pid, const char* what) {
  static char path[320];
  const size_t length = strlen(what);
  snprintf(path, sizeof path, "%s/%s", pid, what[0] == '@' ? what + 1 : what);
  if (what[0] != '@') {
    read_file(proc, path);
  } else if (what[length - 1] == '/') {
    read_links(proc, path);
  } else if (readlinkat(proc, path, text, sizeof text) < 0) {
    text[0] = 0;
  }
}

int main(int argc, char** argv) {
  DIR* proc = opendir("/proc");
  if (!proc) return 1;
  struct dirent* entry;
  while ((entry = readdir(proc)) != NULL) {
    if (!isdigit((unsigned char)entry->d_name[0])) continue;
    for (int i = 1; i < argc; ++i) read_one(dirfd(proc), entry->d_name, argv[i]);
  }
  closedir(proc);
  return 0;
}
