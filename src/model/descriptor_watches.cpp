// Paths of what inotify and fanotify watch, by open_by_handle_at(2).
#include "descriptor_watches.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ptop/base/fd.hpp"

namespace ptop::model {
namespace {

/// File systems whose server may never answer an open.
bool may_hang(std::string_view type) {
  constexpr std::array<std::string_view, 6> remote{"nfs", "fuse", "cifs", "smb", "9p", "ceph"};
  return std::any_of(remote.begin(), remote.end(), [&](auto name) { return type.starts_with(name); });
}

std::string link_of(int fd) {
  std::array<char, 4096> target;
  const ssize_t n = ::readlink(fmt::format("/proc/self/fd/{}", fd).c_str(), target.data(), target.size());
  return n > 0 ? std::string(target.data(), static_cast<std::size_t>(n)) : std::string();
}

std::string path_of(const procfs::FileHandle& handle, const std::string& mount_point) {
  struct Handle {
    unsigned int length;
    int type;
    std::array<char, MAX_HANDLE_SZ> bytes;
  } raw{};
  if (handle.bytes.size() > raw.bytes.size()) return {};
  const Fd mount(::open(mount_point.c_str(), O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC));
  if (!mount) return {};
  raw.length = static_cast<unsigned int>(handle.bytes.size());
  raw.type = static_cast<int>(handle.type);
  std::copy(handle.bytes.begin(), handle.bytes.end(), raw.bytes.begin());
  file_handle* const asked = reinterpret_cast<file_handle*>(&raw);  // whose last member has no length in C++
  const Fd file(::open_by_handle_at(mount.get(), asked, O_PATH | O_CLOEXEC));
  return file ? link_of(file.get()) : std::string();
}

bool is_on(const std::string& path, procfs::DeviceNumber device) {
  struct stat st {};
  return ::stat(path.c_str(), &st) == 0 && procfs::DeviceNumber{major(st.st_dev), minor(st.st_dev)} == device;
}

class Finder {
 public:
  Finder(const std::string& task, const std::vector<procfs::Mount>& mounts) : task_(task), mounts_(mounts) {}

  std::string path(const std::optional<procfs::FileHandle>& handle,
                   const std::optional<procfs::DeviceNumber>& device) const {
    if (!handle || !device) return {};
    for (const procfs::Mount& mount : mounts_) {
      if (mount.device != *device || may_hang(mount.type)) continue;
      if (auto found = path_of(*handle, task_ + "/root" + mount.point); !found.empty()) return found;
    }
    // After chroot(2) to a folder that is no mount point, mountinfo has no line for the file system it is on.
    const std::string root = task_ + "/root/";
    return is_on(root, *device) ? path_of(*handle, root) : std::string();
  }

 private:
  const std::string& task_;
  const std::vector<procfs::Mount>& mounts_;
};

}  // namespace

std::vector<std::string> watched_paths(const procfs::FdInfo& info, const std::string& task,
                                       const std::vector<procfs::Mount>& mounts) {
  const Finder finder(task, mounts);
  std::vector<std::string> paths;
  if (const auto* inotify = std::get_if<procfs::InotifyInfo>(&info.particulars)) {
    for (const auto& watch : inotify->watches) paths.push_back(finder.path(watch.handle, watch.device));
  }
  if (const auto* fanotify = std::get_if<procfs::FanotifyInfo>(&info.particulars)) {
    for (const auto& mark : fanotify->marks) paths.push_back(finder.path(mark.handle, mark.device));
  }
  return paths;
}

}  // namespace ptop::model
