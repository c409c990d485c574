// Exit statuses are a byte: of 256 and of -1 the log has what the parent sees.
#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  for (const int code : {0, 1, 2, 42, 126, 127, 128, 129, 137, 254, 255, 256, 257, 511, -1, -2, 0x7fffffff}) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(code);
    const int seen = WEXITSTATUS(wait_for(child));
    require(seen == (code & 0xff), "status");
    expect("%d fork %d", ::getpid(), child);
    expect("%d exit %d", child, seen);
  }
  succeed();
}
