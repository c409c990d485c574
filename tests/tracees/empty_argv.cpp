// execve(2) without any argument: the kernel gives the program an empty name.
#include "tracee.hpp"

int main(int, char** argv) {
  if (std::getenv("AGAIN")) end(argv[0][0] == '\0' ? 4 : 97);
  began(argv);
  const pid_t child = ::fork();
  if (child == 0) {
    char again[] = "AGAIN=1";
    char *const none[] = {nullptr}, *const one[] = {again, nullptr};
    expect("%d exec ", ::getpid());
    ::execve("/proc/self/exe", none, one);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  const int status = wait_for(child);
  if (WEXITSTATUS(status) == 97) skip("a kernel before 5.18");
  require(WEXITSTATUS(status) == 4, "status");
  succeed();
}
