// A set-id program that a tracer without rights follows stays as its caller is; the log says so.
#include <fcntl.h>
#include <sys/stat.h>

#include "tracee.hpp"

int main(int, char** argv) {
  if (::geteuid() == 0) skip("root is not refused anything");
  struct stat program {};
  const char* path = nullptr;
  for (const char* candidate : {"/usr/bin/mount", "/usr/bin/su", "/bin/mount", "/bin/su"})
    if (!path && ::stat(candidate, &program) == 0 && (program.st_mode & S_ISUID) && program.st_uid == 0)
      path = candidate;
  if (!path) skip("no set-id program here");
  began(argv);
  expect("%d credentials %u %u %u %u 0", ::getpid(), ::getuid(), ::getuid(), ::getgid(), ::getgid());
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open("/dev/null", O_WRONLY), STDOUT_FILENO);
    ::execl(path, "program", "--version", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec program --version", child);
  expect("%d credentials %u %u %u %u 1", child, ::getuid(), ::getuid(), ::getgid(), ::getgid());
  expect("%d set-id-ignored", child);
  expect("%d exit 0", child);
  wait_for(child);
  succeed();
}
