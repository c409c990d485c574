// Whole lines to a descriptor, whatever kind it is.
#include "ptop/render/output.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include <fmt/format.h>

namespace ptop::render {
namespace {

constexpr std::size_t buffer_size = 64 * 1024;

/// The descriptor may be non-blocking because somebody we share it with made it so.
void wait_until_writable(int fd) {
  pollfd entry{fd, POLLOUT, 0};
  ::poll(&entry, 1, -1);
}

/// A descriptor for writing only cannot be read.
bool ends_with(int fd, off_t size, std::string_view text) {
  const Fd file(::open(fmt::format("/proc/self/fd/{}", fd).c_str(), O_RDONLY | O_CLOEXEC));
  std::string there(text.size(), '\0');
  const auto at = size - static_cast<off_t>(text.size());
  return file && at >= 0 && ::pread(file.get(), there.data(), there.size(), at) == std::ssize(text) &&
         there == text;
}

/// Of `written` what stands behind the last whole line, unless somebody else has written behind it. The place
/// is shared with whoever else has the open file.
void take_back_piece(int fd, std::string_view written) {
  const auto piece = written.substr(written.rfind('\n') + 1);  // npos + 1 is 0: all of it
  struct stat st {};
  if (piece.empty() || ::fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return;
  if (::lseek(fd, 0, SEEK_CUR) != st.st_size || !ends_with(fd, st.st_size, piece)) return;
  const auto whole = st.st_size - static_cast<off_t>(piece.size());
  if (::ftruncate(fd, whole) == 0) (void)::lseek(fd, whole, SEEK_SET);
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
      take_back_piece(fd_, std::string_view(pending_).substr(0, pending_.size() - rest.size()));
    }
  }
  pending_.clear();
}

}  // namespace ptop::render
