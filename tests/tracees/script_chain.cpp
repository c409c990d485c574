// A script read by a script read by a script, four deep; one too many is refused.
#include <sys/stat.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  expect("ignore exec_failed");
  char folder[] = "/tmp/ptop-chain-XXXXXX";
  require(::mkdtemp(folder) != nullptr, "mkdtemp");
  char paths[7][64];
  for (int i = 0; i < 7; ++i) {
    std::snprintf(paths[i], sizeof paths[i], "%s/%d", folder, i);
    FILE* const script = std::fopen(paths[i], "w");
    if (i == 0)
      std::fputs("#!/bin/true\n", script);
    else
      std::fprintf(script, "#!%s\n", paths[i - 1]);
    ::fchmod(::fileno(script), 0700);
    std::fclose(script);
  }
  pid_t child = ::fork();
  if (child == 0) {
    ::execl(paths[3], "x", "word", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec /bin/true %s %s %s %s word", child, paths[0], paths[1], paths[2], paths[3]);
  expect("%d interpreters %s %s %s /bin/true", child, paths[2], paths[1], paths[0]);
  expect("%d exit 0", child);
  wait_for(child);
  child = ::fork();
  if (child == 0) {
    ::execl(paths[6], "x", nullptr);
    ::_exit(errno == ELOOP ? 3 : 127);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d exec_failed %s ELOOP", child, paths[6]);
  expect("%d exit 3", child);
  wait_for(child);
  for (const auto& path : paths) ::unlink(path);
  ::rmdir(folder);
  succeed();
}
