// A core that was dumped, as the parent's status has it.
#include <dirent.h>
#include <sys/resource.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  char folder[] = "/tmp/ptop-core-XXXXXX";
  require(::mkdtemp(folder) && ::chdir(folder) == 0, "mkdtemp");
  const rlimit any{RLIM_INFINITY, RLIM_INFINITY};
  const bool allowed = ::setrlimit(RLIMIT_CORE, &any) == 0;
  const pid_t child = ::fork();
  if (child == 0) {
    ::raise(SIGSEGV);
    ::_exit(97);
  }
  const int status = wait_for(child);
  if (DIR* const files = ::opendir(folder)) {
    while (const dirent* const file = ::readdir(files)) ::unlink(file->d_name);
    ::closedir(files);
  }
  ::rmdir(folder);
  if (!allowed || !WCOREDUMP(status)) skip("no cores are dumped here");
  expect("%d fork %d", ::getpid(), child);
  expect("%d signal SIGSEGV", child);
  expect("%d killed SIGSEGV", child);
  expect("%d core SIGSEGV", child);
  succeed();
}
