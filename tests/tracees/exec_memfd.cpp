// fexecve(3) of a file without a name, its descriptor closed by the exec.
#include <sys/mman.h>

#include "copy.hpp"
#include "tracee.hpp"

int main(int argc, char** argv) {
  if (argc > 1) end(8);
  began(argv);
  char exe[512];
  const auto length = ::readlink("/proc/self/exe", exe, sizeof exe - 1);
  require(length > 0, "readlink");
  exe[length] = '\0';
  expect("%d path %s", ::getpid(), exe);
  const int program = ::memfd_create("nameless", MFD_CLOEXEC);
  copy_to(program);
  const pid_t child = ::fork();
  if (child == 0) {
    char self[] = "from memory", word[] = "again";
    char* const words[] = {self, word, nullptr};
    expect("%d exec from memory again", ::getpid());
    expect("%d path /memfd:nameless (deleted)", ::getpid());
    ::syscall(SYS_execveat, program, "", words, environ, 0x1000 /* AT_EMPTY_PATH */);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  require(WEXITSTATUS(wait_for(child)) == 8, "status");
  succeed();
}
