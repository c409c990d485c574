// The calls that programs make most, with their usual arguments, so many times each. Says at its end how much
// user time it took itself, in microseconds, so that a tracer's can be told apart.
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static void round_of_calls(int ends[2]) {
  char buffer[256], text[] = "a line of text that is a little longer than what is shown\n";
  struct stat status;
  struct timespec now;
  sigset_t signals;
  struct pollfd waiting = {ends[0], POLLIN, 0};
  struct iovec parts[2] = {{text, 16}, {text + 16, 16}};
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  const int fd = openat(AT_FDCWD, "/etc/passwd", O_RDONLY | O_CLOEXEC);
  syscall(SYS_newfstatat, fd, "", &status, AT_EMPTY_PATH);
  read(fd, buffer, sizeof buffer);
  lseek(fd, 0, SEEK_SET);
  close(fd);
  syscall(SYS_openat, AT_FDCWD, "/usr/lib/a/path/that/is/not/there", O_RDONLY, 0);
  void* const memory = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(memory, 4096, PROT_READ);
  munmap(memory, 8192);
  sigprocmask(SIG_BLOCK, &signals, NULL);
  writev(ends[1], parts, 2);
  poll(&waiting, 1, 0);
  read(ends[0], buffer, 32);
  write(ends[1], text, sizeof text - 1);
  recvfrom(ends[0], buffer, sizeof buffer, 0, NULL, NULL);
  fcntl(ends[0], F_GETFL);
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  syscall(SYS_getpid);
  syscall(SYS_futex, &status, 1, 1, NULL, NULL, 0);
  access("/etc/ld.so.preload", R_OK);
}

int main(int argc, char** argv) {
  int ends[2];
  struct rusage use;
  if (argc != 2 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 2;
  for (long left = atol(argv[1]) / 20; left > 0; --left) round_of_calls(ends);
  getrusage(RUSAGE_SELF, &use);
  printf("%ld\n", use.ru_utime.tv_sec * 1000000L + use.ru_utime.tv_usec);
  return 0;
}
