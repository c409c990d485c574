// close_range(2).
#include "detached.hpp"

#include <algorithm>
#include <climits>
#include <vector>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace ptop::ptrace_fork {
namespace {

/// Linux 5.9.
void close_between(int first, int last) {
  if (first > last) return;
  if (::syscall(SYS_close_range, static_cast<unsigned>(first), static_cast<unsigned>(last), 0) == 0) return;
  const auto limit = static_cast<int>(::sysconf(_SC_OPEN_MAX));
  for (int fd = first; fd <= std::min(last, limit); ++fd) ::close(fd);
}

}  // namespace

Result<trace::Waiting> step_aside(const follow::Program& program, const follow::Options& options) {
  const auto image = follow::image_of(program, options);
  if (!image) return fail(image.error());
  return trace::become_program(*image, program.signals);
}

void keep_only(std::initializer_list<int> kept) {
  std::vector<int> fds(kept);
  fds.push_back(STDERR_FILENO);
  std::ranges::sort(fds);
  int first = STDERR_FILENO + 1;
  for (const int fd : fds) {
    if (fd < first) continue;
    close_between(first, fd - 1);
    first = fd + 1;
  }
  close_between(first, INT_MAX);
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(null, STDIN_FILENO);
  ::dup2(null, STDOUT_FILENO);
  ::close(null);
}

}  // namespace ptop::ptrace_fork
