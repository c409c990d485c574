// Every child forks on until the limit says EAGAIN: all births and all ends are told.
#include <sys/mman.h>
#include <sys/resource.h>
#include <atomic>
#include <new>

#include "tracee.hpp"

namespace {

std::atomic<int>* failures = nullptr;

/// Two children each, `depth` generations, or as far as the limit lets them. None ends before its children.
void bomb(int depth) {
  if (depth == 0) return;
  pid_t children[2];
  for (pid_t& child : children) {
    child = ::fork();
    if (child == 0) {
      bomb(depth - 1);
      end(depth);
    }
    if (child > 0) {
      expect("%d fork %d", ::getpid(), child);
    } else {
      require(errno == EAGAIN, "fork");
      ++*failures;
    }
  }
  for (const pid_t child : children)
    if (child > 0) wait_for(child);
}

}  // namespace

int main(int, char** argv) {
  began(argv);
  void* const page =
      ::mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  failures = new (page) std::atomic<int>(0);
  if (::geteuid() == 0) require(::setresuid(54321, 54321, 54321) == 0, "setresuid");  // no limit holds root
  for (rlim_t limit = 30;; limit *= 2) {  // others run as this user too
    const rlimit processes{limit, RLIM_INFINITY};
    rlimit now{};
    ::getrlimit(RLIMIT_NPROC, &now);
    const rlimit wanted{limit < now.rlim_max ? limit : now.rlim_max, now.rlim_max};
    ::setrlimit(RLIMIT_NPROC, &wanted);
    const pid_t probe = ::fork();
    if (probe == 0) ::_exit(0);
    if (probe < 0 && processes.rlim_cur < now.rlim_max) continue;
    require(probe > 0, "fork");
    expect("%d fork %d", ::getpid(), probe);
    expect("%d exit 0", probe);
    wait_for(probe);
    break;
  }
  bomb(6);
  require(failures->load() > 0, "the limit was never reached");
  succeed();
}
