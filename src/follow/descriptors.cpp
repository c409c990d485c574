// readlink(2) of /proc/<tid>/fd/<n> and cwd; what stands behind a link is told by stat(2), fdinfo, an
// attribute.
#include "descriptors.hpp"

#include <array>
#include <climits>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "ptop/base/fd.hpp"
#include "ptop/base/number.hpp"

namespace ptop::follow {
namespace {

std::string_view link_target(const char* path, decode::Arena& arena) {
  std::array<char, PATH_MAX> target;
  const auto length = ::readlink(path, target.data(), target.size());
  if (length <= 0) return {};
  return arena.copy({target.data(), static_cast<std::size_t>(length)});
}

/// "/proc/<tid>/<name>" without a trip to the heap.
template <class... Args>
std::array<char, 64> proc_path(fmt::format_string<Args...> format, Args&&... args) {
  std::array<char, 64> path{};
  fmt::format_to_n(path.data(), path.size() - 1, format, std::forward<Args>(args)...);
  return path;
}

/// A file may be called "x (deleted)": it is not deleted when that name leads to it.
bool is_deleted(const char* link, std::string_view target) {
  struct stat file {
  }, named{};
  if (::stat(link, &file) != 0) return false;
  if (::stat(std::string(target).c_str(), &named) != 0) return true;
  return file.st_dev != named.st_dev || file.st_ino != named.st_ino;
}

/// The first bytes of a file of /proc.
std::string_view head_of(const char* path, std::span<char> buffer) {
  const Fd file(::open(path, O_RDONLY | O_CLOEXEC));
  if (!file) return {};
  const auto length = ::read(file.get(), buffer.data(), buffer.size());
  return length <= 0 ? std::string_view{} : std::string_view{buffer.data(), static_cast<std::size_t>(length)};
}

}  // namespace

std::string_view TaskDescriptors::path(std::int32_t fd, decode::Arena& arena) const {
  return link_target(proc_path("/proc/{}/fd/{}", tid_.raw(), fd).data(), arena);
}

std::string_view TaskDescriptors::detail_of_socket(std::int32_t fd, std::string_view link,
                                                   decode::Arena& arena) {
  constexpr std::string_view prefix = "socket:[";
  std::array<char, 64> protocol{};
  const auto length = ::getxattr(proc_path("/proc/{}/fd/{}", tid_.raw(), fd).data(), "system.sockprotoname",
                                 protocol.data(), protocol.size() - 1);
  const auto inode = parse_number<std::uint32_t>(link.substr(prefix.size(), link.size() - prefix.size() - 1));
  if (length <= 0 || !inode) return {};
  return arena.copy(sockets_.describe(protocol.data(), *inode));
}

// pidfd_open(2): fdinfo says the pid, -1 of one that is gone.
std::string_view TaskDescriptors::detail_of_pidfd(std::int32_t fd, decode::Arena& arena) {
  std::array<char, 512> buffer;
  const std::string_view info = head_of(proc_path("/proc/{}/fdinfo/{}", tid_.raw(), fd).data(), buffer);
  constexpr std::string_view key = "\nPid:\t";
  const auto at = info.find(key);
  if (at == info.npos) return {};
  const std::string_view rest = info.substr(at + key.size());
  const auto pid = parse_number<std::int32_t>(rest.substr(0, rest.find('\n')));
  return pid && *pid > 0 ? arena.copy(fmt::format("pid:{}", *pid)) : std::string_view{};
}

decode::DescriptorName TaskDescriptors::named_file(std::int32_t fd, std::string_view path,
                                                   decode::Arena& arena) {
  constexpr std::string_view suffix = " (deleted)";
  const auto link = proc_path("/proc/{}/fd/{}", tid_.raw(), fd);
  decode::DescriptorName name{.path = path};
  if (path.ends_with(suffix) && is_deleted(link.data(), path)) {
    name.path.remove_suffix(suffix.size());
    name.deleted = true;
  }
  struct stat file {};
  if (wanted_.devices && ::stat(link.data(), &file) == 0 && (S_ISCHR(file.st_mode) || S_ISBLK(file.st_mode)))
    name.detail = arena.copy(fmt::format("<{} {}:{}>", S_ISCHR(file.st_mode) ? "char" : "block",
                                         major(file.st_rdev), minor(file.st_rdev)));
  if (!wanted_.paths && name.detail.empty()) return {};
  return name;
}

decode::DescriptorName TaskDescriptors::name(std::int32_t fd, decode::Arena& arena) {
  const std::string_view target = path(fd, arena);
  if (target.starts_with('/')) return named_file(fd, target, arena);
  decode::DescriptorName name{.path = target};
  if (wanted_.sockets && target.starts_with("socket:[")) name.detail = detail_of_socket(fd, target, arena);
  if (wanted_.pidfds && target == "anon_inode:[pidfd]") name.detail = detail_of_pidfd(fd, arena);
  if (!wanted_.paths && name.detail.empty()) return {};
  return name;
}

std::string_view TaskDescriptors::working_directory(decode::Arena& arena) {
  return wanted_.paths ? link_target(proc_path("/proc/{}/cwd", tid_.raw()).data(), arena)
                       : std::string_view{};
}

}  // namespace ptop::follow
