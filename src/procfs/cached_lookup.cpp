// openat2(2) with RESOLVE_CACHED first. Where that does not tell, the type of the mount decides whether to
// ask.
#include "cached_lookup.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "ptop/procfs/lookup.hpp"
#include "whole_file.hpp"

namespace ptop::procfs {
namespace {

constexpr int no_questions = AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT;

/// Linux 5.6; RESOLVE_CACHED: 5.12.
Fd open_path(int dir, const char* path, std::uint64_t resolve) {
  open_how how{};
  how.flags = O_PATH | O_CLOEXEC;
  how.resolve = resolve;
  return Fd(static_cast<int>(::syscall(SYS_openat2, dir, path, &how, sizeof how)));
}

/// ENOSYS and EPERM: an older kernel, or a filter of system calls that does not know this one.
bool is_undecided(int error) {
  return error == EAGAIN || error == EINVAL || error == ENOSYS || error == EPERM;
}

Called compare(const struct statx& file, int dir, const char* path, int flags) {
  struct statx named {};
  if (statx(dir, path, flags | no_questions, STATX_INO, &named) != 0) return Called::no;
  const bool same = file.stx_ino == named.stx_ino && file.stx_dev_major == named.stx_dev_major &&
                    file.stx_dev_minor == named.stx_dev_minor;
  return same ? Called::yes : Called::no;
}

bool is_below(std::string_view path, std::string_view directory) {
  if (directory == "/") return true;
  return path.starts_with(directory) && (path.size() == directory.size() || path[directory.size()] == '/');
}

/// The one that `place` lies on. A later mount hides an earlier one at the same point.
const Mount* mount_of(std::string_view place, const std::vector<Mount>& mounts) {
  const Mount* found = nullptr;
  for (const Mount& mount : mounts) {
    if (is_below(place, mount.point) && (!found || mount.point.size() >= found->point.size())) found = &mount;
  }
  return found;
}

/// Whether somebody has to be asked on the way to `place`, as the link's task sees it. What a link leads to
/// may lie on a mount of the kernel's own, which no list has (memfd): it is the way of the name that counts.
bool way_asks_others(const TaskLink& link, std::string_view place, std::vector<char>& buffer) {
  const auto text = read_whole_file(link.dir, (link.task + "mountinfo").c_str(), buffer, End::zero_read);
  const auto mounts = text ? parse_mountinfo(*text) : fail(text.error());
  if (!mounts) return true;
  return std::any_of(mounts->begin(), mounts->end(), [&](const Mount& mount) {
    return is_below(place, mount.point) && asks_others(mount.type);
  });
}

}  // namespace

bool asks_others(std::string_view type) {
  constexpr std::array<std::string_view, 18> known{
      "fuse", "fuseblk", "nfs",    "nfs4",     "cifs",   "smb3", "smbfs", "9p",       "ceph",
      "afs",  "coda",    "autofs", "virtiofs", "lustre", "gfs2", "ocfs2", "orangefs", "vboxsf"};
  return type.starts_with("fuse.") || std::find(known.begin(), known.end(), type) != known.end();
}

Fd open_in_root(int root, const char* path, bool may_ask) {
  Fd file = open_path(root, path, RESOLVE_IN_ROOT | RESOLVE_CACHED);
  if (file || !may_ask || (errno != EAGAIN && errno != EINVAL)) return file;
  return open_path(root, path, RESOLVE_IN_ROOT);
}

Called is_called(const TaskLink& link, const std::string& target, std::vector<char>& buffer) {
  struct statx file {};
  if (statx(link.dir, link.name, no_questions, STATX_INO, &file) != 0) return Called::no;
  const Fd root(openat(link.dir, (link.task + "root").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!root) return Called::no;
  const Fd named = open_in_root(root.get(), target.c_str(), /*may_ask=*/false);
  if (named) return compare(file, named.get(), "", AT_EMPTY_PATH);
  if (!is_undecided(errno)) return Called::no;
  if (way_asks_others(link, target, buffer)) return Called::not_told;
  // The kernel wrote the target without symbolic links. One that is on the way by now leads somewhere else.
  const Fd asked = open_path(root.get(), target.c_str(), RESOLVE_IN_ROOT | RESOLVE_NO_SYMLINKS);
  if (asked) return compare(file, asked.get(), "", AT_EMPTY_PATH);
  if (!is_undecided(errno)) return Called::no;
  return compare(file, link.dir, (link.task + "root" + target).c_str(), 0);
}

Result<FileStatus> look_up(const std::string& path, std::string_view place,
                           const std::vector<Mount>& mounts) {
  Fd file = open_path(AT_FDCWD, path.c_str(), RESOLVE_CACHED);
  if (!file && is_undecided(errno)) {
    const Mount* mount = mount_of(place, mounts);
    if (mount != nullptr && asks_others(mount->type)) return fail({Errc::timeout, 0, path});
    file = Fd(openat(AT_FDCWD, path.c_str(), O_PATH | O_CLOEXEC));
  }
  struct statx found {};
  if (!file || statx(file.get(), "", AT_EMPTY_PATH | no_questions, STATX_BASIC_STATS, &found) != 0)
    return fail(os_error(path));
  return FileStatus{.mode = found.stx_mode,
                    .device = {found.stx_dev_major, found.stx_dev_minor},
                    .rdev = {found.stx_rdev_major, found.stx_rdev_minor},
                    .inode = found.stx_ino,
                    .size = found.stx_size};
}

}  // namespace ptop::procfs
