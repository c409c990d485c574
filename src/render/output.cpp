// Whole lines to a descriptor, whatever kind it is.
#include "ptop/render/output.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace ptop::render {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;

/// The descriptor may be non-blocking because somebody we share it with made it so.
void wait_until_writable(int fd) {
  pollfd entry{fd, POLLOUT, 0};
  ::poll(&entry, 1, -1);
}

}  // namespace

LineOutput::~LineOutput() { flush(); }

void LineOutput::write(std::string_view line) {
  if (error_ != 0) {
    ++lost_;
    return;
  }
  pending_ += line;
  pending_ += '\n';
  if (!buffered_ || pending_.size() >= buffer_size) flush();
}

void LineOutput::flush() {
  std::string_view rest = pending_;
  while (!rest.empty() && error_ == 0) {
    const ssize_t n = ::write(fd_, rest.data(), rest.size());
    if (n >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno == EAGAIN) {
      wait_until_writable(fd_);
    } else if (errno != EINTR) {
      error_ = errno;
      lost_ += static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '\n'));
    }
  }
  pending_.clear();
}

}  // namespace ptop::render
