// What a descriptor is, by its link and by what statx(2) says of it.
#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "ptop/model/descriptors.hpp"

namespace ptop::model {
namespace {

// admin-guide/devices.txt: UNIX98 pty masters are 5:2 when opened by /dev/ptmx; slaves are 136 to 143.
constexpr procfs::DeviceNumber ptmx{5, 2};
constexpr std::uint32_t first_slave_major = 136, last_slave_major = 143;

struct AnonName {
  std::string_view name;
  DescriptorType type;
};
/// Names that the kernel gives to anon_inode_getfile().
constexpr std::array anon_names{
    AnonName{"eventfd", DescriptorType::eventfd},   AnonName{"eventpoll", DescriptorType::epoll},
    AnonName{"timerfd", DescriptorType::timerfd},   AnonName{"signalfd", DescriptorType::signalfd},
    AnonName{"inotify", DescriptorType::inotify},   AnonName{"fanotify", DescriptorType::fanotify},
    AnonName{"pidfd", DescriptorType::pidfd},       AnonName{"userfaultfd", DescriptorType::userfaultfd},
    AnonName{"bpf-map", DescriptorType::bpf_map},   AnonName{"bpf-prog", DescriptorType::bpf_prog},
    AnonName{"bpf_link", DescriptorType::bpf_link}, AnonName{"bpf-link", DescriptorType::bpf_link},
    AnonName{"io_uring", DescriptorType::io_uring}, AnonName{"perf_event", DescriptorType::perf_event},
};

DescriptorType anon_type(std::string_view name) {
  for (const auto& [known, type] : anon_names) {
    if (name == known) return type;
  }
  return DescriptorType::anon_inode;
}

DescriptorType character_type(procfs::DeviceNumber device) {
  if (device == ptmx) return DescriptorType::pty_master;
  const bool slave = device.major >= first_slave_major && device.major <= last_slave_major;
  return slave ? DescriptorType::pty_slave : DescriptorType::character;
}

DescriptorType file_type(const procfs::FileStatus& file) {
  switch (file.mode & S_IFMT) {
    case S_IFREG:
      return DescriptorType::regular;
    case S_IFDIR:
      return DescriptorType::directory;
    case S_IFCHR:
      return character_type(file.rdev);
    case S_IFBLK:
      return DescriptorType::block;
    case S_IFLNK:
      return DescriptorType::symlink;
    case S_IFIFO:
      return DescriptorType::fifo;
    case S_IFSOCK:
      return DescriptorType::socket;
    default:
      return DescriptorType::unknown;
  }
}

/// "net:[4026531840]"
bool is_namespace(std::string_view target) { return procfs::parse_ns_link(target).has_value(); }

}  // namespace

DescriptorType descriptor_type(const procfs::FdLink& link, const std::optional<procfs::FileStatus>& file) {
  switch (link.kind) {
    case procfs::FdKind::pipe:
      return DescriptorType::pipe;
    case procfs::FdKind::socket:
      return DescriptorType::socket;
    case procfs::FdKind::memfd:
      return DescriptorType::memfd;
    case procfs::FdKind::anon_inode:
      return anon_type(link.name);
    case procfs::FdKind::path:
      if (link.target.starts_with("/dmabuf:")) return DescriptorType::dmabuf;
      break;
    case procfs::FdKind::other:
      if (is_namespace(link.target)) return DescriptorType::name_space;
      if (link.target.starts_with("pidfd:[")) return DescriptorType::pidfd;
      break;
  }
  return file ? file_type(*file) : DescriptorType::unknown;
}

std::string_view descriptor_type_name(DescriptorType type) {
  constexpr std::array<std::string_view, 29> names{
      "unknown",  "regular",    "directory", "char",      "block",       "symlink", "fifo",     "pipe",
      "socket",   "pty_master", "pty_slave", "memfd",     "mqueue",      "eventfd", "timerfd",  "signalfd",
      "epoll",    "inotify",    "fanotify",  "pidfd",     "userfaultfd", "bpf_map", "bpf_prog", "bpf_link",
      "io_uring", "perf_event", "dmabuf",    "namespace", "anon_inode"};
  static_assert(static_cast<std::size_t>(DescriptorType::anon_inode) == 28);
  return names[static_cast<std::size_t>(type)];
}

std::string_view held_as_name(HeldAs as) {
  constexpr std::array<std::string_view, 5> names{"fd", "cwd", "root", "exe", "mapping"};
  return names[static_cast<std::size_t>(as)];
}

bool is_held_file(const Descriptor& descriptor, std::string_view path, const std::optional<FileId>& file) {
  const bool named = descriptor.link.kind == procfs::FdKind::path && descriptor.link.target == path;
  if (!file || !descriptor.file || descriptor.link.deleted) return named;
  return *file == FileId{descriptor.file->device, descriptor.file->inode};
}

std::string message_queue_name(const Descriptor& descriptor) {
  const std::string& path = descriptor.link.target;  // "/name" from the root of its mount, if that is hidden
  const auto slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash);
}

const DescriptorOwner* find_owner(const DescriptorSnapshot& snapshot, Pid pid) {
  const auto& all = snapshot.processes;
  const auto found =
      std::lower_bound(all.begin(), all.end(), pid,
                       [](const DescriptorOwner& owner, Pid wanted) { return owner.key.pid < wanted; });
  return found != all.end() && found->key.pid == pid ? &*found : nullptr;
}

}  // namespace ptop::model
