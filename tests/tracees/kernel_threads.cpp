// io_uring's poller is a thread that the kernel makes in the process: not one of the program's, not in its
// way.
#include <linux/io_uring.h>

#include "tracee.hpp"

int main(int, char** argv) {
  began(argv);
  io_uring_params params{};
  params.flags = IORING_SETUP_SQPOLL;
  params.sq_thread_idle = 10;
  const auto ring = ::syscall(SYS_io_uring_setup, 4, &params);
  if (ring < 0) skip("no io_uring for us");
  wait_for(fork_child([] { return 1; }));
  ::close(static_cast<int>(ring));
  wait_for(fork_child([] { return 2; }));
  succeed();
}
