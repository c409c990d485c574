// What a task's links lead to, looked at rather than read: the program's file, namespaces, descriptors 0
// to 2.
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include <fmt/format.h>

#include "ptop/procfs/reader.hpp"

namespace ptop::procfs {
namespace {

/// openat2(2) of a path in a task's root, links in it included. Linux 5.6; RESOLVE_CACHED: 5.12.
Fd open_in_root(int root, const char* path, std::uint64_t resolve) {
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = RESOLVE_IN_ROOT | resolve;
  return Fd(static_cast<int>(::syscall(SYS_openat2, root, path, &how, sizeof how)));
}

/// A file system that has to ask somebody else may never answer: it is only asked for what the kernel has in
/// its caches. One on a disk of this machine is asked again.
Fd open_without_waiting(int root, const char* path, bool may_ask) {
  Fd file = open_in_root(root, path, RESOLVE_CACHED);
  if (file || !may_ask || (errno != EAGAIN && errno != EINVAL)) return file;
  return open_in_root(root, path, 0);
}

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
  const Fd file = open_without_waiting(root.get(), path.c_str(), may_ask);
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
