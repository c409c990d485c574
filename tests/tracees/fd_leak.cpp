// Descriptors that cross an exec by mistake, through one program and through two: a file that is read, one
// that is not, an end of a pipe, a socket; and those that are close-on-exec and do not.
#include <fcntl.h>
#include <sys/socket.h>

#include "tracee.hpp"

namespace {

/// The second and the third program: what it got, and what it does with it.
[[noreturn]] void run_stage(char** argv, int stage, pid_t opener) {
  int file = 0, untouched = 0, pipe_end = 0, socket = 0;
  require(std::sscanf(argv[2], "%d.%d.%d.%d", &file, &untouched, &pipe_end, &socket) == 4, "numbers");
  for (const int fd : {file, untouched, pipe_end, socket})
    expect("%d inherited %d leak %d %d", ::getpid(), fd, opener, stage);
  char byte = 0;
  if (stage == 2) {
    require(::read(file, &byte, 1) == 1, "read");
    expect("%d fd-use %d moved unordered", ::getpid(), file);
    expect("%d fd-use %d none_seen unordered", ::getpid(), untouched);
    expect("%d fd-use %d unknown unordered", ::getpid(), pipe_end);
    ::close(socket);
    expect("%d fd-use %d closed unordered", ::getpid(), socket);
    end(0);
  }
  expect("ignore fd-use");
  argv[1][0] = '2';
  ::execv("/proc/self/exe", argv);
  ::_exit(97);
}

void start(const char* program, char* stage, char* numbers, pid_t opener) {
  char from[16];
  std::snprintf(from, sizeof from, "%d", opener);
  char* const words[] = {const_cast<char*>(program), stage, numbers, from, nullptr};
  ::execv("/proc/self/exe", words);
  ::_exit(97);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 3) run_stage(argv, std::atoi(argv[1]), std::atoi(argv[3]));
  began(argv);
  expect("ignore exec fork exit");
  char name[] = "/tmp/fd_leak.XXXXXX";
  const int file = ::mkstemp(name);
  require(file >= 0 && ::write(file, "text", 4) == 4 && ::lseek(file, 0, SEEK_SET) == 0, "file");
  const int untouched = ::open(name, O_RDONLY), marked = ::open(name, O_RDONLY | O_CLOEXEC);
  ::unlink(name);
  int ends[2], sockets[2], marked_ends[2];
  require(::pipe(ends) == 0 && ::pipe2(marked_ends, O_CLOEXEC) == 0, "pipe");
  require(::fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && marked >= 0, "fcntl");
  require(::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) == 0, "socketpair");
  require(::fcntl(sockets[0], F_SETFD, FD_CLOEXEC) == 0, "fcntl");
  char numbers[64], one[] = "1";
  std::snprintf(numbers, sizeof numbers, "%d.%d.%d.%d", file, untouched, ends[1], sockets[1]);
  const pid_t child = ::fork();
  if (child == 0) start(argv[0], one, numbers, ::getppid());
  require(WEXITSTATUS(wait_for(child)) == 0, "child");
  for (const int fd : {file, untouched, ends[1]})
    expect("%d fd_audit %d leaked 2 1 unordered", ::getpid(), fd);
  expect("%d fd_audit %d leaked 2 0 unordered", ::getpid(), sockets[1]);
  succeed();
}
