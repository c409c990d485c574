// open, read to the end, close.
#include "whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "ptop/base/fd.hpp"

namespace ptop::procfs {

Result<std::string_view> read_whole_file(int dir, const char* name, std::vector<char>& buffer, End end) {
  const Fd file(openat(dir, name, O_RDONLY | O_CLOEXEC));
  if (!file) return fail(open_error(name));
  std::size_t length = 0;
  while (true) {
    if (length == buffer.size()) buffer.resize(buffer.size() * 2 + 1);
    const std::size_t room = buffer.size() - length;
    const ssize_t n = ::read(file.get(), buffer.data() + length, room);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(os_error(name));
    const auto count = static_cast<std::size_t>(n);
    length += count;
    if (count == 0 || (end == End::short_read && count < room))
      return std::string_view(buffer.data(), length);
  }
}

Error open_error(std::string_view what) {
  Error error = os_error(what);
  if (error.sys == ELOOP || error.sys == EINVAL) error.code = Errc::denied;
  return error;
}

Error missing_or_gone(Error error, int dir, const char* witness) {
  if (error.sys == ENOENT && faccessat(dir, witness, F_OK, 0) == 0) error.code = Errc::unsupported;
  return error;
}

}  // namespace ptop::procfs
