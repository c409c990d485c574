// All other namespaces at once, with a user namespace so that nobody needs rights.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  const pid_t child = clone_with(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET);
  if (child < 0) skip("no new user namespace for us");
  if (child == 0) {
    require(::sethostname("elsewhere", 9) == 0, "sethostname");
    ::execl("/bin/true", "true", "inside", nullptr);
    ::_exit(127);
  }
  expect("%d fork %d", ::getpid(), child);
  expect("%d flags %d CLONE_NEWIPC,CLONE_NEWNET,CLONE_NEWNS,CLONE_NEWUSER,CLONE_NEWUTS SIGCHLD", ::getpid(),
         child);
  expect("%d exec true inside", child);
  expect("%d exit 0", child);
  wait_for(child);
  succeed();
}
