// What a task's links lead to, looked at rather than read: the program's file, namespaces, descriptors 0
// to 2.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

#include "cached_lookup.hpp"
#include "ptop/procfs/reader.hpp"

namespace ptop::procfs {
namespace {

Error named_error(std::string_view path) {
  Error error = os_error(path);
  if (error.sys == EAGAIN) error.code = Errc::timeout;
  if (error.sys == ENOSYS || error.sys == EINVAL) error.code = Errc::unsupported;
  return error;
}

}  // namespace

Result<std::optional<FileStatus>> TaskDir::named_file(const std::string& path, bool may_ask) {
  if (!reader_->is_live()) return fail({Errc::unsupported, 0, path});
  const Fd root(openat(dir_.get(), "root", O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!root) return fail(os_error("root"));
  const Fd file = open_in_root(root.get(), path.c_str(), may_ask);
  if (!file && (errno == ENOENT || errno == ENOTDIR)) return std::optional<FileStatus>();
  if (!file) return fail(named_error(path));
  struct statx found {};
  if (statx(file.get(), "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_BASIC_STATS, &found) != 0)
    return fail(named_error(path));
  return FileStatus{.mode = found.stx_mode,
                    .device = {found.stx_dev_major, found.stx_dev_minor},
                    .rdev = {found.stx_rdev_major, found.stx_rdev_minor},
                    .inode = found.stx_ino,
                    .size = found.stx_size};
}

Result<std::array<std::optional<std::string>, 3>> TaskDir::read_std_files() {
  std::array<std::optional<std::string>, 3> files;
  for (std::size_t fd = 0; fd < files.size(); ++fd) {
    auto target = read_link(fmt::format("fd/{}", fd).c_str());
    if (!target && target.error().code != Errc::gone) return fail(target.error());
    if (target) files[fd] = std::move(*target);
  }
  return files;
}

Result<Fd> TaskDir::open_namespace(std::string_view name) {
  const std::string path = fmt::format("ns/{}", name);
  if (!reader_->is_live()) return fail({Errc::unsupported, 0, path});
  Fd opened(openat(dir_.get(), path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!opened) return fail(os_error(path));
  return opened;
}

}  // namespace ptop::procfs
