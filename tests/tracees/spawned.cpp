// posix_spawn(3), system(3), popen(3): how a library makes children.
#include <spawn.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  expect("ignore fork vfork clone signal");  // which of them is the library's affair
  char name[] = "true", word[] = "spawned";
  char* const words[] = {name, word, nullptr};
  pid_t child = 0;
  require(::posix_spawn(&child, "/bin/true", nullptr, nullptr, words, environ) == 0, "posix_spawn");
  expect("%d exec true spawned", child);
  expect("%d exit 0", child);
  wait_for(child);
  require(WEXITSTATUS(std::system("echo $$ exec sh -c exit 3 >/dev/null; exit 3")) == 3, "system");
  FILE* const stream = ::popen("echo $$; exit 4", "r");
  int shell = 0;
  require(stream && std::fscanf(stream, "%d", &shell) == 1, "popen");
  require(WEXITSTATUS(::pclose(stream)) == 4, "pclose");
  expect("%d exec sh -c echo $$; exit 4", shell);
  expect("%d exit 4", shell);
  expect("ignore exec exit");  // of system(3) the pid is not known
  succeed();
}
