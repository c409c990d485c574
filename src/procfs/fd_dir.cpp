// Descriptors of a process by getdents64(2), readlinkat(2) and statx(2), none of which reads a file.
#include "ptop/procfs/fd_dir.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/xattr.h>

#include <array>

#include <fmt/format.h>

#include "cached_lookup.hpp"
#include "directory.hpp"
#include "parsed.hpp"
#include "ptop/procfs/reader.hpp"
#include "recorded_files.hpp"
#include "whole_file.hpp"

namespace ptop::procfs {
namespace {

// readlinkat of a longer target fails with ENAMETOOLONG inside the kernel, so this is always enough.
constexpr std::size_t longest_target = 4096 + 64;

FileStatus file_status(const struct statx& found) {
  return {.mode = found.stx_mode,
          .device = {found.stx_dev_major, found.stx_dev_minor},
          .rdev = {found.stx_rdev_major, found.stx_rdev_minor},
          .inode = found.stx_ino,
          .size = found.stx_size};
}

/// fs/proc/fd.c: S_IRUSR | S_IXUSR when opened for reading, S_IWUSR | S_IXUSR for writing.
FdAccess access_of(std::uint32_t link_mode) {
  const bool read = (link_mode & S_IRUSR) != 0, write = (link_mode & S_IWUSR) != 0;
  if (read) return write ? FdAccess::read_write : FdAccess::read;
  return write ? FdAccess::write : FdAccess::path;
}

Result<FileStatus> recorded_status(const RecordedFiles& recorded, std::string_view name) {
  const auto file = recorded.files.find(name);
  if (file == recorded.files.end()) return fail({Errc::unsupported, 0, std::string(name)});
  return file->second;
}

/// For calls that take no directory.
std::string path_through(const Fd& dir, int fd) { return fmt::format("/proc/self/fd/{}/{}", dir.get(), fd); }

constexpr int no_questions = AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT;

}  // namespace

Result<std::vector<FdEntry>> FdDir::entries() {
  const auto numbers = list_numbers(dir_.get());
  if (!numbers) return fail(os_error(numbers.error(), "fd"));
  std::vector<FdEntry> entries;
  entries.reserve(numbers->size());
  std::array<char, longest_target> target;
  for (const int fd : *numbers) {
    const ssize_t n = readlinkat(dir_.get(), fmt::format_int(fd).c_str(), target.data(), target.size());
    if (n >= 0) {
      entries.push_back({fd, parse_fd_link({target.data(), static_cast<std::size_t>(n)})});
    } else if (const Error error = open_error("fd"); error.code != Errc::gone) {
      return fail(error);
    }
  }
  return entries;
}

bool FdDir::look_behind_mark(int fd, FdLink& link) {
  if (recorded_ || !link.deleted) return true;
  const std::string marked = link.target + " (deleted)";
  const fmt::format_int name(fd);
  const Called called = is_called({dir_.get(), name.c_str(), "../"}, marked, reader_->buffer_);
  if (called == Called::yes) {
    link.target = marked;
    link.deleted = false;
  }
  return called != Called::not_told;
}

Result<FdAccess> FdDir::access(int fd) {
  struct statx found {};
  const fmt::format_int name(fd);
  if (statx(dir_.get(), name.c_str(), AT_SYMLINK_NOFOLLOW | no_questions, STATX_MODE, &found) != 0)
    return fail(os_error("fd"));
  if (!recorded_) return access_of(found.stx_mode);
  // Permissions of a copied link say nothing.
  const auto link = recorded_->link_modes.find(fmt::format("fd/{}", fd));
  return link == recorded_->link_modes.end() ? FdAccess::unknown : access_of(link->second);
}

Result<FileStatus> FdDir::status(int fd) {
  if (recorded_) return recorded_status(*recorded_, fmt::format("fd/{}", fd));
  struct statx found {};
  const fmt::format_int name(fd);
  if (statx(dir_.get(), name.c_str(), no_questions, STATX_BASIC_STATS, &found) != 0)
    return fail(os_error("fd"));
  return file_status(found);
}

Result<std::string> FdDir::socket_protocol(int fd) {
  if (recorded_) return fail({Errc::unsupported, 0, "fd"});
  std::array<char, 64> name;
  const ssize_t n = getxattr(path_through(dir_, fd).c_str(),  // getxattrat(2) needs Linux 6.13
                             "system.sockprotoname", name.data(), name.size());
  if (n < 0) return fail(os_error("fd"));
  const std::string_view text(name.data(), static_cast<std::size_t>(n));
  return std::string(text.substr(0, text.find('\0')));
}

Result<std::uint64_t> FdDir::file_system(int fd) {
  if (recorded_) return fail({Errc::unsupported, 0, "fd"});
  struct statfs found {};
  if (statfs(path_through(dir_, fd).c_str(), &found) != 0) return fail(os_error("fd"));
  return static_cast<std::uint64_t>(found.f_type);
}

Result<FdDir> TaskDir::open_fds() {
  Fd dir(openat(dir_.get(), "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!dir) return fail(open_error("fd"));
  return FdDir(*reader_, std::move(dir), recorded_files());
}

std::shared_ptr<const RecordedFiles> TaskDir::recorded_files() {
  if (reader_->is_live()) return nullptr;
  const auto text = reader_->read_task_file(dir_.get(), ".ptop/files");
  if (!text) return std::make_shared<const RecordedFiles>();
  return std::make_shared<const RecordedFiles>(parse_recorded_files(*text).value_or(RecordedFiles{}));
}

// The parent of an open directory of /proc is that of the same task, however often its number is used again.
Result<Stat> FdDir::read_stat() { return parsed(reader_->read_task_file(dir_.get(), "../stat"), parse_stat); }

Result<FdInfo> FdDir::read_info(int fd) {
  return parsed(reader_->read_task_file(dir_.get(), fmt::format("../fdinfo/{}", fd).c_str()), parse_fdinfo);
}

Result<TaskDir> FdDir::open_task() {
  Fd task(openat(dir_.get(), "..", O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!task) return fail(os_error("fd/.."));
  return TaskDir(*reader_, std::move(task));
}

Result<FileStatus> TaskDir::link_status(const char* name) {
  if (const auto recorded = recorded_files()) return recorded_status(*recorded, name);
  struct statx found {};
  if (statx(dir_.get(), name, no_questions, STATX_BASIC_STATS, &found) != 0) return fail(os_error(name));
  return file_status(found);
}

bool TaskDir::is_called(const char* link, std::string_view target) {
  return reader_->is_live() &&
         procfs::is_called({dir_.get(), link, "./"}, std::string(target), reader_->buffer_) == Called::yes;
}

}  // namespace ptop::procfs
